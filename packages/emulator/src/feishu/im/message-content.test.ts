import { beforeEach, describe, expect, it } from "vitest";
import type { ManualClock } from "../../testing/manual-clock.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { type ApiClient, createApiClient } from "../testing/api-client.ts";
import { cardOf, markdown } from "../testing/cards.ts";
import { type MessageCalls, messageCalls, messageIdOf } from "../testing/message-calls.ts";
import { setUpTenant } from "../testing/set-up.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const NOTE = { schema: "2.0", body: { elements: [{ tag: "note" }] } };

let clock: ManualClock;
let emulator: FeishuEmulator;
let api: ApiClient;
let calls: MessageCalls;

async function setUp(options?: Parameters<typeof setUpTenant>[0]): Promise<void> {
  ({ clock, emulator, api } = await setUpTenant(options));
  calls = messageCalls({ api, emulator });
}

beforeEach(() => setUp());

describe("given a card to send", () => {
  it("shows an entity, once", async () => {
    const cardId = await api.create(cardOf(markdown("a")));
    const first = await calls.sendCard({ type: "card", data: { card_id: cardId } });
    const second = await calls.sendCard({ type: "card", data: { card_id: cardId } });

    expect(emulator.card(cardId)).toMatchObject({
      messageId: messageIdOf(first),
      chatId: emulator.chats.group,
    });
    expect(second).toMatchObject({
      code: 230099,
      msg: "Failed to create card content, ext=ErrCode: 11310; ErrMsg: cardid is invalid; ",
    });
    expect(emulator.requests().at(-2)).toMatchObject({ operation: "send", cardId });
  });

  it("shows a card that comes with the message", async () => {
    await calls.sendCard(cardOf(markdown("a", "inline")));

    expect(emulator.messages().at(-1)?.card).toEqual(cardOf(markdown("a", "inline")));
  });

  it("shows an empty card and one of schema 1.0", async () => {
    const replies = [
      await calls.sendCard({}),
      await calls.sendCard({ schema: "2.0" }),
      await calls.sendCard({ elements: [{ tag: "note", elements: [] }] }),
    ];

    expect(replies.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it("shows a template", async () => {
    emulator.addTemplate({ templateId: "AAq1", card: cardOf(markdown("a", `Hi \${name}`)) });
    await calls.sendCard({
      type: "template",
      data: { template_id: "AAq1", template_variable: { name: "Xia" } },
    });

    expect(emulator.messages().at(-1)?.card).toEqual(cardOf(markdown("a", "Hi Xia")));
  });

  it.each([
    { name: "an unknown entity", content: { type: "card", data: { card_id: "7" } }, subcode: 11310 },
    { name: "an entity without its wrapper", content: { card_id: "7" }, subcode: 200621 },
    {
      name: "an unknown template",
      content: { type: "template", data: { template_id: "x" } },
      subcode: 200380,
    },
    { name: "no JSON", content: "card", subcode: 200621 },
    { name: "an unknown property", content: cardOf({ tag: "hr", colour: 1 }), subcode: 200621 },
    { name: "a component of schema 1.0", content: NOTE, subcode: 200861 },
    { name: "an unknown image", content: cardOf(markdown("a", "![x](https://x.y)")), subcode: 200570 },
    { name: "an element id twice", content: cardOf(markdown("a"), markdown("a")), subcode: 300301 },
    { name: "201 elements", content: cardOf(...Array(201).fill({ tag: "hr" })), subcode: 11310 },
  ])("answers 230099 with $subcode for $name", async ({ content, subcode }) => {
    const answer = await calls.sendCard(content);

    expect(answer).toMatchObject({ status: 400, code: 230099 });
    expect(answer.msg).toContain(`ext=ErrCode: ${subcode}; ErrMsg: `);
    expect(answer.body.data).toBeUndefined();
  });

  it("answers 230025 for a card over 30 KB", async () => {
    expect(await calls.sendCard(cardOf(markdown("a", "x".repeat(30_000))))).toMatchObject({ code: 230025 });
  });

  it("answers 230099 for an entity that has expired", async () => {
    const cardId = await api.create(cardOf());
    clock.advance(14 * DAY_MS);
    api = await createApiClient(emulator);
    calls = messageCalls({ api, emulator });

    expect((await calls.sendCard({ type: "card", data: { card_id: cardId } })).msg).toContain(
      "ErrCode: 200750",
    );
  });
});
