import { describe, expect, it } from "vitest";
import { RecentCalls } from "./recent-calls.ts";

/** Calls that were answered at these times, and a number of calls in flight. */
function calls(answers: readonly number[], inFlight: number): RecentCalls {
  const recent = new RecentCalls();
  for (const at of answers) {
    recent.leave();
    recent.end(at);
  }
  for (let call = 0; call < inFlight; call += 1) recent.leave();
  return recent;
}

describe("given a limit of three calls within 1000 ms", () => {
  it.each([
    { answers: [], inFlight: 0, freeAt: 0 },
    { answers: [100, 200], inFlight: 0, freeAt: 0 },
    { answers: [100, 200, 300], inFlight: 0, freeAt: 1_100 },
    { answers: [100, 200, 300, 400], inFlight: 0, freeAt: 1_200 },
    { answers: [100, 200], inFlight: 1, freeAt: 1_100 },
    { answers: [100], inFlight: 2, freeAt: 1_100 },
    { answers: [100], inFlight: 3, freeAt: Number.POSITIVE_INFINITY },
  ])("is free at $freeAt after answers at $answers with $inFlight in flight", (one) => {
    const recent = calls(one.answers, one.inFlight);
    expect(recent.freeAt(3, 1_000)).toBe(one.freeAt);
    expect(recent.count).toBe(one.answers.length + one.inFlight);
  });

  it("counts no call that was never sent, and none that it has forgotten", () => {
    const recent = calls([100, 200], 1);
    recent.end(undefined);
    recent.forget(100);
    expect([recent.count, recent.oldestAnswer]).toEqual([1, 200]);
  });
});
