import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnswerWindow } from "./answer-window.ts";

describe("given a limit of two operations a second", () => {
  it("is free until a second has room for no more, then a second after the answer before the last", () => {
    const window = new AnswerWindow(2);
    const free: number[] = [];
    for (const answeredAt of [100, 200, 1_150]) {
      free.push(window.freeAt);
      window.answered(answeredAt, answeredAt);
    }

    expect([...free, window.freeAt]).toEqual([0, 0, 1_100, 1_200]);
  });

  it.each([
    ["sooner by the time that each of them took", [80, 80], 1_100 - 80],
    ["sooner by less where they took different times", [80, 100], 1_100 - 60],
    ["no sooner where one took far longer than the other", [80, 10_000], 1_100],
  ] as const)("is free %s", (_, trips, freeAt) => {
    const window = new AnswerWindow(2);
    for (const [index, tripMs] of trips.entries())
      window.answered(100 * (index + 1), 100 * (index + 1) - tripMs);

    expect(window.freeAt).toBe(freeAt);
  });
});

describe("given operations that are on their way for a time, and count at some moment of it", () => {
  const perSecond = 10;
  const journeys = fc.record({
    leastMs: fc.nat(400),
    /** Share of it that is the way there. */
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    /** What each took longer, there and back. */
    delays: fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 40, maxLength: 40 }),
  });

  it("lets none count sooner than a second after the tenth before it, but for what all ten were delayed", () => {
    fc.assert(
      fc.property(journeys, ({ leastMs, share, delays }) => {
        const window = new AnswerWindow(perSecond);
        const countedAt: number[] = [];
        let now = 0;
        for (const [there, back] of delays) {
          now = Math.max(now, window.freeAt);
          countedAt.push(now + leastMs * share + there);
          const answeredAt = now + leastMs + there + back;
          window.answered(answeredAt, now);
          now = answeredAt;
        }

        for (const [index, time] of countedAt.slice(perSecond).entries()) {
          const ten = delays.slice(index, index + perSecond);
          const delayMs = Math.min(...ten.map(([there, back]) => there + back));
          // Fractions of a millisecond are added in another order.
          expect(time - (countedAt[index] ?? 0)).toBeGreaterThan(1_000 - delayMs - 0.001);
        }
      }),
    );
  });
});
