import type { Delivery } from "@streamcard/core";
import type { CardSnapshot, RequestRecord } from "@streamcard/emulator";
import type { Outcome, StreamOutcome } from "../play/outcome.ts";
import { codesOf } from "../scenario/event-plan.ts";
import { isFinalizing } from "../scenario/fault-plan.ts";
import { isGoing, statusOf } from "./card-status.ts";
import { checkBlocks } from "./check-blocks.ts";
import { checkBytes } from "./check-bytes.ts";
import { checkDelivery } from "./check-delivery.ts";
import { checkDiscreet } from "./check-discreet.ts";
import { checkThoughts } from "./check-lanes.ts";
import { checkManners } from "./check-manners.ts";
import { checkNotification } from "./check-notification.ts";
import { checkOrder } from "./check-order.ts";
import { checkPlaces } from "./check-places.ts";
import { checkPrompt } from "./check-prompt.ts";
import { checkSequel } from "./check-sequel.ts";
import { checkTyping } from "./check-typing.ts";
import { type Hindrance, hindranceOfEvent, hindranceOfFault, leastDelivery } from "./least-delivery.ts";

/** Checks all promises on an outcome. @returns the broken ones, each with the promise's id if it has one. */
export function checkPromises(outcome: Outcome): string[] {
  const evidence = new Evidence(outcome);
  const plan = outcome.scenario.blocks;
  return [
    ...outcome.streams.flatMap((stream) => [
      ...checkDelivery(evidence.delivered(stream)),
      ...checkThoughts(evidence.delivered(stream), plan?.show.reasoning),
      ...checkBlocks(evidence.delivered(stream), plan),
      ...checkNotification(evidence.delivered(stream), evidence.isNotified),
      ...evidence.cardsOf(stream).flatMap((card) => finalized(evidence, stream, card)),
      ...(stream.runDelayMs > 0 ? [`P3: the run ended ${stream.runDelayMs} ms later than by itself`] : []),
    ]),
    ...checkOrder(outcome),
    ...checkTyping(outcome.requests, plan?.show.header === "status"),
    ...checkPlaces(outcome.requests),
    ...(plan?.lanes.length ? [] : checkSequel(outcome.requests)),
    ...checkBytes(outcome),
    ...checkManners(outcome),
    ...checkPrompt(outcome),
    ...checkDiscreet(outcome),
  ];
}

/** Evidence of an outcome, for each of its runs. */
class Evidence {
  readonly #outcome: Outcome;
  readonly met: readonly Hindrance[];
  readonly least: Delivery;
  readonly #live: readonly CardSnapshot[];
  readonly #gone = new Set<string>();
  #isOvertaken = false;

  constructor(outcome: Outcome) {
    this.#outcome = outcome;
    this.met = hindrancesOf(outcome);
    this.least = leastDelivery(this.met, outcome.scenario.target === "reply-or-chat");
    const sentAt = new Map(outcome.messages.map(({ messageId, createdAt }) => [messageId, createdAt]));
    const at = ({ messageId }: CardSnapshot) => sentAt.get(messageId ?? "") ?? 0;
    this.#live = outcome.cards
      .filter(({ messageId }) => messageId !== undefined)
      .sort((a, b) => at(a) - at(b));
    const unfinalized = new Set<string>();
    for (const request of outcome.requests) {
      const { code = 0, fault, cardId } = request;
      if (cardId === undefined) continue;
      if (goneCodes.has(code)) {
        this.#gone.add(cardId);
        this.#isOvertaken ||= unfinalized.has(cardId);
      } else if (isFinalizing(request) && (code !== 0 || fault !== undefined)) unfinalized.add(cardId);
    }
  }

  /** True if the option `notify` is set; without streaming the card itself is the message. */
  get isNotified(): boolean {
    const show = this.#outcome.scenario.blocks?.show;
    return show?.notify === true && show.streaming;
  }

  cardsOf({ result, chatId }: StreamOutcome): CardSnapshot[] {
    const { scenario } = this.#outcome;
    const named = new Set(result.cards.map(({ cardId }) => cardId));
    return this.#live.filter((card) =>
      scenario.sharesChat ? named.has(card.cardId) : card.chatId === chatId,
    );
  }

  delivered(stream: StreamOutcome) {
    const { messages, requests } = this.#outcome;
    const texts = messages.filter(
      ({ chatId, sender, text }) => chatId === stream.chatId && sender.type === "app" && text !== undefined,
    );
    return {
      result: stream.result,
      said: stream.said,
      cards: this.cardsOf(stream),
      texts: texts.map(({ text }) => text ?? ""),
      met: this.met,
      least: this.least,
      gone: this.#gone,
      isOvertaken: this.#isOvertaken,
      isNotified: this.isNotified,
      hasUnknown: requests.some(
        ({ fault, applied, code, answeredAt }) =>
          fault !== undefined && applied && (code !== 0 || answeredAt === undefined),
      ),
    };
  }

  /** Counts the accepted operations that ended streaming for good. */
  finalizations({ cardId }: CardSnapshot): number {
    return this.#outcome.requests.filter(
      (request) =>
        request.cardId === cardId && request.applied && (isFinalizing(request) || isFinalAtOnce(request)),
    ).length;
  }

  isGone({ cardId }: CardSnapshot): boolean {
    return this.#gone.has(cardId);
  }

  /** Checks for a request on the card that failed or met a fault, after which finalizing may be repeated. */
  isFinalizingTroubled({ cardId }: CardSnapshot): boolean {
    return this.#outcome.requests.some(
      (request) => request.cardId === cardId && (request.fault !== undefined || request.code !== 0),
    );
  }
}

/** Checks for a card that is created without streaming mode, which is final from the beginning. */
function isFinalAtOnce({ operation, body }: RequestRecord): boolean {
  return operation === "create" && JSON.stringify(body).includes('\\"streaming_mode\\":false');
}

function hindrancesOf({ faultsMet, eventsMet, requests }: Outcome): Hindrance[] {
  const told = new Set(requests.flatMap(({ code, fault }) => (fault === undefined ? [code] : [])));
  return [
    ...faultsMet.map(hindranceOfFault),
    ...eventsMet.flatMap(({ kind }) => {
      const code = codesOf[kind].find((one) => told.has(one));
      return code === undefined ? [] : hindranceOfEvent(kind, code);
    }),
  ];
}

/** Codes of a card that is gone, for this app or for all. */
const goneCodes: ReadonlySet<number> = new Set([200740, 200750, 300311]);

function finalized(evidence: Evidence, { result }: StreamOutcome, card: CardSnapshot): string[] {
  const problems: string[] = [];
  const status = statusOf(card);
  const finalizations = evidence.finalizations(card);
  const mayFail = result.delivery !== "card" && (evidence.least === "none" || evidence.isGone(card));
  if (finalizations < 1 && mayFail) return [];
  if (evidence.isGone(card)) return [];
  if (card.streaming) problems.push("still streams");
  const most = evidence.isFinalizingTroubled(card) ? Number.POSITIVE_INFINITY : 1;
  if (finalizations < 1 || finalizations > most) problems.push(`was finalized ${finalizations} times`);
  const { config } = card.json as { config?: { summary?: { content?: string } } };
  // The chat list shows the run's last card, so only that one needs a summary of its own.
  const isLast = result.cards.at(-1)?.cardId === card.cardId;
  if (isLast && !config?.summary?.content) problems.push("has no summary of its own");
  if (card.summary === "" || card.summary.includes("生成中"))
    problems.push(`has the summary "${card.summary}"`);
  // A card that was only closed keeps its content, because nothing else was accepted or the time was over.
  const isClosedOnly = result.finalizedBy === "close" || result.delivery !== "card";
  const isUnused = ({ tag, content }: CardSnapshot["elements"][number]) =>
    tag === "markdown" && content === "";
  if (card.elements.some(isUnused) && !isClosedOnly) problems.push("still has texts that stood ready");
  if (isGoing(card) && !isClosedOnly) {
    problems.push(`shows the status ${JSON.stringify(status)}`);
  }
  return problems.map((problem) => `P2: card ${card.cardId} ${problem}`);
}
