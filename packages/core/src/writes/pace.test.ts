import { describe, expect, it } from "vitest";
import { Pace, type RunSpending } from "./pace.ts";
import { resolvePace } from "./pace-options.ts";

/** Times at which frames leave in a run that always has something to write. */
function frames(
  options: Parameters<typeof resolvePace>[0],
  { untilMs, startCalls = 2 }: { untilMs: number; startCalls?: number },
): number[] {
  const spending: { -readonly [Field in keyof RunSpending]: RunSpending[Field] } = {
    ageMs: 0,
    writingMs: 0,
    characters: 0,
    calls: startCalls,
    hasEnded: false,
  };
  const pace = new Pace(resolvePace(options, 100), spending);
  const times: number[] = [];
  for (let now = 0; now <= untilMs; now += 1) {
    spending.ageMs = now;
    if (pace.earliest("frame") > now) continue;
    spending.calls += 1;
    pace.sent(now);
    pace.succeeded(now);
    times.push(now);
  }
  return times;
}

describe("given a pace", () => {
  it("writes as often as the platform allows", () => {
    expect(frames({}, { untilMs: 1_000 })).toHaveLength(11);
    expect(frames({ minIntervalMs: 250 }, { untilMs: 1_000 })).toEqual([0, 250, 500, 750, 1_000]);
  });

  it("writes less and less often in economy, down to once a second", () => {
    const times = frames({ pace: "economy" }, { untilMs: 120_000 });
    expect(times.filter((time) => time < 2_000)).toHaveLength(20);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.every((gap, index) => gap + 1 >= (gaps[index - 1] ?? 0))).toBe(true);
    expect(gaps.at(-1)).toBe(1_000);
    // Of 1,200 frames at full pace.
    expect(times.length).toBeLessThan(170);
  });

  it("never uses up a budget, however long the run", () => {
    const times = frames({ budget: { maxCalls: 30 } }, { untilMs: 3_600_000 });
    // Opening took 2, finalizing will take 1.
    expect(times.length).toBeGreaterThan(20);
    expect(times.length).toBeLessThanOrEqual(27);
    expect(times[5]).toBeLessThan(1_000);
    expect(times[20]).toBeGreaterThan(3_000);
  });

  it("has time for finalizing when the budget is used up", () => {
    const pace = new Pace(resolvePace({ budget: { maxCalls: 4 } }, 100), {
      ageMs: 5_000,
      writingMs: 0,
      characters: 0,
      calls: 9,
      hasEnded: true,
    });
    pace.sent(5_000);
    pace.succeeded(5_000);
    expect(pace.earliest("frame")).toBe(Number.POSITIVE_INFINITY);
    expect(pace.earliest("finalize")).toBe(5_100);
  });
});

describe("given a write that may leave", () => {
  const spending = { ageMs: 0, writingMs: 0, characters: 0, calls: 0, hasEnded: false };
  /** It left at 0, was answered at once, and the next one may leave at 100. */
  const waitsUntil = (inputs: { lastInputAt: number; inputGapMs: number }) => {
    const pace = new Pace(resolvePace({}, 100), spending);
    pace.sent(0);
    pace.succeeded(0);
    return pace.waitsUntil(inputs, pace.earliest("frame"));
  };
  const atOnce = Number.NEGATIVE_INFINITY;

  it.each([
    ["waits for an input that is near, for three of their gaps", { lastInputAt: 84, inputGapMs: 20 }, 144],
    ["waits no longer than an interval after the last one", { lastInputAt: 60, inputGapMs: 50 }, 160],
    ["leaves where one has just come", { lastInputAt: 85, inputGapMs: 20 }, atOnce],
    ["leaves with an input that came after its time", { lastInputAt: 101, inputGapMs: 0 }, atOnce],
    ["leaves where inputs are rarer than writes", { lastInputAt: 20, inputGapMs: 90 }, atOnce],
  ] as const)("%s", (_, inputs, until) => {
    expect(waitsUntil(inputs)).toBe(until);
  });
});

describe("given failures", () => {
  const setUp = (hasEnded = false) =>
    new Pace(resolvePace({}, 100), { ageMs: 0, writingMs: 0, characters: 0, calls: 0, hasEnded });

  it("waits longer each time, and as before after a success", () => {
    const pace = setUp();
    const waits = [0, 0, 0, 0, 0, 0].map(() => {
      pace.failed(0, {}, 0);
      return pace.earliest("frame");
    });
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
    pace.sent(10_000);
    pace.succeeded(10_000);
    expect(pace.earliest("frame")).toBe(10_100);
  });

  it("waits as long as the platform says", () => {
    const pace = setUp();
    pace.failed(0, { retryAfterMs: 7_000 }, 0);
    expect(pace.earliest("frame")).toBe(7_000);
  });

  it("goes on at once where that is said to help, but not twice in a row", () => {
    const pace = setUp();
    pace.sent(0);
    pace.failed(0, { retryAfterMs: 0 }, 0);
    expect(pace.earliest("frame")).toBe(100);
    pace.failed(100, { retryAfterMs: 0 }, 0);
    expect(pace.earliest("frame")).toBe(1_100);
  });

  it("does not wait on after waiting long for an answer", () => {
    const pace = setUp();
    pace.sent(0);
    pace.failed(10_000, {}, 10_000);
    expect(pace.earliest("frame")).toBeLessThanOrEqual(10_000);
  });

  it("finalizes after three seconds at the latest once the run is over", () => {
    const pace = setUp(true);
    pace.failed(0, { retryAfterMs: 20_000 }, 0);
    expect(pace.earliest("finalize")).toBe(3_000);
  });
});

describe("given options that can never work", () => {
  it.each([
    [{ pace: "fast" }, 'pace must be "smooth" or "economy", received "fast".'],
    [{ budget: { maxCalls: 3 } }, "budget.maxCalls must be a whole number of at least 4, received 3."],
    [{ budget: {} }, "budget.maxCalls must be a whole number of at least 4, received undefined."],
    [
      { minIntervalMs: "100" },
      'minIntervalMs must be a number of milliseconds from 0 to 60000, received "100".',
    ],
    [{ minIntervalMs: -1 }, "minIntervalMs must be a number of milliseconds from 0 to 60000, received -1."],
  ])("refuses %j", (options, message) => {
    expect(() => resolvePace(options as never, 100)).toThrow(message);
  });
});
