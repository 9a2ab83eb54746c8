import fc from "fast-check";
import { length, share } from "./arbitraries.ts";
import { blockPlans } from "./block-plan.ts";
import { eventPlans } from "./event-plan.ts";
import { faultFields, withFault } from "./fault-fields.ts";
import { ends } from "./fault-plan.ts";
import {
  type ClickPlan,
  type Feed,
  type Fields,
  feeds,
  type OpenQuestions,
  type Scenario,
} from "./scenario.ts";

/** Answers to the open questions. With gaps of the sequence refused, no client could ever skip a number again. */
const openQuestions: fc.Arbitrary<OpenQuestions> = fc.record(
  {
    cardLimit: fc.constantFrom("always", "unless-streaming", "never"),
    cardLimitCode: fc.constantFrom(230020, 99991400),
    afterAutoClose: fc.constantFrom("refuse", "drop"),
    streamingClockStart: fc.constantFrom("creation", "sending"),
    reopening: fc.constantFrom("restarts", "continues"),
    fullUpdateWithoutStreamingMode: fc.constantFrom("closes", "keeps"),
    failedSequence: fc.constantFrom("unused", "used"),
    uuidRepeat: fc.constantFrom("idempotent", "conflict"),
    batch: fc.constantFrom("atomic", "until-failure"),
    patchDepth: fc.constantFrom("shallow", "deep"),
    bareSettings: fc.constantFrom("ignore", "refuse"),
    byteCount: fc.constantFrom("json", "escaped-json"),
    countTables: fc.constantFrom("components-and-markdown", "components", "nothing"),
  },
  { requiredKeys: [] },
);

/** 60 KB of text that is mostly Chinese. */
const LONGEST_ANSWER = 24_000;
/** Each card holds some 300 characters then: this is a run over a dozen of them. */
const LONGEST_SHRUNK_ANSWER = 6_000;

const MINUTE_MS = 60_000;

/**
 * The kind of scenario that a seed stands for: every other one has a fault, the cells of the matrix in turn; a
 * tenth has two; a tenth lasts longer than ten minutes, a twentieth has several cards at once.
 */
export function scenarios(seed: number): fc.Arbitrary<Scenario> {
  const index = Math.floor(seed / 2);
  const limits = index % 2 === 0 ? "documented" : "shrunk";
  const hasTwo = seed % 10 === 4;
  const isLong = index % 10 === 3;
  const isMany = index % 20 === 6;
  const hasBlocks = index % 7 < 2 && !isMany;
  const fields = {
    ...plainFields(limits),
    ...(isLong && longFields()),
    ...(isMany && manyFields()),
    ...((seed % 2 === 1 || hasTwo) && faultFields(index, { hasBlocks, hasTwo })),
    blocks: hasBlocks ? blockPlans : fc.constant(undefined),
  };
  // Without a bias towards what is smallest and largest: a thousand runs are to be a thousand different ones.
  return fc.noBias(fc.record(fields, { noNullPrototype: true })).map(({ blocks, ...scenario }) => ({
    ...scenario,
    longestGapMs: Math.min(scenario.longestGapMs, longestGapOf(scenario)),
    feed: blocks === undefined ? feedOf(scenario) : (feedWithBlocks[scenario.feed] ?? scenario.feed),
    ...(blocks !== undefined && { blocks: withFault(blocks, scenario.faults) }),
    // Each stream needs a chat of its own, so that what a fault did is known by where it happened.
    sharesChat: scenario.sharesChat && scenario.faults.length === 0,
  })) as fc.Arbitrary<Scenario>;
}

/** Half of what comes in parts comes through LangChain. Among the feeds, it would change what every seed stands for. */
function feedOf({ feed, textSeed }: Pick<Scenario, "feed" | "textSeed">): Feed {
  return feed === "parts" && textSeed % 2 === 0 ? "langchain" : feed;
}

/** What is no text has to be said by somebody who can. */
const feedWithBlocks: Partial<Record<Feed, Feed>> = { strings: "push", "stream-text": "full-stream" };

/** Time that a run types for, at most: what lasts longer does so by its pauses, which cost no requests. */
const LONGEST_TYPING_MS = 90_000;

function longestGapOf({ length, longestDelta }: Pick<Scenario, "length" | "longestDelta">): number {
  const deltas = Math.max(1, (2 * length) / (longestDelta + 1));
  return Math.ceil((2 * LONGEST_TYPING_MS) / deltas);
}

function plainFields(limits: Scenario["limits"]): Omit<Fields, "blocks"> {
  return {
    textSeed: fc.nat(),
    length: length(limits === "shrunk" ? LONGEST_SHRUNK_ANSWER : LONGEST_ANSWER),
    deltaSeed: fc.nat(),
    longestDelta: fc.constantFrom(1, 3, 8, 40, 400),
    longestGapMs: fc.constantFrom(0, 5, 20, 80, 1_500),
    longestTripMs: fc.constantFrom(1, 20, 80, 300),
    pausedMs: fc.constant(0),
    pauses: fc.constant(0),
    limits: fc.constant(limits),
    rules: fc.oneof(fc.constant({}), openQuestions),
    feed: fc.constantFrom(...feeds),
    pace: fc.constantFrom("smooth", "smooth", "smooth", "smooth", "economy", "sentence"),
    target: fc.constantFrom("to", "to", "reply", "reply-or-chat"),
    steps: fc.integer({ min: 1, max: 3 }),
    end: fc.constantFrom("finish", ...ends),
    endShare: share(),
    streams: fc.constant(1),
    sharesChat: fc.constant(false),
    clicks: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: clicks }),
    events: eventPlans(),
    faults: fc.constant([]),
  };
}

const clicks: fc.Arbitrary<readonly ClickPlan[]> = fc.array(
  fc.record({
    share: share(0, 1.02),
    answerMs: fc.oneof(fc.integer({ min: 0, max: 2_900 }), fc.constant(null)),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Runs that outlast streaming mode, by the pauses that they make: many short ones, or one that is long. */
function longFields(): Partial<Fields> {
  return {
    pausedMs: fc.integer({ min: 10 * MINUTE_MS, max: 45 * MINUTE_MS }),
    pauses: fc.constantFrom(1, 2, 5, 20, 200),
    longestDelta: fc.constantFrom(8, 40, 400),
    length: length(4_000, 40),
    // A run that ends early would not be long.
    endShare: share(0.8),
  };
}

function manyFields(): Partial<Fields> {
  return {
    // As many times 2 to 4 as 10 to 20.
    streams: share(0.7, 3).map((exponent) => Math.round(Math.E ** exponent)),
    sharesChat: fc.boolean(),
    events: eventPlans({ isMany: true }),
    length: length(800, 10),
    longestDelta: fc.constantFrom(3, 8, 40),
    longestGapMs: fc.constantFrom(5, 20, 80),
    pausedMs: fc.constant(0),
    pauses: fc.constant(0),
  };
}
