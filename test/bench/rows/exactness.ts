import {
  connectionReset,
  type FaultAnswer,
  type FeishuRules,
  lostAnswer,
  platformError,
  type RequestRecord,
  rateLimited,
  serverError,
} from "@streamcard/emulator";
import { mixedAnswer, prose } from "../answers.ts";
import { allCandidates } from "../candidates/all-candidates.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { Section } from "../section.ts";
import { scheduleTokens, type Token } from "../token-schedule.ts";
import { runInVirtualTime, type VirtualRun } from "../virtual-run.ts";

const ROUND_TRIP_MS = 80;
const PACE = { tokensPerSecond: 60, firstAtMs: 1_000 };

/** Answers as models write them; the last one is larger than a card. */
const answers: readonly (readonly Token[])[] = [
  scheduleTokens(prose(1_000), PACE),
  scheduleTokens(mixedAnswer(3_000), PACE),
  oneByOne("好好学习，天天向上。"),
  oneByOne("111 + 222 = 333"),
  oneByOne("哈哈哈哈哈哈哈哈"),
  scheduleTokens(prose(12_000), PACE),
];

const faults: readonly FaultAnswer[] = [
  rateLimited(),
  platformError(230020),
  serverError(503),
  connectionReset("before-applying"),
  connectionReset("after-applying"),
  lostAnswer(),
];

/** Rules of a platform that exempts streaming cards from ten operations a second, the other reading of its documents. */
const EXEMPT: Partial<FeishuRules> = { cardLimit: "unless-streaming" };

/** Checks that the cards show the answer, code point for code point, and nothing else. */
export async function exactnessSection(): Promise<Section> {
  const strict: string[] = [];
  const exempt: string[] = [];
  const disturbed: string[] = [];
  const finalized: string[] = [];
  for (const candidate of allCandidates) {
    const calm = await inTurn(answers, (tokens) => judge(candidate, { tokens, roundTripMs: ROUND_TRIP_MS }));
    const eased = await inTurn(answers, (tokens) =>
      judge(candidate, { tokens, roundTripMs: ROUND_TRIP_MS, rules: EXEMPT }),
    );
    const troubled = await withOneFault(candidate);
    strict.push(share(calm, ({ isExact }) => isExact));
    exempt.push(share(eased, ({ isExact }) => isExact));
    disturbed.push(share(troubled, ({ isExact }) => isExact));
    finalized.push(share(troubled, ({ isFinalized }) => isFinalized));
  }
  return {
    title: "Exactness",
    about:
      "Runs whose cards show the answer code point for code point. Without a fault: prose, Markdown with code and " +
      "lists, tokens that repeat each other, an answer larger than a card; on a platform that counts ten operations " +
      "a second on each card, and on one that exempts cards that stream, as its documents can be read too. With one " +
      "fault, on the latter: a rate limit of the API and of the card, a 503, a reset before and after the operation " +
      "was applied, a lost answer; each of them at the first, a middle, the last but one and the last operation on " +
      "the card. 60 tokens/s, 80 ms.",
    rows: [
      { id: "exact", name: "exact", cells: strict },
      { id: "exact exempt", name: "exact, streaming cards exempt", cells: exempt },
      { id: "exact fault", name: "exact with one fault", cells: disturbed },
      { id: "finalized fault", name: "finalized with one fault", cells: finalized },
    ],
  };
}

interface Verdict {
  readonly isExact: boolean;
  readonly isFinalized: boolean;
}

async function withOneFault(candidate: Candidate): Promise<Verdict[]> {
  const run: VirtualRun = {
    tokens: scheduleTokens(prose(300), PACE),
    roundTripMs: ROUND_TRIP_MS,
    rules: EXEMPT,
  };
  const { requests } = await runInVirtualTime(candidate, run);
  const operations = requests.filter(isOnCard).length;
  const positions = [1, Math.ceil(operations / 2), operations - 1, operations];
  const cases = faults.flatMap((answer) => positions.map((nth) => ({ on: isOnCard, nth, answer })));
  return inTurn(cases, (fault) => judge(candidate, { ...run, fault }));
}

async function judge(candidate: Candidate, run: VirtualRun): Promise<Verdict> {
  const { reading, isFinalized } = await runInVirtualTime(candidate, run);
  return { isExact: reading.text === run.tokens.map(({ text }) => text).join(""), isFinalized };
}

/** Tells operations on an existing card from its creation and its message. */
function isOnCard({ path }: RequestRecord): boolean {
  return path.startsWith("/open-apis/cardkit/v1/cards/");
}

function oneByOne(text: string): Token[] {
  return [...text].map((character, index) => ({ atMs: 1_000 + index * 20, text: character }));
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}

function share<Item>(items: readonly Item[], test: (item: Item) => boolean): string {
  return `${items.filter(test).length}/${items.length}`;
}
