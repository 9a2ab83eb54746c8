import { describe, expect, it } from "vitest";
import { feishuInVirtualTime } from "./feishu-in-virtual-time.ts";
import { seenCard } from "./testing/seen-card.ts";

/** Numbers from 0 to 1, the same ones each time. */
function numbers(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each<[string, (random: () => number, now: number) => [requestMs: number, responseMs: number]]>([
  ["always take as long", () => [40, 40]],
  ["take 60 to 100 ms", (random) => [30 + 20 * random(), 30 + 20 * random()]],
  ["take next to nothing, or not", (random) => [1 + 40 * random(), 1 + 40 * random()]],
  ["are slow there and quick back", (random) => [60 + 20 * random(), 5 + 10 * random()]],
  ["are quick there and slow back", (random) => [5 + 10 * random(), 60 + 20 * random()]],
  ["are slow now and then", (random) => [random() < 0.05 ? 300 : 20, 20]],
  ["are slow for seconds", (_, now) => (now % 8_000 < 4_000 ? [20, 20] : [80, 80])],
])("given an answer faster than a card can be written to, over ways that %s", (_, wayOf) => {
  it("is refused no operation for its rate, and wastes few that it may have (P6)", async () => {
    const random = numbers();
    const { clock, emulator, feishu, to } = feishuInVirtualTime({
      latency: () => {
        const [requestMs, responseMs] = wayOf(random, clock.now()).map(Math.round);
        return { requestMs: requestMs ?? 0, responseMs: responseMs ?? 0 };
      },
    });
    const card = feishu.card({ to });
    const seconds = 30;
    for (let token = 0; token < seconds * 50; token += 1) {
      card.push(token % 25 === 24 ? "。\n\n" : "天空");
      await clock.advance(20);
    }
    const { text } = await clock.until(card.finish());

    expect(emulator.requests().filter(({ code }) => code !== 0)).toEqual([]);
    expect(
      emulator
        .cards()
        .flatMap((seen) => seenCard(seen).texts)
        .join(""),
    ).toBe(text);
    expect(emulator.requests().length).toBeGreaterThan(7 * seconds);
  });
});
