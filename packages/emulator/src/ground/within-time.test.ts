import { expect, it } from "vitest";
import { createManualClock } from "../testing/manual-clock.ts";
import { withinTime } from "./within-time.ts";

it("gives the result of a promise that settles in time, and leaves no timer", async () => {
  const clock = createManualClock();

  expect(await withinTime(Promise.resolve("value"), { clock, limitMs: 100, late: "late" })).toBe("value");
  expect(clock.pending).toBe(0);
});

it("gives the late result when the time is up", async () => {
  const clock = createManualClock();
  const waiting = withinTime(new Promise<string>(() => {}), { clock, limitMs: 100, late: "late" });
  clock.advance(100);

  expect(await waiting).toBe("late");
});

it("rejects as the promise does, and leaves no timer", async () => {
  const clock = createManualClock();
  const waiting = withinTime(Promise.reject(new Error("broken")), { clock, limitMs: 100, late: "late" });

  await expect(waiting).rejects.toThrow("broken");
  expect(clock.pending).toBe(0);
});
