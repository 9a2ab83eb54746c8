import { describe, expect, it } from "vitest";
import { feishuInVirtualTime } from "../testing/feishu-in-virtual-time.ts";
import { type Random, seeded } from "../testing/seeded.ts";
import { seenCard } from "../testing/seen-card.ts";

type WayOf = (random: Random, now: number) => [requestMs: number, responseMs: number];

/** Half a minute of an answer that always has something to write. */
async function streamOver(wayOf: WayOf) {
  const random = seeded(7);
  const { clock, emulator, feishu, to } = feishuInVirtualTime({
    latency: () => {
      const [requestMs, responseMs] = wayOf(random, clock.now()).map(Math.round);
      return { requestMs: requestMs ?? 0, responseMs: responseMs ?? 0 };
    },
  });
  const card = feishu.card({ to });
  for (let token = 0; token < 1_500; token += 1) {
    card.push(token % 25 === 24 ? "。\n\n" : "天空");
    await clock.advance(20);
  }
  const { text } = await clock.until(card.finish());
  const shown = emulator.cards().flatMap((seen) => seenCard(seen).texts);
  expect(shown.join("")).toBe(text);
  const requests = emulator.requests();
  return { requests: requests.length, refused: requests.flatMap(({ code }) => (code === 0 ? [] : [code])) };
}

describe.each<[string, WayOf]>([
  ["always take as long", () => [40, 40]],
  ["take 60 to 100 ms", (random) => [30 + 20 * random(), 30 + 20 * random()]],
  ["take next to nothing, or not", (random) => [1 + 40 * random(), 1 + 40 * random()]],
  ["are slow there and quick back", (random) => [60 + 20 * random(), 5 + 10 * random()]],
  ["are quick there and slow back", (random) => [5 + 10 * random(), 60 + 20 * random()]],
  ["are slow now and then", (random) => [random() < 0.05 ? 300 : 20, 20]],
])("given an answer faster than a card can be written to, over ways that %s", (_, wayOf) => {
  it("is refused no operation for its rate, and wastes few that it may have (P6)", async () => {
    const { requests, refused } = await streamOver(wayOf);
    expect(refused).toEqual([]);
    expect(requests).toBeGreaterThan(7 * 30);
  });
});

describe("given ways that become far quicker at once", () => {
  it.each<[string, WayOf]>([
    ["both", (_, now) => (now % 8_000 < 4_000 ? [2, 2] : [45, 45])],
    ["the way there", (_, now) => (now % 8_000 < 4_000 ? [2, 2] : [80, 10])],
    ["the way back", (_, now) => (now % 8_000 < 4_000 ? [2, 2] : [10, 80])],
  ])("is refused one operation each time at most, and loses nothing: %s", async (_, wayOf) => {
    const { refused } = await streamOver(wayOf);
    // Four times in half a minute.
    expect(refused.length).toBeLessThanOrEqual(4);
    expect(refused.every((code) => code === 230020)).toBe(true);
  });
});
