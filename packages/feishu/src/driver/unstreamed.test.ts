import type { CardResult } from "@streamcard/core";
import { connectionReset, lostAnswer, platformError, serverError } from "@streamcard/emulator";
import { afterEach, describe, expect, it } from "vitest";
import type { FeishuCardOptions } from "../feishu-card-options.ts";
import { sharedState } from "../process/shared-state.ts";
import { feishuInVirtualTime } from "../testing/feishu-in-virtual-time.ts";
import { seenCard } from "../testing/seen-card.ts";

const sentence = "天空是蓝色的，因为短波长的光散射得更强。\n\n";

/** A Feishu app whose cards are sent once. */
function desk(...options: Parameters<typeof feishuInVirtualTime>) {
  const world = feishuInVirtualTime(...options);
  const { clock, emulator, feishu, to } = world;
  return {
    ...world,
    open: (own: Partial<FeishuCardOptions> = {}) => feishu.card({ to, streaming: false, ...own }),
    /** Requests in order, tokens left out. */
    calls: () =>
      emulator.requests().flatMap(({ operation }) => (operation === "token" ? [] : [operation ?? "?"])),
    async say(card: ReturnType<typeof feishu.card>, text: string): Promise<CardResult> {
      for (const character of text.match(/[\s\S]{1,4}/g) ?? []) {
        card.push(character);
        await clock.advance(30);
      }
      return clock.until(card.finish());
    },
  };
}

/** The card as the platform has it, never in streaming mode. */
function expectFinal(cards: ReturnType<ReturnType<typeof desk>["emulator"]["cards"]>): void {
  for (const { streaming, streamingPeriods, json } of cards) {
    expect({ streaming, streamingPeriods }).toEqual({ streaming: false, streamingPeriods: [] });
    expect(json.config).toMatchObject({ streaming_mode: false, summary: { content: expect.any(String) } });
  }
}

describe("given a card that is sent once", () => {
  it("makes it and sends it when the run is over, whole and final", async () => {
    const { open, say, calls, emulator, clock } = desk();
    const card = open();
    card.push(sentence);
    await clock.advance(60_000);
    expect(emulator.requests()).toEqual([]);
    const result = await say(card, sentence.repeat(10));
    expect(calls()).toEqual(["create", "send"]);
    expect(result).toMatchObject({ status: "finished", delivery: "card", finalizedBy: "changes" });
    expect(result.metrics.calls).toBe(3);
    const cards = emulator.cards();
    expect(cards).toHaveLength(1);
    expect(cards.flatMap((card) => seenCard(card).texts).join("")).toBe(sentence.repeat(11));
    expect(cards[0]?.summary).toContain("天空是蓝色的");
    expectFinal(cards);
    expect(await card.opened).toEqual(result.cards[0]);
  });

  it("goes on on further cards, in order, each of them made once and sent once", async () => {
    const { open, say, calls, emulator } = desk();
    const answer = sentence.repeat(1_200);
    const result = await say(open({ locale: "en-US" }), answer);
    const cards = emulator.cards();
    expect(cards.length).toBeGreaterThan(2);
    expect(result).toMatchObject({ delivery: "card", finalizedBy: "changes" });
    expect(result.cards).toHaveLength(cards.length);
    expect(calls()).toEqual(cards.flatMap(() => ["create", "send"]));
    expect(cards.flatMap((card) => seenCard(card).texts).join("")).toBe(answer);
    expect(cards.slice(0, -1).map((card) => seenCard(card).status)).toEqual(
      cards.slice(1).map(() => "Continued on the next card"),
    );
    expect(emulator.messages().map(({ messageId }) => messageId)).toEqual(
      cards.map(({ messageId }) => messageId),
    );
    expectFinal(cards);
    expect(emulator.requests().filter(({ code }) => code !== 0)).toEqual([]);
  }, 30_000);

  it("shows every kind of block as it is at the end", async () => {
    const { open, clock, emulator } = desk();
    const card = open({ locale: "en-US", footer: { tokens: true } });
    card.push({ type: "reasoning-delta", id: "r", text: "想一想。" });
    await clock.advance(2_000);
    card.push({ type: "tool-call", toolCallId: "1", toolName: "search", input: { q: "天空" } });
    await clock.advance(1_000);
    card.push({ type: "tool-result", toolCallId: "1", output: "瑞利散射" });
    card.push("因为散射。");
    card.push({ type: "source", sourceType: "url", id: "1", url: "https://a.example/", title: "散射" });
    card.push({ type: "finish", finishReason: "stop", totalUsage: { inputTokens: 5, outputTokens: 7 } });
    await clock.until(card.finish());
    const json = JSON.stringify(emulator.cards()[0]?.json);
    for (const words of ["Thought for 2.0 s", "想一想。", "✓ search · 1.0 s", "1 source", "5 → 7 tokens"]) {
      expect(json).toContain(words);
    }
    expect(json).not.toContain("Thinking…");
    expectFinal(emulator.cards());
  });

  it("asks a layout now and then, not with each token", async () => {
    const { open, say, texts } = desk();
    let asked = 0;
    const layout: FeishuCardOptions["layout"] = (blocks) => {
      asked += 1;
      return blocks;
    };
    await say(open({ layout }), sentence.repeat(100));
    expect(texts().flat().join("")).toBe(sentence.repeat(100));
    expect(asked).toBeLessThan(30);
  });

  it("holds the runs that share it, each in its place", async () => {
    const { open, clock, calls, emulator } = desk();
    const card = open({ locale: "en-US" });
    const lanes = ["GPT", "通义千问"].map((name) => card.lane(name, { layout: "column" }));
    for (const [index, lane] of lanes.entries()) {
      lane.push(`答案 ${index}`);
      lane.finish();
      await clock.advance(2_000);
    }
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card" });
    expect(calls()).toEqual(["create", "send"]);
    expect(emulator.cards().flatMap((card) => seenCard(card).texts)).toEqual(
      expect.arrayContaining(["答案 0", "答案 1"]),
    );
    expectFinal(emulator.cards());
  });

  it("refuses what is neither true nor false", () => {
    const { open } = desk();
    expect(() => open({ streaming: "no" as never })).toThrow(
      'streaming must be true or false, received "no".',
    );
  });

  it("tells nobody in a message that it is there: it is a message itself", async () => {
    const { open, say, calls } = desk();
    await say(open({ notify: { afterMs: 0 } }), sentence);
    expect(calls()).toEqual(["create", "send"]);
  });
});

describe("given a run that does not end well", () => {
  it.each([
    ["stop", "reader", "Stopped by the reader", { status: "stopped", reason: "reader" }],
    ["fail", new Error("no"), "Something went wrong", { status: "failed", reason: "error" }],
  ] as const)("sends what there is, and says so (%s)", async (how, reason, words, expected) => {
    const { open, clock, calls, emulator, status, texts } = desk();
    const card = open({ locale: "en-US" });
    card.push("半个答");
    await clock.advance(5_000);
    expect(await clock.until(card[how](reason))).toMatchObject({ ...expected, delivery: "card" });
    expect(calls()).toEqual(["create", "send"]);
    expect(texts()).toEqual([["半个答"]]);
    expect(status()).toContain(words);
    expect(emulator.cards()[0]?.summary).toContain(words);
    expectFinal(emulator.cards());
  });

  it("ends with the caller's signal, and by the limits on time", async () => {
    const { open, clock, status, emulator } = desk();
    const controller = new AbortController();
    const aborted = open({ signal: controller.signal, locale: "en-US" });
    controller.abort();
    expect(await clock.until(aborted.result)).toMatchObject({ status: "stopped", delivery: "card" });
    expect(status()).toContain("Stopped");
    const late = open({ timeouts: { idleMs: 1_000 }, locale: "en-US" });
    late.push("半个答");
    expect(await clock.until(late.result)).toMatchObject({ reason: "timeout", delivery: "card" });
    expect(status()).toContain("Timed out");
    expectFinal(emulator.cards());
  });

  it("sends the card of a stream that is aborted", async () => {
    const { open, clock, texts, emulator } = desk();
    const card = open();
    const writer = card.getWriter();
    await writer.write("半个答");
    writer.abort(new Error("no")).catch(() => {});
    expect(await clock.until(card.result)).toMatchObject({ status: "failed", delivery: "card" });
    expect(texts()).toEqual([["半个答"]]);
    expectFinal(emulator.cards());
  });
});

describe("given a platform that has trouble with it", () => {
  it.each([
    ["create", serverError(503)],
    ["create", lostAnswer()],
    ["send", lostAnswer()],
    ["send", connectionReset()],
    ["send", platformError(99991400)],
  ] as const)("shows it once when %s fails once (%j)", async (on, answer) => {
    const { open, say, emulator, texts } = desk();
    emulator.faults({ on, answer });
    expect(await say(open(), sentence)).toMatchObject({ delivery: "card", finalizedBy: "changes" });
    expect(emulator.messages()).toHaveLength(1);
    expect(texts().flat().join("")).toContain(sentence);
    expectFinal(emulator.cards());
  });

  it.each(["create", "send"] as const)(
    "sends it with its text alone where %s refuses what it shows",
    async (on) => {
      const { open, clock, emulator } = desk();
      emulator.faults({ on, answer: platformError(on === "create" ? 200220 : 230099) });
      const card = open({ locale: "en-US" });
      card.push({ type: "tool-call", toolCallId: "1", toolName: "search", input: {} });
      card.push({ type: "tool-result", toolCallId: "1", output: "x" });
      card.push(sentence);
      const result = await clock.until(card.finish());
      expect(result).toMatchObject({ delivery: "card", finalizedBy: "plain" });
      expect(emulator.messages()).toHaveLength(1);
      const json = JSON.stringify(emulator.card(result.cards[0]?.cardId ?? "").json);
      expect(json).toContain("plain_text");
      expect(json).toContain("天空是蓝色的");
      expect(json).not.toContain("search");
      expect(json).toContain("Finished");
    },
  );

  it("sends the text in a message where there may be no cards", async () => {
    const { open, say, emulator } = desk();
    emulator.faults({ on: "create", times: Number.POSITIVE_INFINITY, answer: platformError(99991672) });
    const card = open();
    const result = await say(card, sentence);
    expect(result).toMatchObject({
      status: "finished",
      delivery: "message",
      finalizedBy: "message",
      cards: [],
    });
    expect(emulator.messages().map(({ content }) => content)).toEqual([{ text: sentence }]);
    await expect(card.opened).rejects.toMatchObject({ platformCode: 99991672 });
  });

  it("says in the result that the reader has nothing where the bot is not in the chat", async () => {
    const { open, say, emulator } = desk();
    emulator.faults({ on: "send", times: Number.POSITIVE_INFINITY, answer: platformError(230002) });
    const result = await say(open(), sentence);
    expect(result).toMatchObject({ status: "finished", delivery: "none", text: sentence });
    expect(result.deliveryError).toMatchObject({ platformCode: 230002 });
  });

  it("gives it up within 15 s where nothing answers", async () => {
    const { open, clock, emulator } = desk();
    emulator.faults({ times: Number.POSITIVE_INFINITY, answer: connectionReset() });
    const card = open();
    card.push(sentence);
    const endedAt = clock.now();
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "none" });
    expect(clock.now() - endedAt).toBeLessThanOrEqual(15_000);
  });
});

describe("given a header that shows how the run ended", () => {
  it("has it from the beginning", async () => {
    const { open, say, calls, emulator } = desk();
    await say(open({ header: { title: "助手", showStatus: true }, locale: "en-US" }), sentence);
    expect(calls()).toEqual(["create", "send"]);
    expect(emulator.cards()[0]?.json.header).toMatchObject({
      template: "green",
      text_tag_list: [{ text: { content: "Finished" } }],
    });
  });
});

describe("given somebody who hears of clicks", () => {
  const listener = { knows: () => true, takesFeedback: true };
  afterEach(() => void sharedState().clickListeners.delete(listener));

  it("has the buttons of a run that is over, and never Stop", async () => {
    sharedState().clickListeners.add(listener);
    const { open, say, emulator } = desk();
    const card = open({ runId: "run-unstreamed", locale: "en-US" });
    expect(card.signal.aborted).toBe(false);
    await say(card, sentence);
    const json = JSON.stringify(emulator.cards()[0]?.json);
    for (const words of ["Helpful", "Not helpful", "Regenerate", "run-unstreamed"])
      expect(json).toContain(words);
    expect(json).not.toContain('"Stop"');
  });
});

const template = {
  templateId: "AAqTemplate",
  card: {
    schema: "2.0",
    config: { update_multi: true },
    body: {
      elements: [
        { tag: "markdown", element_id: "title", content: ["$", "{title}"].join("") },
        { tag: "markdown", element_id: "reply", content: "…" },
      ],
    },
  },
};
const cardTemplate = { id: template.templateId, variables: { title: "天气" } };

describe("given a card of the visual builder", () => {
  it("is filled before it is sent", async () => {
    const { open, say, calls, emulator } = desk({ templates: [template] });
    const result = await say(open({ cardTemplate, elementId: "reply", locale: "en-US" }), sentence);
    expect(calls()).toEqual(["create", "batch", "send"]);
    expect(result).toMatchObject({ delivery: "card", finalizedBy: "changes" });
    const [card] = emulator.cards();
    expect(card?.elements.map(({ content }) => content)).toEqual([
      "天气",
      `${sentence}\n<font color="grey">Finished</font>`,
    ]);
    expect(card?.summary).toContain("天空是蓝色的");
    expectFinal(emulator.cards());
  });

  it.each([
    ["batch", lostAnswer()],
    ["send", lostAnswer()],
    ["batch", platformError(300317)],
  ] as const)("is made once when %s fails once", async (on, answer) => {
    const { open, say, emulator } = desk({ templates: [template] });
    emulator.faults({ on, answer });
    const result = await say(open({ cardTemplate, elementId: "reply" }), sentence);
    expect(result).toMatchObject({ delivery: "card" });
    expect(emulator.cards()).toHaveLength(1);
    expect(emulator.messages()).toHaveLength(1);
    expect(emulator.cards()[0]?.elements.at(-1)?.content).toContain("天空是蓝色的");
  });

  it("goes on in further cards of the same kind", async () => {
    const { open, say, emulator } = desk({ templates: [template] });
    const result = await say(open({ cardTemplate, elementId: "reply" }), sentence.repeat(500));
    expect(result).toMatchObject({ delivery: "card" });
    const shown = emulator.cards().map(({ elements }) => elements.at(-1)?.content?.split("\n<font")[0]);
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.join("").replaceAll("\n", "")).toBe(sentence.repeat(500).replaceAll("\n", ""));
    expectFinal(emulator.cards());
  }, 30_000);
});

describe("given a card that was made elsewhere", () => {
  /** A card entity of this app, not sent. */
  async function withGiven() {
    const world = desk();
    const { clock, feishu } = world;
    const data = JSON.stringify(template.card);
    const made = await clock.until(
      feishu.call({
        attempt: "Creating a card",
        method: "POST",
        path: "/open-apis/cardkit/v1/cards",
        body: { type: "card_json", data },
      }),
    );
    const cardId = String((made.data as { card_id?: string }).card_id);
    world.emulator.clearRequests();
    return { ...world, cardId };
  }

  it("gets its text in one operation, and no streaming mode", async () => {
    const { feishu, say, calls, emulator, cardId } = await withGiven();
    const card = feishu.card({ cardId, elementId: "reply", streaming: false, locale: "en-US" });
    const result = await say(card, sentence);
    expect(calls()).toEqual(["batch"]);
    expect(result).toMatchObject({ delivery: "card", cards: [{ cardId, messageId: "" }] });
    expect(emulator.card(cardId).elements[1]?.content).toContain(sentence);
    expectFinal(emulator.cards());
  });

  it("raises a sequence that somebody else has raised", async () => {
    const { feishu, say, emulator, cardId } = await withGiven();
    await say(feishu.card({ cardId, elementId: "reply", streaming: false, sequence: 50 }), "first");
    await say(feishu.card({ cardId, elementId: "reply", streaming: false }), "second");
    expect(emulator.card(cardId).elements[1]?.content).toContain("second");
  });

  it("sends the text where the card is gone", async () => {
    const { open, say, emulator } = await withGiven();
    const result = await say(open({ cardId: "7355372766134157313", elementId: "reply" }), sentence);
    expect(result).toMatchObject({ delivery: "message" });
    expect(emulator.messages().at(-1)?.content).toEqual({ text: sentence });
  });
});
