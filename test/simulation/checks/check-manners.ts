import type { RequestRecord } from "@streamcard/emulator";
import type { Outcome, StreamOutcome } from "../play/outcome.ts";
import { codesOf } from "../scenario/event-plan.ts";
import { isFinalizing } from "../scenario/fault-plan.ts";

/** Limit of one call, and of the time without a success after a run's end, before the card is given up. */
const MAX_CALL_MS = 10_000;
const SETTLE_MS = 15_000;

/** Failures of one card, within ten seconds, that are tolerated at most. */
const REFUSALS = 20;
const REFUSALS_WITHIN_MS = 10_000;

/** Refusals of the same operation in a row that are tolerated at most while streaming mode is off. */
const STREAMING_REFUSALS = 3;
const streamingCodes: ReadonlySet<number> = new Set([200850, 300309, 200510]);
const rateCodes: ReadonlySet<number> = new Set([99991400, 230020]);
/** Share of the requests of many cards at once that may be refused for their rate. */
const MANY_CARDS_REFUSALS = 0.01;

/** Codes of a chat that is closed to the bot: only a card, and the message in its place, are tried there. */
const closedCodes: ReadonlySet<number> = new Set(
  (["chat dissolved", "bot removed"] as const).flatMap((kind) => codesOf[kind]),
);
const CLOSED_REFUSALS = 2;

/** Checks that the sender is polite (P6) and that every card settles in time. @returns the broken promises. */
export function checkManners(outcome: Outcome): string[] {
  return [
    ...polite(outcome),
    ...storms(outcome.requests),
    ...stubborn(outcome),
    ...calls(outcome),
    ...outcome.streams.flatMap((stream) => settling(stream, outcome)),
  ];
}

/** Checks that the platform, which enforces its limits, refused requests only because of faults and clicks. */
function polite({ requests, scenario, faultsMet, eventsMet }: Outcome): string[] {
  const problems: string[] = [];
  const troubled = new Set<string>();
  const told = new Set(eventsMet.flatMap(({ kind }) => codesOf[kind]));
  const hasTokenFault = scenario.faults.some(({ operation }) => operation === "token");
  let limited = 0;
  for (const { operation, cardId = "", code, msg, fault } of requests) {
    const isTroubled = troubled.has(cardId);
    if (code !== 0 || fault !== undefined) troubled.add(cardId);
    if (code === 0) continue;
    if (fault !== undefined || code === undefined) continue;
    // The sender of a reply cannot know which chat it goes to.
    const isBlind = operation === "reply" && scenario.sharesChat;
    if (rateCodes.has(code) && !isBlind) limited += 1;
    const isExcused =
      (code === 200810 && scenario.clicks.length > 0) ||
      told.has(code) ||
      (code === 99991663 && hasTokenFault) ||
      (rateCodes.has(code) && scenario.streams > 1) ||
      // A call that was given up long ago may be carried out, and counted, in this second.
      (rateCodes.has(code) &&
        isTroubled &&
        faultsMet.some(({ kind }) => kind === "applied after the limit")) ||
      (!rateCodes.has(code) && isTroubled && faultsMet.length > 0);
    if (!isExcused) problems.push(`P6: ${operation} was refused with ${code}: ${msg}`);
  }
  if (
    scenario.streams > 1 &&
    limited > Math.max(1, requests.length * MANY_CARDS_REFUSALS) + eventsMet.length
  ) {
    problems.push(`P6: ${limited} of ${requests.length} requests were told to wait`);
  }
  // A token lasts longer than any run here, and all cards share it.
  const tokens = requests.filter(({ operation }) => operation === "token").length;
  if (!hasTokenFault && faultsMet.length === 0 && tokens > 1)
    problems.push(`P6: ${tokens} tokens were asked for`);
  return problems;
}

function stubborn({ requests, eventsMet }: Outcome): string[] {
  if (eventsMet.length === 0) return [];
  return (["send", "reply"] as const).flatMap((tried) => {
    const refused = requests.filter(
      ({ operation, code = 0 }) => operation === tried && closedCodes.has(code),
    ).length;
    return refused > CLOSED_REFUSALS ? [`P6: ${refused} times ${tried} into a chat that is closed`] : [];
  });
}

function storms(requests: readonly RequestRecord[]): string[] {
  const problems = new Set<string>();
  const rows = new Map<string, { refusal: string; length: number }>();
  const refusals = new Map<string, number[]>();
  for (const request of requests) {
    const { operation, cardId, code, time } = request;
    const subject = cardId ?? operation;
    if (code === 0) {
      rows.delete(subject);
      continue;
    }
    const times = refusals.get(subject) ?? [];
    times.push(time);
    refusals.set(subject, times);
    const first = times[times.length - 1 - REFUSALS];
    if (first !== undefined && time - first < REFUSALS_WITHIN_MS && cardId !== undefined) {
      problems.add(`P6: more than ${REFUSALS} failures within ${REFUSALS_WITHIN_MS} ms on ${subject}`);
    }
    if (code === undefined || !streamingCodes.has(code) || isFinalizing(request)) continue;
    const refusal = `${operation} ${code}`;
    const row = rows.get(subject);
    const length = row?.refusal === refusal ? row.length + 1 : 1;
    rows.set(subject, { refusal, length });
    if (length > STREAMING_REFUSALS)
      problems.add(`P6: ${code} more than ${STREAMING_REFUSALS} times in a row`);
  }
  return [...problems];
}

function calls({ calls }: Outcome): string[] {
  const problems: string[] = [];
  for (const { startedAt, endedAt, method, path } of calls) {
    if (endedAt === undefined) problems.push(`${method} ${path} was never given up`);
    else if (endedAt - startedAt > MAX_CALL_MS)
      problems.push(`${method} ${path} took ${endedAt - startedAt} ms`);
  }
  return problems;
}

/** Checks that, from a run's end to its result, no time without a successful request exceeds the limit. */
function settling(
  { endedAt, settledAt, chatId, result }: StreamOutcome,
  { requests, cards, scenario }: Outcome,
): string[] {
  const own = new Set(cards.filter((card) => card.chatId === chatId).map(({ cardId }) => cardId));
  const progress = requests
    .filter(({ code, cardId }) => code === 0 && (cardId === undefined || own.has(cardId)))
    .flatMap(({ answeredAt }) => answeredAt ?? []);
  const times = progress.filter((time) => time > endedAt && time < settledAt).sort((a, b) => a - b);
  // The plain message in the card's place has a call of its own.
  const messageMs = result.delivery === "card" ? 0 : MAX_CALL_MS;
  const longest = SETTLE_MS + 4 * scenario.longestTripMs + messageMs;
  let since = endedAt;
  for (const time of [...times, settledAt]) {
    if (time - since > longest) return [`nothing happened for ${time - since} ms after the run's end`];
    since = time;
  }
  return [];
}
