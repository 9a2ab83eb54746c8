import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnswerWindow } from "./answer-window.ts";

/** Times at which operations leave that follow each other as soon as the window lets them. */
function departures(count: number, roundTripMs: (index: number) => number): number[] {
  const window = new AnswerWindow(10);
  const times: number[] = [];
  for (let now = 0; times.length < count; now = Math.max(now, window.spreadAt)) {
    const answeredAt = now + roundTripMs(times.length);
    times.push(now);
    window.answered(answeredAt, now);
    now = answeredAt;
  }
  return times;
}

describe("given a limit of ten operations a second", () => {
  it("spreads them over it, counted from answer to answer", () => {
    expect(departures(31, () => 80)).toEqual(Array.from({ length: 31 }, (_, index) => index * 100));
  });

  it("spreads what round trips take longer than they have to over the intervals", () => {
    const times = departures(14, (index) => (index === 0 ? 20 : 80));
    // Until the quick one is forgotten, the next may be as quick.
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.slice(0, 12)).toEqual([100, ...Array.from({ length: 9 }, () => 108), 100, 100]);
  });

  it("delays the next one by no time that a failure took", () => {
    const window = new AnswerWindow(10);
    window.failed(10_000, 0);
    expect(window.spreadAt).toBeLessThanOrEqual(10_000);
  });
});

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
    /** Extra time of each round trip, in milliseconds. */
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
