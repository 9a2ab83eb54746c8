import { describe, expect, it } from "vitest";
import { streamCard } from "./stream-card.ts";
import { feishuInVirtualTime } from "./testing/feishu-in-virtual-time.ts";

async function* tokens(...texts: string[]) {
  yield* texts;
}

describe("given tokens", () => {
  it("streams them and gives the card id", async () => {
    const { feishu, clock, to, emulator, texts } = feishuInVirtualTime();
    const streamed = streamCard(feishu, tokens("1", "1", "1"), {
      receiveId: to,
      header: "天气",
      template: "green",
    });
    const cardId = await clock.until(streamed);
    expect(texts()).toEqual([["111"]]);
    expect(emulator.card(cardId)).toMatchObject({
      streaming: false,
      json: { header: { title: { content: "天气" }, template: "green" } },
    });
    expect(emulator.card(cardId).elements.some(({ elementId }) => elementId === "md")).toBe(true);
  });

  it("replies, under an element id of one's own", async () => {
    const { feishu, clock, emulator } = feishuInVirtualTime();
    const { messageId } = emulator.say("hi");
    const cardId = await clock.until(
      streamCard(feishu, tokens("hello"), { replyToMessageId: messageId, elementId: "reply_text" }),
    );
    expect(emulator.card(cardId).elements.some(({ elementId }) => elementId === "reply_text")).toBe(true);
    expect(emulator.messages().at(-1)).toMatchObject({ parentId: messageId });
  });

  it("waits 250 ms between updates", async () => {
    const { feishu, clock, to, emulator } = feishuInVirtualTime();
    async function* steady() {
      for (let token = 0; token < 150; token += 1) {
        await clock.sleep(20);
        yield "字";
      }
    }
    await clock.until(streamCard(feishu, steady(), { receiveId: to }));
    const writes = emulator.requests().filter(({ operation }) => operation === "content");
    expect(writes.length).toBeGreaterThan(1);
    for (const [at, { time }] of writes.entries()) {
      const before = writes[at - 1];
      if (before !== undefined) expect(time - before.time).toBeGreaterThanOrEqual(250);
    }
  });

  it("finalizes the card when the tokens throw, and throws what they threw", async () => {
    const { feishu, clock, to, emulator, texts } = feishuInVirtualTime();
    const boom = new Error("boom");
    async function* broken() {
      yield "half";
      throw boom;
    }
    await expect(clock.until(streamCard(feishu, broken(), { receiveId: to }))).rejects.toBe(boom);
    expect(texts()).toEqual([["half"]]);
    expect(emulator.cards()[0]?.streaming).toBe(false);
  });

  it("rejects when the text is not delivered on a card", async () => {
    const { feishu, clock, emulator } = feishuInVirtualTime();
    const to = emulator.addChat({ apps: [] });
    await expect(clock.until(streamCard(feishu, tokens("a"), { receiveId: to }))).rejects.toMatchObject({
      platformCode: 230002,
    });
  });

  it("refuses options that cannot work", async () => {
    const { feishu } = feishuInVirtualTime();
    await expect(streamCard(feishu, tokens("a"), {})).rejects.toThrow("received neither");
    await expect(streamCard(feishu, tokens("a"), { receiveId: "oc_1", template: "red" })).rejects.toThrow(
      "give a header too",
    );
  });
});
