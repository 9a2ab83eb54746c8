import fc from "fast-check";

/** One simulated run. Made of a few numbers, so that a failing one is easy to shrink and to repeat. */
export interface Scenario {
  readonly textSeed: number;
  /** Length of the answer in UTF-16 units. */
  readonly length: number;
  readonly deltaSeed: number;
  readonly longestDelta: number;
  /** Longest time between two deltas, in milliseconds. */
  readonly longestGapMs: number;
  /** Longest time that a request, and its answer, travel. */
  readonly longestTripMs: number;
  /** Limits of the platform: as documented, or so small that boundaries happen all the time. */
  readonly limits: "documented" | "shrunk";
  readonly feed: Feed;
  /** Steps of the run, each with its own block of text and a tool call before the next. */
  readonly steps: number;
  readonly end: "finish" | "stop" | "fail" | "abort";
  /** Share of the run that has been said when it ends in another way than by itself. */
  readonly endShare: number;
}

/** How the run reaches the card. */
const feeds = ["push", "strings", "parts", "stream-text", "full-stream"] as const;
type Feed = (typeof feeds)[number];

/** Log-uniform: as many answers of 10 to 100 characters as of 1,000 to 10,000. */
const length = fc
  .double({ min: 0, max: 1, noNaN: true })
  .map((share) => Math.round(Math.exp(share * Math.log(LONGEST_ANSWER + 1)) - 1));

/** 60 KB of text that is mostly Chinese. */
const LONGEST_ANSWER = 24_000;

export function scenarios(limits: Scenario["limits"]): fc.Arbitrary<Scenario> {
  return fc.record({
    textSeed: fc.nat(),
    length: limits === "shrunk" ? length.map((units) => Math.min(units, LONGEST_SHRUNK_ANSWER)) : length,
    deltaSeed: fc.nat(),
    longestDelta: fc.constantFrom(1, 3, 8, 40, 400),
    longestGapMs: fc.constantFrom(0, 5, 20, 80, 1_500),
    longestTripMs: fc.constantFrom(1, 20, 80, 300),
    limits: fc.constant(limits),
    feed: fc.constantFrom(...feeds),
    steps: fc.integer({ min: 1, max: 3 }),
    end: fc.constantFrom("finish", "finish", "stop", "fail", "abort"),
    endShare: fc.double({ min: 0, max: 1, noNaN: true }),
  });
}

/** Each card holds some 300 characters then: this is a run over a dozen of them. */
const LONGEST_SHRUNK_ANSWER = 6_000;
