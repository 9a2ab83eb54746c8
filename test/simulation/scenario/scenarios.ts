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

/** Possible answers to the open questions. Refusing gaps in the sequence is left out: no client could recover. */
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

/** Length of an answer at most, in UTF-16 units: 60 KB of text that is mostly Chinese. */
const MAX_ANSWER = 24_000;
/** Length of an answer at most with shrunk limits: a dozen cards and more, of about 300 characters each. */
const MAX_SHRUNK_ANSWER = 6_000;

const MINUTE_MS = 60_000;

/**
 * Chooses the kind of scenario by the seed: every other one has a fault, the cells of the matrix in turn; a tenth has
 * two faults; a tenth lasts longer than ten minutes; a twentieth has several runs at once.
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
  // No bias towards the smallest and largest values, because a thousand scenarios should all differ.
  return fc.noBias(fc.record(fields, { noNullPrototype: true })).map(({ blocks, ...scenario }) => ({
    ...scenario,
    longestGapMs: Math.min(scenario.longestGapMs, longestGapOf(scenario)),
    feed: blocks === undefined ? feedOf(scenario) : (feedWithBlocks[scenario.feed] ?? scenario.feed),
    ...(blocks !== undefined && { blocks: withFault(blocks, scenario.faults) }),
    // With faults, each run has a chat of its own, so that the messages there are its own.
    sharesChat: scenario.sharesChat && scenario.faults.length === 0,
  })) as fc.Arbitrary<Scenario>;
}

/** Replaces half of the feeds by parts with LangChain. As one of `feeds` it would change the scenario of every seed. */
function feedOf({ feed, textSeed }: Pick<Scenario, "feed" | "textSeed">): Feed {
  return feed === "parts" && textSeed % 2 === 0 ? "langchain" : feed;
}

/** Feeds that can say blocks, in place of those that can say text alone. */
const feedWithBlocks: Partial<Record<Feed, Feed>> = { strings: "push", "stream-text": "full-stream" };

/** Time that a run types at most. Longer runs have pauses, because these cost no requests. */
const MAX_TYPING_MS = 90_000;

function longestGapOf({ length, longestDelta }: Pick<Scenario, "length" | "longestDelta">): number {
  const deltas = Math.max(1, (2 * length) / (longestDelta + 1));
  return Math.ceil((2 * MAX_TYPING_MS) / deltas);
}

function plainFields(limits: Scenario["limits"]): Omit<Fields, "blocks"> {
  return {
    textSeed: fc.nat(),
    length: length(limits === "shrunk" ? MAX_SHRUNK_ANSWER : MAX_ANSWER),
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

/** Returns the fields of runs that outlast streaming mode: one long pause, or many short ones. */
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
    // Log-uniform: 2 to 4 runs as often as 10 to 20.
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
