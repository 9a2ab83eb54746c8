import { type Call, cardWriteOf } from "../play/call-log.ts";
import type { Outcome, StreamOutcome } from "../play/outcome.ts";

/** Checks the order of the client's calls (P4) and finalizing after a stop (P8). @returns the broken promises. */
export function checkOrder({ calls, streams, cards, requests }: Outcome): string[] {
  const isClean =
    streams.length === 1 && requests.every(({ code, fault }) => code === 0 && fault === undefined);
  const byCard = new Map<string, Write[]>();
  for (const call of calls) {
    const write = cardWriteOf(call);
    if (write === undefined) continue;
    const known = byCard.get(write.cardId) ?? [];
    known.push({ call, sequence: write.sequence });
    byCard.set(write.cardId, known);
  }
  const troubled = new Set(
    requests.filter(({ code, fault }) => code !== 0 || fault !== undefined).map((r) => r.cardId),
  );
  const chats = new Map(cards.map(({ cardId, chatId }) => [cardId, chatId]));
  return [
    ...[...byCard].flatMap(([cardId, writes]) =>
      ordered(writes).map((problem) => `P4: card ${cardId}: ${problem}`),
    ),
    ...streams.flatMap((stream) => {
      const named = stream.result.cards.at(-1)?.cardId;
      if (!stream.isStopped || named === undefined || chats.get(named) === undefined) return [];
      const writes = byCard.get(named) ?? [];
      const isTroubled = troubled.has(named);
      return [...stopped(stream, writes, isTroubled), ...(isClean ? stoppedSoon(stream, writes, calls) : [])];
    }),
  ];
}

interface Write {
  readonly call: Call;
  readonly sequence: number;
}

/** Checks for one operation at a time, with a sequence that only increases unless the same operation is repeated. */
function ordered(writes: readonly Write[]): string[] {
  const problems: string[] = [];
  for (const [at, { call, sequence }] of writes.entries()) {
    const before = writes[at - 1];
    if (before === undefined) continue;
    const isRetry =
      sequence === before.sequence && call.body === before.call.body && call.path === before.call.path;
    if (sequence <= before.sequence && !isRetry)
      problems.push(`sequence ${before.sequence} then ${sequence}`);
    if (call.startedAt < (before.call.endedAt ?? Number.POSITIVE_INFINITY))
      problems.push("two operations at once");
  }
  return problems;
}

/** Checks that the next operation after a stop finalizes the card, and is the last one if nothing fails. */
function stopped({ endedAt }: StreamOutcome, writes: readonly Write[], isTroubled: boolean): string[] {
  const underWay = writes.findLast(({ call }) => call.startedAt <= endedAt)?.call;
  // Switching streaming off and on again belongs to the text that follows.
  const isRenewing = underWay !== undefined && isSettings(underWay) && !isFinalizing(underWay);
  const after = writes.filter(({ call }) => call.startedAt > endedAt && !isSettings(call));
  if (!isTroubled) {
    return after.length > (isRenewing ? 2 : 1) ? [`P8: ${after.length} operations after the stop`] : [];
  }
  // The operation in flight may first need a token, or its remedy.
  const late = after.slice(1).find(({ call }) => !isFinalizing(call));
  return late === undefined
    ? []
    : [`P8: ${late.call.method} ${late.call.path} after the stop does not finalize`];
}

/** The platform's limit: operations on one card in a second. */
const PER_SECOND = 10;

/** Time that finalizing waits at most for its slot, after the answer to the operation in flight. */
const SLOT_MS = 120;

function stoppedSoon({ endedAt }: StreamOutcome, writes: readonly Write[], calls: readonly Call[]): string[] {
  const first = writes.find(({ call }) => call.startedAt > endedAt)?.call;
  if (first === undefined) return [];
  const before = (call: Call) => call.endedAt !== undefined && call.endedAt <= first.startedAt;
  const answered = calls.filter(before).flatMap((call) => call.endedAt ?? []);
  // Renewing streaming mode takes two of the operations that a card may have in a second.
  const since = writes
    .map(({ call }) => call)
    .filter(before)
    .at(-PER_SECOND)?.endedAt;
  const freeAt = (since ?? Number.NEGATIVE_INFINITY) + 1_000;
  const waited = first.startedAt - Math.max(endedAt, freeAt, ...answered);
  return waited > SLOT_MS ? [`P8: finalizing waited ${waited} ms after the stop`] : [];
}

function isSettings({ path }: Call): boolean {
  return path.endsWith("/settings");
}

function isFinalizing({ body }: Call): boolean {
  return /\\*"streaming_mode\\*":false/.test(body) && /\\*"summary\\*":/.test(body);
}
