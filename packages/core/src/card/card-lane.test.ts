import { describe, expect, it } from "vitest";
import { ManualClock } from "../testing/manual-clock.ts";
import { RecordingDriver } from "../testing/recording-driver.ts";
import type { CardLane } from "./card-lane.ts";
import { CardStream } from "./card-stream.ts";
import type { CardStreamOptions } from "./card-stream-options.ts";

function openCard(options: Omit<CardStreamOptions, "driver" | "clock"> = {}) {
  const clock = new ManualClock();
  const driver = new RecordingDriver({ clock, latencyMs: 20 });
  const card = new CardStream({ driver, clock, logger: { warn: () => {} }, ...options });
  return { clock, card, blocks: () => driver.cards[0]?.blocks ?? [] };
}

describe("given a lane that ends while one of its tools runs", () => {
  it.each<[string, (lane: CardLane) => void]>([
    ["fails", (lane) => lane.fail(new Error("no"))],
    ["is stopped", (lane) => lane.stop()],
    ["finishes", (lane) => lane.finish()],
  ])("P2: stops the card that stays silent after it %s", async (_name, end) => {
    const { clock, card } = openCard({ timeouts: { idleMs: 2_000 } });
    const [lane, other] = [card.lane("a"), card.lane("b")];
    lane.push({ type: "tool-call", toolCallId: "1", toolName: "search" });
    other.push("好");
    await clock.advance(1_000);
    end(lane);
    expect(await clock.until(card.result)).toMatchObject({ status: "stopped", reason: "timeout" });
  });
});

describe("given runs that nothing can stop", () => {
  it("draws no Stop when one of them ends", async () => {
    const { clock, card, blocks } = openCard({ actions: { stop: true } });
    const [lane, other] = [card.lane("a"), card.lane("b")];
    lane.push("一");
    other.push("二");
    lane.finish();
    await clock.advance(1_000);
    expect(card.isStoppable).toBe(false);
    expect(blocks().map(({ type }) => type)).not.toContain("actions");
    await clock.until(card.finish());
  });
});

describe("given text of no lane above those of lanes", () => {
  it("keeps no text ready below the lanes, where it could not go", async () => {
    const { clock, card, blocks } = openCard();
    card.lane("a").push("一");
    for (let at = 0; at < 20; at += 1) {
      card.push(`${"天空是蓝色的。".repeat(10)}\n\n`);
      await clock.advance(200);
    }
    expect(blocks().filter((block) => block.type === "text" && block.text === "")).toEqual([]);
    await clock.until(card.finish());
  });
});

describe("given a card that has ended", () => {
  it("P3: gives the run a lane that takes nothing, instead of an error", async () => {
    const { clock, card } = openCard();
    await clock.until(card.stop("reader"));
    const lane = card.lane("late");
    lane.push("好");
    expect(lane.end).toMatchObject({ status: "stopped", reason: "reader" });
    expect(lane.signal.aborted).toBe(true);
    expect(await card.result).toMatchObject({ text: "" });
  });
});

describe("given a lane with options", () => {
  it("refuses those that can never work, and cuts no character of a title in two", async () => {
    const { clock, card, blocks } = openCard();
    expect(() => card.lane("a", { title: 5 as never })).toThrow("must be a text, received 5");
    expect(() => card.lane("a", { layout: "row" as never })).toThrow('"column" or "panel", received "row"');
    card.lane("a", { title: `${"一".repeat(59)}😀的` });
    await clock.advance(100);
    expect(blocks()).toMatchObject([{ type: "lane", title: `${"一".repeat(59)}😀` }]);
    await clock.until(card.finish());
  });

  it("counts the tokens of all of them in the metrics", async () => {
    const { clock, card } = openCard();
    for (const lane of [card.lane("a"), card.lane("b")]) {
      lane.push("好");
      lane.push({ type: "finish", finishReason: "stop", totalUsage: { outputTokens: 10 } });
    }
    await clock.advance(2_000);
    const { metrics } = await clock.until(card.finish());
    expect(metrics.tokensPerSecond).toBe(10);
  });
});
