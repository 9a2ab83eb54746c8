import { beforeEach, describe, expect, it } from "vitest";
import type { ManualClock } from "../../testing/manual-clock.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { type ApiClient, createApiClient } from "../testing/api-client.ts";
import { cardOf, markdown, streamingCard } from "../testing/cards.ts";
import { MESSAGES, type MessageCalls, messageCalls, messageIdOf } from "../testing/message-calls.ts";
import { setUpTenant } from "../testing/set-up.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let clock: ManualClock;
let emulator: FeishuEmulator;
let api: ApiClient;
let calls: MessageCalls;

async function setUp(options?: Parameters<typeof setUpTenant>[0]): Promise<void> {
  ({ clock, emulator, api } = await setUpTenant(options));
  calls = messageCalls({ api, emulator });
}

beforeEach(() => setUp());

describe("given the card of a message to patch", () => {
  it("replaces it, and answers ok", async () => {
    const sent = messageIdOf(await calls.sendCard(cardOf(markdown("a", "old"))));

    expect((await calls.patch(sent, cardOf(markdown("a", "new")))).body).toEqual({
      code: 0,
      msg: "ok",
      data: {},
    });
    expect(emulator.messages().at(-1)?.card).toEqual(cardOf(markdown("a", "new")));
  });

  it("puts it in the place of an entity until the entity changes again", async () => {
    const cardId = await api.create(streamingCard(markdown("a")));
    const sent = await api.send(cardId, emulator.chats.group);
    await calls.patch(sent, cardOf(markdown("a", "patched")));
    const patched = emulator.messages().at(-1)?.card;
    await api.content(cardId, "a", "streamed", 1);

    expect(patched).toEqual(cardOf(markdown("a", "patched")));
    expect(emulator.messages().at(-1)?.card).toBeUndefined();
    expect(emulator.card(cardId).elements[0]?.content).toBe("streamed");
  });

  it.each([
    { name: "a text message", card: undefined, to: cardOf(), code: 230054 },
    { name: "a card of schema 1.0 in place of 2.0", card: cardOf(), to: { elements: [] }, code: 230099 },
    { name: "an entity", card: cardOf(), to: { type: "card", data: { card_id: "7" } }, code: 230099 },
    { name: "no card", card: cardOf(), to: "x", code: 230099 },
    { name: "a card of 1.0 that is not shared", card: { elements: [] }, to: { elements: [] }, code: 230001 },
    { name: "too large a card", card: cardOf(), to: cardOf(markdown("a", "x".repeat(30_000))), code: 230025 },
  ])("answers $code for $name", async ({ card, to, code }) => {
    const sent = messageIdOf(card === undefined ? await calls.send() : await calls.sendCard(card));

    expect(await calls.patch(sent, to)).toMatchObject({ code });
  });

  it("takes shared cards of schema 1.0", async () => {
    const shared = { config: { update_multi: true }, elements: [] };

    expect(await calls.patch(messageIdOf(await calls.sendCard(shared)), shared)).toMatchObject({ code: 0 });
  });

  it("answers 230031 from 14 days on, 230011 once recalled, 230027 for another app's message", async () => {
    await setUp({ apps: [{}, {}] });
    const [, other] = emulator.apps;
    const theirs = await createApiClient(emulator, other === undefined ? {} : { app: other });
    const [old, gone] = [
      messageIdOf(await calls.sendCard(cardOf())),
      messageIdOf(await calls.sendCard(cardOf())),
    ];
    const foreign = await theirs.call("PATCH", `${MESSAGES}/${old}`, { content: JSON.stringify(cardOf()) });
    emulator.recall(gone);
    const recalled = await calls.patch(gone, cardOf());
    clock.advance(14 * DAY_MS);
    api = await createApiClient(emulator);
    calls = messageCalls({ api, emulator });

    expect([foreign.code, recalled.code, (await calls.patch(old, cardOf())).code]).toEqual([
      230027, 230011, 230031,
    ]);
  });

  it("answers 230020 for the sixth patch of a message in a second", async () => {
    const sent = messageIdOf(await calls.sendCard(cardOf()));
    const codes = [];
    for (let count = 0; count < 6; count += 1) codes.push((await calls.patch(sent, cardOf())).code);

    expect(codes).toEqual([0, 0, 0, 0, 0, 230020]);
  });
});

describe("given a message to edit, recall or read", () => {
  it("edits a text 20 times and no more", async () => {
    const sent = messageIdOf(await calls.send());
    const codes = [];
    for (let count = 0; count < 21; count += 1) codes.push((await calls.edit(sent, `${count}`)).code);

    expect(codes).toEqual([...Array(20).fill(0), 230072]);
    expect(emulator.messages().at(-1)).toMatchObject({ text: "19", edits: 20 });
  });

  it("edits no card and nobody else's message", async () => {
    const card = messageIdOf(await calls.sendCard(cardOf()));
    const asked = emulator.say({ text: "x", chatId: emulator.chats.group });

    expect([(await calls.edit(card)).code, (await calls.edit(asked.messageId)).code]).toEqual([
      230054, 230071,
    ]);
  });

  it("recalls the bot's own message, once", async () => {
    const sent = messageIdOf(await calls.send());
    const asked = emulator.say("question");
    const codes = [
      (await calls.recall(sent)).code,
      (await calls.recall(sent)).code,
      (await calls.recall(asked.messageId)).code,
    ];

    expect(codes).toEqual([0, 230110, 230026]);
    expect(emulator.messages()[0]?.isRecalled).toBe(true);
  });

  it("reads a message, its card as title and texts", async () => {
    const header = { title: { tag: "plain_text", content: "Title" } };
    const sent = messageIdOf(await calls.sendCard({ ...cardOf(markdown("a", "Text")), header }));
    const item = (await calls.read(sent)).data.items;

    expect(item).toMatchObject([{ message_id: sent, deleted: false, sender: { id_type: "app_id" } }]);
    expect(item).toMatchObject([
      { body: { content: JSON.stringify({ title: "Title", elements: [[{ tag: "text", text: "Text" }]] }) } },
    ]);
  });

  it("reads a card as it is when asked for it raw", async () => {
    const cardId = await api.create(streamingCard(markdown("a", "old")));
    const sent = await api.send(cardId, emulator.chats.group);
    await api.content(cardId, "a", "new", 1);
    const { items } = (await calls.read(sent, "?card_msg_content_type=raw_card_content")).data;

    expect(items).toMatchObject([{ body: { content: JSON.stringify(emulator.card(cardId).json) } }]);
  });

  it("reads a recalled message as one that is gone", async () => {
    const sent = messageIdOf(await calls.send());
    await calls.recall(sent);

    expect((await calls.read(sent)).data.items).toMatchObject([{ deleted: true }]);
  });
});
