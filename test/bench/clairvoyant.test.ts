import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../setup/cases.ts";
import { clairvoyantLag } from "./clairvoyant.ts";
import type { Token } from "./token-schedule.ts";

const link = { intervalMs: 5, roundTripMs: 4 };

describe("given tokens and a writer who knows when they come", () => {
  it("applies a single token half a round trip after it was said", () => {
    expect(clairvoyantLag([{ atMs: 100, text: "好" }], { intervalMs: 100, roundTripMs: 80 })).toBe(40);
  });

  it("waits for a burst rather than writing its first token alone", () => {
    const burst = [0, 10, 20].map((atMs) => ({ atMs, text: "好" }));

    // One write at 20: the tokens wait 20, 10 and 0. A write at 0 would make the others wait until 100.
    expect(clairvoyantLag(burst, { intervalMs: 100, roundTripMs: 0 })).toBe(10);
  });

  it("never does worse than the best of all schedules, nor better", () => {
    const token = fc.record({ atMs: fc.nat(9), text: fc.constantFrom("好", "天空") });
    fc.assert(
      fc.property(fc.array(token, { minLength: 1, maxLength: 5 }), (unsorted) => {
        const tokens = unsorted.toSorted((one, other) => one.atMs - other.atMs);
        expect(clairvoyantLag(tokens, link)).toBeCloseTo(bestOfAll(tokens));
      }),
      { numRuns: cases(0.5) },
    );
  });
});

/** Tries every set of milliseconds at which writes could leave. */
function bestOfAll(tokens: readonly Token[]): number {
  const moments = 15;
  let best = Number.POSITIVE_INFINITY;
  for (let set = 0; set < 2 ** moments; set += 1) {
    const writes = Array.from({ length: moments }, (_, at) => at).filter((at) => set & (1 << at));
    if (writes.some((at, index) => index > 0 && at - (writes[index - 1] as number) < link.intervalMs))
      continue;
    const waits = tokens.flatMap(({ atMs, text }) => {
      const write = writes.find((at) => at >= atMs) ?? Number.POSITIVE_INFINITY;
      return Array.from({ length: text.length }, () => write - atMs);
    });
    best = Math.min(best, waits.reduce((sum, wait) => sum + wait, 0) / waits.length);
  }
  return best + link.roundTripMs / 2;
}
