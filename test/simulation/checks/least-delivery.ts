import type { Delivery } from "@streamcard/core";
import type { EventKind } from "../scenario/event-plan.ts";
import { type FaultClass, type FaultOperation, faultKind, isMended } from "../scenario/fault-kinds.ts";
import { type FaultPlan, faultAnswer } from "../scenario/fault-plan.ts";

/** Fault that requests met, or event that the platform told of. */
export interface Hindrance {
  readonly operation: FaultOperation;
  /** Number of requests that met it; `Infinity` if it lasts. */
  readonly times: number;
  readonly class: FaultClass;
  /** The platform's error code, if there is one. */
  readonly code: number | undefined;
  /** Each request that meets it takes as long as a call may take. */
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

/** Hindrance of each event that the platform tells of; the other events hinder nothing. */
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

/** Cards that are tried in one place: a card that is gone is replaced, the last one is not. */
const CARDS_IN_ONE_PLACE = 3;

/** Place of each operation in a run. Hindrances in one place count as one that is met more often. */
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
 * Returns the least that a run must deliver in spite of its hindrances: the weakest of what each allows.
 *
 * @param hasFallback - true if the card may go to a chat once the message to reply to is gone.
 */
export function leastDelivery(met: readonly Hindrance[], hasFallback: boolean): Delivery {
  const lost = sum(met.filter((one) => one.class === "gone" && isOfCard(one)));
  // Calls that hang share one time limit.
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
  // A plain message uses the same API as a card's message, and meets the same hindrance.
  const isMessageHit = met.some(({ operation }) => ["message", "token"].includes(placeOf[operation]));
  return least === "message" && met.length > 1 && isMessageHit ? "none" : least;
}

/**
 * Returns the least that one hindrance allows. A passing one delays the card; a lasting one leaves a plain message,
 * unless the token, the target or sending itself is refused.
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
  // Two calls that hang exceed the time limit, and a refused plain message is not tried again.
  const isOutOfReach = isSlow || (!isPassing && placeOf[operation] === "message");
  return isOutOfReach && !leavesMessages && times !== 1 ? "none" : "message";
}

function isOfCard({ operation }: Hindrance): boolean {
  return placeOf[operation] === "frame" || placeOf[operation] === "end";
}

function sum(met: readonly Hindrance[]): number {
  return met.reduce((all, { times }) => all + times, 0);
}
