import { describe, expect, it } from "vitest";
import { InvalidOptionError, type RunTimeoutError } from "../errors.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { resolveTimeouts, TimeLimits, type Timeouts } from "./time-limits.ts";

function watch(timeouts: Timeouts) {
  const clock = new ManualClock();
  const start = clock.now();
  const expired: { limit: RunTimeoutError["limit"]; afterMs: number }[] = [];
  const limits = new TimeLimits(clock, resolveTimeouts(timeouts), (error) => {
    expired.push({ limit: error.limit, afterMs: clock.now() - start });
  });
  return { clock, limits, expired };
}

const output = { hasOutput: true, isToolRunning: false };

describe("given a source that goes silent", () => {
  it("tells once, after the limit", async () => {
    const { clock, limits, expired } = watch({ idleMs: 1_000 });
    await clock.advance(900);
    limits.noteActivity(output);
    await clock.advance(10_000);
    expect(expired).toEqual([{ limit: "idleMs", afterMs: 1_900 }]);
  });

  it("waits for a tool as long as it runs", async () => {
    const { clock, limits, expired } = watch({ idleMs: 1_000 });
    limits.noteActivity({ hasOutput: true, isToolRunning: true });
    await clock.advance(60_000);
    expect(expired).toEqual([]);
    limits.noteActivity(output);
    await clock.advance(1_000);
    expect(expired).toEqual([{ limit: "idleMs", afterMs: 61_000 }]);
  });

  it("gives up after five minutes by default", async () => {
    const { clock, expired } = watch({});
    await clock.advance(400_000);
    expect(expired).toEqual([{ limit: "idleMs", afterMs: 300_000 }]);
  });
});

describe("given limits on the first token and on the run", () => {
  it("tells a run that never starts", async () => {
    const { clock, expired } = watch({ firstTokenMs: 500 });
    await clock.advance(1_000);
    expect(expired).toEqual([{ limit: "firstTokenMs", afterMs: 500 }]);
  });

  it("tells a run that never ends, however lively it is", async () => {
    const { clock, limits, expired } = watch({ firstTokenMs: 500, totalMs: 2_000 });
    for (let turn = 0; turn < 30; turn += 1) {
      limits.noteActivity(output);
      await clock.advance(100);
    }
    expect(expired).toEqual([{ limit: "totalMs", afterMs: 2_000 }]);
  });

  it("leaves no timer after it was stopped", () => {
    const { clock, limits } = watch({ firstTokenMs: 500, totalMs: 2_000 });
    limits.stop();
    expect(clock.pending).toBe(0);
  });
});

describe("given limits that can never work", () => {
  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])("refuses %d", (idleMs) => {
    expect(() => resolveTimeouts({ idleMs })).toThrow(InvalidOptionError);
    expect(() => resolveTimeouts({ idleMs })).toThrow(`received ${idleMs}`);
  });
});
