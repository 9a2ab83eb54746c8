import { describe, expect, it } from "vitest";
import { ManualClock } from "./testing/manual-clock.ts";
import { withinTime, withinTimeOr } from "./within-time.ts";

const never = new Promise<never>(() => {});

describe("given work with a limit of 100 ms", () => {
  it("gives its result, and leaves no timer behind", async () => {
    const clock = new ManualClock();
    expect(await withinTime(clock, 100, async () => "done")).toBe("done");
    expect(await withinTimeOr(clock, 100, Promise.resolve("done"), "late")).toBe("done");
    expect(clock.pending).toBe(0);
  });

  it("passes on its failure", async () => {
    const clock = new ManualClock();
    const boom = new Error("boom");
    await expect(withinTime(clock, 100, () => Promise.reject(boom))).rejects.toBe(boom);
    await expect(withinTimeOr(clock, 100, Promise.reject(boom), "late")).rejects.toBe(boom);
    expect(clock.pending).toBe(0);
  });

  it("aborts its signal at the limit, and rejects although the work heeds none", async () => {
    const clock = new ManualClock();
    let given: AbortSignal | undefined;
    const work = withinTime(clock, 100, (signal) => {
      given = signal;
      return never;
    });
    const rejected = expect(work).rejects.toMatchObject({ name: "TimeoutError" });
    await clock.advance(99);
    expect(given?.aborted).toBe(false);
    await clock.advance(1);
    expect(given?.aborted).toBe(true);
    await rejected;
  });

  it("gives another value at the limit, where there is one", async () => {
    const clock = new ManualClock();
    const result = withinTimeOr(clock, 100, never, "late");
    await clock.advance(100);
    expect(await result).toBe("late");
  });
});
