import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import { cardOf, markdown } from "../testing/cards.ts";
import { setUpCard } from "../testing/set-up.ts";

const CARDS = "/open-apis/cardkit/v1/cards";

async function setUp(rules: Partial<FeishuRules> = {}, card?: JsonObject) {
  const world = await setUpCard(rules, card);
  return { ...world, card: () => world.emulator.card(world.cardId) };
}

async function codesOf(replies: Promise<{ code: number }>[]): Promise<number[]> {
  return (await Promise.all(replies)).map(({ code }) => code);
}

describe("the limit per card", () => {
  const burst = ({ api, cardId }: Awaited<ReturnType<typeof setUp>>, count: number, from = 1) =>
    codesOf(
      Array.from({ length: count }, (_, index) => api.content(cardId, "answer", `${index}`, from + index)),
    );

  it("refuses the eleventh operation in any second, with 230020 and without using up its sequence", async () => {
    const world = await setUp();
    const codes = await burst(world, 11);
    world.clock.advance(1000);
    const later = await burst(world, 1, 11);

    expect(codes).toEqual([...Array(10).fill(0), 230020]);
    expect(later).toEqual([0]);
    expect(world.card().sequence).toBe(11);
  });

  it("slides: room comes back as each operation leaves the second", async () => {
    const world = await setUp();
    await burst(world, 5);
    world.clock.advance(500);
    await burst(world, 5, 6);
    world.clock.advance(500);

    expect(await burst(world, 6, 11)).toEqual([0, 0, 0, 0, 0, 230020]);
  });

  it("answers as the gateway does when the rule says 99991400", async () => {
    const { api, cardId } = await setUp({ cardLimitPerSecond: 1, cardLimitCode: 99991400 });
    await api.content(cardId, "answer", "1", 1);

    const reply = await api.content(cardId, "answer", "2", 2);

    expect(reply).toMatchObject({ status: 429, code: 99991400 });
    expect(reply.headers.get("x-ogw-ratelimit-limit")).toBe("1");
    expect(reply.headers.get("x-ogw-ratelimit-reset")).toBe("1");
  });

  it("exempts a card that streams when the rule says so, and only that", async () => {
    const streaming = await setUp({ cardLimit: "unless-streaming" });
    const closed = await setUp(
      { cardLimit: "unless-streaming", cardLimitPerSecond: 1 },
      cardOf(markdown("answer")),
    );

    expect(await burst(streaming, 20)).toEqual(Array(20).fill(0));
    const { api, cardId } = closed;
    expect(await codesOf([api.settings(cardId, {}, 1), api.settings(cardId, {}, 2)])).toEqual([0, 230020]);
  });

  it("never counts when the rule says never", async () => {
    expect(await burst(await setUp({ cardLimit: "never" }), 30)).toEqual(Array(30).fill(0));
  });
});

describe("the limit per API and app", () => {
  const create = ({ api }: Awaited<ReturnType<typeof setUp>>) =>
    api.call("POST", CARDS, { type: "card_json", data: JSON.stringify(cardOf()) });

  it("refuses the 51st call in a second with HTTP 429 and the gateway's headers", async () => {
    const world = await setUp();
    for (let count = 1; count < 50; count += 1) await create(world);
    world.clock.advance(400);

    const reply = await create(world);

    expect(reply).toMatchObject({ status: 429, code: 99991400, msg: "request trigger frequency limit" });
    expect(reply.headers.get("x-ogw-ratelimit-limit")).toBe("50");
    expect(reply.headers.get("x-ogw-ratelimit-reset")).toBe("1");
  });

  it("refuses the call beyond the minute's allowance, and says when to come back", async () => {
    const world = await setUp({ appLimitPerMinute: 3 });
    for (const pause of [2_000, 2_000]) {
      await create(world);
      world.clock.advance(pause);
    }

    const reply = await create(world);

    expect(reply.headers.get("x-ogw-ratelimit-limit")).toBe("3");
    expect(reply.headers.get("x-ogw-ratelimit-reset")).toBe("56");
    world.clock.advance(56_000);
    expect((await create(world)).code).toBe(0);
  });

  it("counts each API by itself", async () => {
    const world = await setUp({ appLimitPerSecond: 1 });

    expect(await codesOf([world.api.content(world.cardId, "answer", "x", 1)])).toEqual([0]);
    expect(await codesOf([world.api.content(world.cardId, "answer", "x", 2), create(world)])).toEqual([
      99991400, 99991400,
    ]);
  });

  it("is off when the rule says so", async () => {
    const world = await setUp({ appLimitPerSecond: 1, appLimit: "off" });

    expect(await codesOf([create(world), create(world)])).toEqual([0, 0]);
  });
});
