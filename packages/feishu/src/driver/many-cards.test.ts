import { describe, expect, it } from "vitest";
import { feishuInVirtualTime } from "../testing/feishu-in-virtual-time.ts";
import { seenCard } from "../testing/seen-card.ts";

const sentence = "天空是蓝色的，因为瑞利散射把短波长的光散射得更强。";

/** Cards at once, each in a chat of its own, each typed at 20 characters a second. */
async function runAtOnce(count: number, seconds: number) {
  const world = feishuInVirtualTime({ history: { requests: 200_000, operations: 20_000 } });
  const { clock, emulator, feishu } = world;
  const cards = Array.from({ length: count }, () => feishu.card({ to: emulator.addChat() }));
  let said = "";
  for (let second = 0; second < seconds; second += 1) {
    said += sentence.slice(0, 20);
    for (const card of cards) card.push(sentence.slice(0, 20));
    await clock.advance(1_000);
  }
  const results = await clock.until(Promise.all(cards.map((card) => card.finish())));
  const requests = emulator.requests();
  const refused = requests.filter(({ code }) => code !== 0);
  const writes = emulator.cards().map(({ operations }) => operations.length);
  return { ...world, results, requests, refused, writes, said };
}

/** Jain's index: 1 where all have the same, 1/n where one has everything. */
function fairness(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share * share, 0);
  return sum ** 2 / (shares.length * squares);
}

/** Runs the cards, and expects that each has its whole text and about as many writes as any other. */
async function expectFairness(count: number, seconds: number): Promise<void> {
  const { results, refused, requests, writes, emulator, said } = await runAtOnce(count, seconds);
  expect(results.map(({ delivery }) => delivery)).toEqual(Array.from({ length: count }, () => "card"));
  expect(emulator.cards().map((card) => seenCard(card).texts.join(""))).toEqual(
    Array.from({ length: count }, () => said),
  );
  expect(refused.length / requests.length).toBeLessThan(0.01);
  expect(fairness(writes)).toBeGreaterThan(0.95);
  expect(emulator.cards().every(({ finalizations }) => finalizations === 1)).toBe(true);
}

describe.each([
  [1, 10],
  [20, 20],
  [200, 90],
])("given %i cards at once", { timeout: 120_000 }, (count, seconds) => {
  it("serves them alike within the app's limits, and loses no text", () => expectFairness(count, seconds));
});

describe("given 1000 cards at once", { timeout: 120_000, tags: "slow" }, () => {
  it("serves them alike within the app's limits, and loses no text", () => expectFairness(1_000, 300));
});

describe("given a bot that restarts under load", () => {
  it("asks for one token", async () => {
    const { requests } = await runAtOnce(200, 1);
    expect(requests.filter(({ operation }) => operation === "token")).toHaveLength(1);
  });
});

describe("given many cards to one chat", () => {
  it("sends five a second, and every card has its text", async () => {
    const { clock, emulator, feishu, to } = feishuInVirtualTime();
    const cards = Array.from({ length: 20 }, () => feishu.card({ to }));
    for (const card of cards) card.push(sentence);
    const results = await clock.until(Promise.all(cards.map((card) => card.finish())));
    expect(new Set(results.map(({ delivery }) => delivery))).toEqual(new Set(["card"]));
    expect(emulator.cards().map((card) => seenCard(card).texts.join(""))).toEqual(cards.map(() => sentence));
    expect(emulator.requests().filter(({ code }) => code !== 0)).toEqual([]);
  });
});

describe("given updates that the platform is said to exempt while streaming", () => {
  it("makes them as fast as each card allows, until the platform refuses", async () => {
    const { clock, emulator, feishu } = feishuInVirtualTime({}, { rate: "streaming-exempt" });
    const cards = Array.from({ length: 30 }, () => feishu.card({ to: emulator.addChat() }));
    for (let step = 0; step < 60; step += 1) {
      for (const card of cards) card.push("字");
      await clock.advance(100);
    }
    const results = await clock.until(Promise.all(cards.map((card) => card.finish())));
    expect(results.every(({ delivery }) => delivery === "card")).toBe(true);
    expect(emulator.requests().some(({ code }) => code === 99991400)).toBe(true);
  });
});
