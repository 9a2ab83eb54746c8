import type { Delivery } from "@streamcard/core";
import type { EventKind } from "../scenario/event-plan.ts";
import { type FaultClass, type FaultOperation, faultKind, isMended } from "../scenario/fault-kinds.ts";
import { type FaultPlan, faultAnswer } from "../scenario/fault-plan.ts";

/** What requests have met: a fault, or an event that the platform told of. */
export interface Hindrance {
  readonly operation: FaultOperation;
  /** `Infinity` for what lasts. */
  readonly times: number;
  readonly class: FaultClass;
  /** The platform's number, where there is one. */
  readonly code: number | undefined;
  /** Each time that it is met takes as long as a call may take. */
  readonly isSlow: boolean;
}

export function hindranceOfFault(fault: FaultPlan): Hindrance {
  const answer = faultAnswer(fault);
  return {
    operation: fault.operation,
    times: fault.times === "ever" ? Number.POSITIVE_INFINITY : fault.times,
    class: faultKind(fault.kind).class,
    code: answer.type === "answer" ? answer.code : undefined,
    isSlow:
      answer.type === "silence" || (answer.type === "delay" && answer.beforeMs + answer.afterMs >= 10_000),
  };
}

const ever = { times: Number.POSITIVE_INFINITY, isSlow: false };

/** What an event is for those who are told of it. Of the others the platform says nothing, or what mends them. */
const hindrances: { readonly [Kind in EventKind]?: Omit<Hindrance, "code"> } = {
  "target recalled": { ...ever, operation: "reply", class: "gone" },
  "chat dissolved": { ...ever, operation: "send", class: "forbidden" },
  "bot removed": { ...ever, operation: "send", class: "forbidden" },
  "card expired": { operation: "finalize", class: "gone", times: 1, isSlow: false },
};

export function hindranceOfEvent(kind: EventKind, code: number): Hindrance[] {
  const found = hindrances[kind];
  return found === undefined ? [] : [{ ...found, code }];
}

const order: readonly Delivery[] = ["none", "partial", "message", "card"];

export function isLess(delivery: Delivery, least: Delivery): boolean {
  return order.indexOf(delivery) < order.indexOf(least);
}

/** A card that is gone is replaced as often; the last one that is gone has no other. */
const CARDS_IN_ONE_PLACE = 3;

/** What comes again and again in the same place of a run is one thing that comes more often. */
const placeOf: { readonly [Operation in FaultOperation]: string } = {
  token: "token",
  create: "card",
  send: "message",
  reply: "message",
  text: "frame",
  structure: "frame",
  finalize: "end",
};

/**
 * The least that a run delivers in spite of what it has met: the weakest of what each allows.
 *
 * @param hasFallback There is somewhere else to go when the message to reply to is no more.
 */
export function leastDelivery(met: readonly Hindrance[], hasFallback: boolean): Delivery {
  const lost = sum(met.filter((one) => one.class === "gone" && isOfCard(one)));
  // Each call that hangs takes of the same time.
  const slow = met.filter(({ isSlow }) => isSlow);
  const each = met.map((one) => {
    const same = met.filter(({ operation }) => placeOf[operation] === placeOf[one.operation]);
    const together = {
      ...one,
      times: Math.max(sum(same), one.isSlow ? sum(slow) : 1),
      isSlow: same.some(({ isSlow }) => isSlow),
    };
    if (one.class === "gone" && isOfCard(one)) return lost < CARDS_IN_ONE_PLACE ? "card" : "message";
    return leastOf(together, hasFallback);
  });
  const least = order.find((delivery) => each.includes(delivery)) ?? "card";
  // A plain message goes the way that cards go, and meets the same.
  const isMessageHit = met.some(({ operation }) => ["message", "token"].includes(placeOf[operation]));
  return least === "message" && met.length > 1 && isMessageHit ? "none" : least;
}

/**
 * Frames that fail cost frames, never text. What ends by itself delays the card; what lasts leaves a plain message,
 * unless it is the token, the target or the sending itself that is denied.
 */
function leastOf(hindrance: Hindrance, hasFallback: boolean): Delivery {
  const { class: faultClass, operation, times, isSlow } = hindrance;
  if (placeOf[operation] === "frame") return "card";
  if (operation === "reply" && faultClass === "gone") return hasFallback ? "card" : "none";
  if (faultClass === "forbidden") return "none";
  const leavesMessages = operation === "create";
  if (times === Number.POSITIVE_INFINITY) return leavesMessages ? "message" : "none";
  const isPassing = isMended(faultClass);
  if (times === 1 && (isPassing || operation === "finalize")) return "card";
  // Two calls that hang take longer than there is; and a plain message is not tried again where it is refused.
  const isOutOfReach = isSlow || (!isPassing && placeOf[operation] === "message");
  return isOutOfReach && !leavesMessages && times !== 1 ? "none" : "message";
}

function isOfCard({ operation }: Hindrance): boolean {
  return placeOf[operation] === "frame" || placeOf[operation] === "end";
}

function sum(met: readonly Hindrance[]): number {
  return met.reduce((all, { times }) => all + times, 0);
}
