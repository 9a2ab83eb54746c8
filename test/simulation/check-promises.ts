import type { CardResult } from "@streamcard/core";
import type { CardSnapshot, FeishuEmulator, RequestRecord } from "@streamcard/emulator";
import { checkExact } from "./check-exact.ts";

export interface Outcome {
  readonly emulator: FeishuEmulator;
  readonly result: CardResult;
  /** The text that the run produced, block by block. */
  readonly blocks: readonly string[];
  /** How much later than its own schedule the run ended. */
  readonly runDelayMs: number;
  /** When the run ended, and whether it was stopped. */
  readonly endedAt: number;
  readonly isStopped: boolean;
  readonly longestRequestMs: number;
}

/** Checks the promises on what the platform holds and has seen. @returns what is broken, by promise. */
export function checkPromises(outcome: Outcome): string[] {
  const cards = outcome.emulator.cards().filter(({ messageId }) => messageId !== undefined);
  return [
    ...exact(outcome, cards),
    ...cards.flatMap((card) => finalized(card)),
    ...(outcome.runDelayMs > 0 ? [`P3: the run ended ${outcome.runDelayMs} ms later than by itself`] : []),
    ...cards.flatMap((card) => ordered(card, requestsOf(outcome.emulator, card))),
    ...cards.flatMap((card) => typed(requestsOf(outcome.emulator, card))),
    ...polite(outcome.emulator),
    ...(outcome.isStopped ? stopped(outcome, cards.at(-1)) : []),
  ];
}

function exact({ result, blocks }: Outcome, cards: readonly CardSnapshot[]): string[] {
  const trouble = checkExact(cards, blocks);
  const problems = trouble === undefined ? [] : [`P1: ${trouble}`];
  if (result.delivery !== "card") problems.push(`P1: delivery is ${result.delivery}`);
  if (result.text !== blocks.join("")) problems.push("P1: the result's text is not the run's");
  return problems;
}

function finalized(card: CardSnapshot): string[] {
  const problems: string[] = [];
  const status = card.elements.at(-1);
  if (card.streaming) problems.push("still streams");
  // A long run renews streaming mode: off, and on again. All other switching off is finalizing.
  const finalizations = card.finalizations - (card.streamingPeriods.length - 1);
  if (finalizations !== 1) problems.push(`was finalized ${finalizations} times`);
  if (card.summary === "" || card.summary.includes("生成中"))
    problems.push(`has the summary "${card.summary}"`);
  if (status?.tag !== "plain_text" || !status.content) problems.push("shows no status");
  return problems.map((problem) => `P2: card ${card.cardId} ${problem}`);
}

function requestsOf(emulator: FeishuEmulator, { cardId }: CardSnapshot): RequestRecord[] {
  return emulator.requests().filter((request) => request.cardId === cardId && request.sequence !== undefined);
}

function ordered(card: CardSnapshot, requests: readonly RequestRecord[]): string[] {
  const problems: string[] = [];
  for (const [at, request] of requests.entries()) {
    const before = requests[at - 1];
    if (before === undefined) continue;
    if ((request.sequence ?? 0) <= (before.sequence ?? 0))
      problems.push(`sequence ${before.sequence} then ${request.sequence}`);
    if (request.time < (before.answeredAt ?? Number.POSITIVE_INFINITY))
      problems.push("two operations at once");
  }
  return problems.map((problem) => `P4: card ${card.cardId}: ${problem}`);
}

/** While the card streams, what an element shows only grows. */
function typed(requests: readonly RequestRecord[]): string[] {
  const shown = new Map<string, string>();
  const problems: string[] = [];
  const show = (id: string, content: string) => {
    const before = shown.get(id) ?? "";
    if (!content.startsWith(before)) problems.push(`P5: ${id} lost ${JSON.stringify(before.slice(-40))}`);
    shown.set(id, content);
  };
  for (const { operation, elementId, body } of requests) {
    const fields = body as Readonly<Record<string, string>>;
    if (operation === "content") show(elementId ?? "", fields.content ?? "");
    if (operation !== "batch") continue;
    for (const { action, params } of JSON.parse(fields.actions ?? "[]") as BatchAction[]) {
      const added = action === "add_elements" ? (params.elements ?? []) : [];
      for (const element of [...added, ...(params.element ? [params.element] : [])]) {
        if (element.tag === "markdown") show(element.element_id, element.content ?? "");
      }
    }
  }
  return problems;
}

interface BatchAction {
  readonly action: string;
  readonly params: { readonly elements?: readonly Element_[]; readonly element?: Element_ };
}

interface Element_ {
  readonly tag: string;
  readonly element_id: string;
  readonly content?: string;
}

/** The platform enforces its limits; a polite client is never refused. */
function polite(emulator: FeishuEmulator): string[] {
  return emulator
    .requests()
    .filter(({ code }) => code !== 0)
    .map(({ operation, code, msg }) => `P6: ${operation} was refused with ${code}: ${msg}`);
}

/** After a stop the next operation is the one that finalizes, and it is the last. */
function stopped({ emulator, endedAt, longestRequestMs }: Outcome, card: CardSnapshot | undefined): string[] {
  if (card === undefined) return [];
  const after = requestsOf(emulator, card).filter(({ time }) => time > endedAt);
  // One may have been on its way.
  const onItsWay = after.filter(({ time }) => time <= endedAt + longestRequestMs).slice(0, 1);
  const sent = after.length - (after.length > 1 ? onItsWay.length : 0);
  return sent > 1 ? [`P8: ${after.length} operations after the stop`] : [];
}
