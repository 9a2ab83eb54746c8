import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import { cardOf, markdown } from "../testing/cards.ts";
import { setUpCard } from "../testing/set-up.ts";

const CARDS = "/open-apis/cardkit/v1/cards";
const TEN_MINUTES = 600_000;

async function setUp(rules: Partial<FeishuRules> = {}, card?: JsonObject) {
  const world = await setUpCard(rules, card);
  return { ...world, card: () => world.emulator.card(world.cardId) };
}

describe("streaming mode that nobody closed", () => {
  it("closes itself 10 minutes after it was switched on, whatever was streamed meanwhile", async () => {
    const { api, cardId, card, clock } = await setUp();
    clock.advance(TEN_MINUTES - 1);
    await api.content(cardId, "answer", "late", 1);
    const before = card().streaming;
    clock.advance(1);

    expect([before, card().streaming]).toEqual([true, false]);
    expect(card()).toMatchObject({ json: { config: { streaming_mode: false } }, finalizations: 0 });
    expect(card().streamingPeriods[0]?.closedBy).toBe("timeout");
  });

  it("answers 200850 once and 300309 from then on", async () => {
    const { api, cardId, clock } = await setUp();
    clock.advance(TEN_MINUTES);
    const replies = [
      await api.content(cardId, "answer", "a", 1),
      await api.content(cardId, "answer", "a", 1),
    ];

    expect(replies.map(({ code, msg }) => [code, msg])).toEqual([
      [200850, "ErrMsg: card streaming timeout; "],
      [300309, "ErrMsg: streaming mode is closed; "],
    ]);
  });

  it("accepts and drops the text when the rule says so", async () => {
    const { api, cardId, clock, card, emulator } = await setUp({ afterAutoClose: "drop" });
    clock.advance(TEN_MINUTES);

    expect(await api.content(cardId, "answer", "lost", 1)).toMatchObject({ code: 0 });
    expect(card().elements[0]?.content).toBe("…");
    expect(emulator.requests().at(-1)).toMatchObject({ code: 0, applied: false });
  });

  it("still takes every other operation", async () => {
    const { api, cardId, clock } = await setUp();
    clock.advance(TEN_MINUTES);
    const element = { element: JSON.stringify(markdown("answer", "put")), sequence: 1 };

    expect(await api.call("PUT", `${CARDS}/${cardId}/elements/answer`, element)).toMatchObject({ code: 0 });
  });

  it("streams again once it is switched on again", async () => {
    const { api, cardId, clock } = await setUp();
    clock.advance(TEN_MINUTES);
    await api.settings(cardId, { streaming_mode: true }, 1);

    expect(await api.content(cardId, "answer", "on", 2)).toMatchObject({ code: 0 });
  });

  it("follows another period", async () => {
    const { card, clock } = await setUp({ autoCloseMs: 5_000 });
    clock.advance(5_000);

    expect(card().streaming).toBe(false);
  });

  it.each([
    { reopening: "restarts" as const, isOpen: true },
    { reopening: "continues" as const, isOpen: false },
  ])(
    "is open: $isOpen, 10 minutes on, when it was switched on again meanwhile and its clock $reopening",
    async ({ reopening, isOpen }) => {
      const { api, cardId, card, clock } = await setUp({ reopening });
      clock.advance(300_000);
      await api.settings(cardId, { streaming_mode: true }, 1);
      clock.advance(300_000);

      expect(card().streaming).toBe(isOpen);
    },
  );

  it.each([
    { streamingClockStart: "creation" as const, isOpen: false },
    { streamingClockStart: "sending" as const, isOpen: true },
  ])(
    "is open: $isOpen, 10 minutes after creation, when its clock starts at $streamingClockStart",
    async ({ streamingClockStart, isOpen }) => {
      const { api, cardId, card, clock, emulator } = await setUp({ streamingClockStart });
      clock.advance(60_000);
      await api.send(cardId, emulator.chats.group);
      clock.advance(TEN_MINUTES - 60_000);

      expect(card().streaming).toBe(isOpen);
    },
  );
});

describe("a full update that does not mention streaming mode", () => {
  it.each([
    { fullUpdateWithoutStreamingMode: "closes" as const, streaming: false, finalizations: 1 },
    { fullUpdateWithoutStreamingMode: "keeps" as const, streaming: true, finalizations: 0 },
  ])(
    "$fullUpdateWithoutStreamingMode it",
    async ({ fullUpdateWithoutStreamingMode, streaming, finalizations }) => {
      const { api, cardId, card } = await setUp({ fullUpdateWithoutStreamingMode });
      const data = JSON.stringify(cardOf(markdown("answer", "whole")));
      await api.call("PUT", `${CARDS}/${cardId}`, { card: { type: "card_json", data }, sequence: 1 });

      expect(card()).toMatchObject({ streaming, finalizations });
    },
  );
});

describe("the line in the chat list", () => {
  it("says that text is being made while a card streams, in the words of the rule", async () => {
    const { card } = await setUp();
    const english = await setUp({ summaryWhileStreaming: "[Generating...]" });

    expect([card().summary, english.card().summary]).toEqual(["[生成中...]", "[Generating...]"]);
  });

  it("is the card's own summary from the start, if it has one", async () => {
    const { card } = await setUp(
      {},
      { ...cardOf(), config: { streaming_mode: true, summary: { content: "Mine" } } },
    );

    expect(card().summary).toBe("Mine");
  });

  it("is how the card begins once it is closed, if it has none", async () => {
    const { api, cardId, card } = await setUp();
    await api.content(cardId, "answer", "First line\nsecond", 1);
    await api.settings(cardId, { streaming_mode: false }, 2);

    expect(card().summary).toBe("First line second");
  });
});
