import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import { cardOf, markdown, streamingCard } from "../testing/cards.ts";
import { setUpCard } from "../testing/set-up.ts";
import type { FeishuRules } from "./feishu-rules.ts";

const CARDS = "/open-apis/cardkit/v1/cards";

async function setUp(rules: Partial<FeishuRules> = {}, card?: JsonObject) {
  const world = await setUpCard(rules, card);
  return { ...world, card: () => world.emulator.card(world.cardId) };
}

describe("a sequence", () => {
  it.each([
    { sequenceGaps: "allowed" as const, code: 0 },
    { sequenceGaps: "refused" as const, code: 300317 },
  ])("that skips numbers answers $code when gaps are $sequenceGaps", async ({ sequenceGaps, code }) => {
    const { api, cardId } = await setUp({ sequenceGaps });
    await api.content(cardId, "answer", "a", 1);

    expect(await api.content(cardId, "answer", "b", 3)).toMatchObject({ code });
  });

  it.each([
    { failedSequence: "unused" as const, code: 0 },
    { failedSequence: "used" as const, code: 300317 },
  ])(
    "of a failed operation answers $code the next time when it counts as $failedSequence",
    async ({ failedSequence, code }) => {
      const { api, cardId } = await setUp({ failedSequence });
      await api.content(cardId, "nobody", "a", 1);

      expect(await api.content(cardId, "answer", "a", 1)).toMatchObject({ code });
    },
  );
});

describe("a uuid that comes again", () => {
  const content = ({ api, cardId }: Awaited<ReturnType<typeof setUp>>, text: string, sequence = 1) =>
    api.call("PUT", `${CARDS}/${cardId}/elements/answer/content`, { content: text, sequence, uuid: "u-1" });

  it("answers success without effect for the same request, and 200770 for another", async () => {
    const world = await setUp();
    const codes = [await content(world, "a"), await content(world, "a"), await content(world, "b", 2)];

    expect(codes.map(({ code }) => code)).toEqual([0, 0, 200770]);
    expect(world.emulator.requests().map(({ applied }) => applied)).toEqual([true, true, true, false, false]);
    expect(world.card().elements[0]?.content).toBe("a");
  });

  it("always answers 200770 when the rule says conflict", async () => {
    const world = await setUp({ uuidRepeat: "conflict" });
    await content(world, "a");

    expect((await content(world, "a")).code).toBe(200770);
  });

  it("is free again after an hour, and after an operation that failed", async () => {
    const world = await setUp();
    await content(world, "");
    await content(world, "a");
    world.clock.advance(3_600_000);
    await world.api.settings(world.cardId, { streaming_mode: true }, 2);

    expect((await content(world, "b", 3)).code).toBe(0);
  });

  it("belongs to one card", async () => {
    const world = await setUp();
    const other = await world.api.create(streamingCard(markdown("answer")));
    await content(world, "a");

    expect((await content({ ...world, cardId: other }, "b")).code).toBe(0);
  });
});

describe("a batch whose second action fails", () => {
  const actions = [
    { action: "update_element", params: { element_id: "answer", element: markdown("answer", "changed") } },
    { action: "delete_elements", params: { element_ids: ["nobody"] } },
  ];

  it.each([
    { batch: "atomic" as const, content: "…", applied: false },
    { batch: "until-failure" as const, content: "changed", applied: true },
  ])("leaves $content when batches are $batch", async ({ batch, content, applied }) => {
    const { api, cardId, card, emulator } = await setUp({ batch });

    expect(await api.batch(cardId, actions, 1)).toMatchObject({ code: 300314 });
    expect(card().elements[0]?.content).toBe(content);
    expect(emulator.requests().at(-1)).toMatchObject({ applied });
  });
});

describe("a patch of a nested object", () => {
  it.each([
    { patchDepth: "shallow" as const, text: { tag: "plain_text", content: "new" } },
    { patchDepth: "deep" as const, text: { tag: "plain_text", content: "new", text_size: "notation" } },
  ])("is $patchDepth", async ({ patchDepth, text }) => {
    const note = {
      tag: "div",
      element_id: "note",
      text: { tag: "plain_text", content: "old", text_size: "notation" },
    };
    const { api, cardId, card } = await setUp({ patchDepth }, cardOf(note));
    const partial = JSON.stringify({ text: { tag: "plain_text", content: "new" } });
    await api.call("PATCH", `${CARDS}/${cardId}/elements/note`, { partial_element: partial, sequence: 1 });

    expect(card().json).toEqual(cardOf({ ...note, text }));
  });
});

describe("settings without config", () => {
  const bare = ({ api, cardId }: Awaited<ReturnType<typeof setUp>>) =>
    api.call("PATCH", `${CARDS}/${cardId}/settings`, { settings: '{"streaming_mode":false}', sequence: 1 });

  it("have no effect but a warning", async () => {
    const world = await setUp();

    expect((await bare(world)).code).toBe(0);
    expect(world.card().streaming).toBe(true);
    expect(world.emulator.requests().at(-1)?.warnings).toEqual([
      'settings without "config" have no effect: streaming_mode',
    ]);
  });

  it("answer 300122 when the rule says refuse", async () => {
    expect((await bare(await setUp({ bareSettings: "refuse" }))).code).toBe(300122);
  });
});

describe("an unknown property", () => {
  const create = async (rules: Partial<FeishuRules>) => {
    const { api, emulator } = await setUp(rules);
    const data = JSON.stringify(cardOf({ tag: "hr", colour: "red" }));
    const reply = await api.call("POST", CARDS, { type: "card_json", data });
    return { code: reply.code, warnings: emulator.requests().at(-1)?.warnings };
  };

  it("is refused, or noted in the request log, as the rule says", async () => {
    expect(await create({})).toEqual({ code: 200220, warnings: [] });
    expect(await create({ unknownProperties: "warn" })).toEqual({
      code: 0,
      warnings: ['unknown property "colour" at body.elements[0]'],
    });
  });
});

describe("tiny limits", () => {
  it("bind content calls and batches too", async () => {
    const { api, cardId } = await setUp({ maxBytes: 300, maxElements: 2, maxTables: 1 });
    const add = (...elements: JsonObject[]) => [
      { action: "add_elements", params: { type: "append", elements } },
    ];

    expect(await api.content(cardId, "answer", "x".repeat(300), 1)).toMatchObject({ code: 200860 });
    expect(await api.content(cardId, "answer", "|a|\n|-|\n\n|b|\n|-|", 1)).toMatchObject({ code: 230099 });
    expect(await api.batch(cardId, add(markdown("b"), markdown("c")), 1)).toMatchObject({ code: 300305 });
  });

  it("let a batch pass that is over them only on its way", async () => {
    const { api, cardId } = await setUp({ maxElements: 2 });
    const actions = [
      { action: "add_elements", params: { type: "append", elements: [markdown("b"), markdown("c")] } },
      { action: "delete_elements", params: { element_ids: ["answer"] } },
    ];

    expect(await api.batch(cardId, actions, 1)).toMatchObject({ code: 0 });
  });
});

describe("the life of a card", () => {
  it("can be shorter", async () => {
    const { api, cardId, clock } = await setUp({ cardLifetimeMs: 1_000 });
    clock.advance(1_000);

    expect(await api.content(cardId, "answer", "x", 1)).toMatchObject({ code: 200750 });
  });
});
