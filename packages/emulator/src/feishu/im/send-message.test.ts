import { beforeEach, describe, expect, it } from "vitest";
import type { ManualClock } from "../../testing/manual-clock.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { type ApiClient, createApiClient } from "../testing/api-client.ts";
import { markdown, streamingCard } from "../testing/cards.ts";
import { type MessageCalls, messageCalls, messageIdOf } from "../testing/message-calls.ts";
import { setUpTenant } from "../testing/set-up.ts";

let clock: ManualClock;
let emulator: FeishuEmulator;
let api: ApiClient;
let calls: MessageCalls;

async function setUp(options?: Parameters<typeof setUpTenant>[0]): Promise<void> {
  ({ clock, emulator, api } = await setUpTenant(options));
  calls = messageCalls({ api, emulator });
}

beforeEach(() => setUp());

describe("given a message to send", () => {
  it("answers the message as the chat has it", async () => {
    const { body } = await calls.send();

    expect(body).toEqual({
      code: 0,
      msg: "success",
      data: {
        message_id: expect.stringMatching(/^om_/),
        msg_type: "text",
        create_time: "1700000000000",
        update_time: "1700000000000",
        deleted: false,
        updated: false,
        chat_id: emulator.chats.group,
        sender: {
          id: emulator.credentials.appId,
          id_type: "app_id",
          sender_type: "app",
          tenant_key: emulator.tenantKey,
        },
        body: { content: '{"text":"hi"}' },
      },
    });
  });

  it("reaches a person's direct chat by each of their ids", async () => {
    const { openId, unionId, userId, email } = emulator.person;
    const ids = [
      ["open_id", openId],
      ["union_id", unionId],
      ["user_id", userId],
      ["email", email],
    ] as const;
    const chats = await Promise.all(
      ids.map(async ([idType, to]) => (await calls.send({ idType, to })).data.chat_id),
    );

    expect(chats).toEqual(Array(4).fill(emulator.chats.direct));
  });

  it("makes a direct chat for a person who has none", async () => {
    const person = emulator.addPerson({ name: "New" });
    const sent = await calls.send({ idType: "open_id", to: person.openId });

    expect(emulator.chatList().at(-1)).toMatchObject({ chatId: sent.data.chat_id, type: "p2p", name: "New" });
  });

  it.each([
    { idType: "chat_id", to: "ou_1", code: 230034 },
    { idType: "open_id", to: "oc_1", code: 230034 },
    { idType: "union_id", to: "ou_1", code: 230034 },
    { idType: "user_id", to: "ou_1", code: 230034 },
    { idType: "email", to: "nobody@example.com", code: 230034 },
    { idType: "open_id", to: "ou_nobody", code: 99992351 },
    { idType: "union_id", to: "on_nobody", code: 99992363 },
    { idType: "user_id", to: "nobody", code: 99992360 },
    { idType: "chat_id", to: "oc_nowhere", code: 99992355 },
    { idType: "thread_id", to: "omt_1", code: 99992402 },
  ])("answers $code for $to as $idType", async ({ idType, to, code }) => {
    expect(await calls.send({ idType, to })).toMatchObject({ status: 400, code });
  });

  it("answers 99992361 for an open id that another app knows a person by", async () => {
    await setUp({ apps: [{}, {}] });
    const [, other] = emulator.apps;
    const event = new Promise<string>((resolve) => {
      emulator.onMessage(({ event: { sender } }) => resolve(sender.sender_id.open_id));
    });
    const theirs = emulator.addChat({ apps: [other?.appId ?? ""] });
    emulator.say({ text: "hi", chatId: theirs });

    expect(await calls.send({ idType: "open_id", to: await event })).toMatchObject({ code: 99992361 });
  });

  it.each([
    { name: "text that is no JSON", sending: { content: "hi" }, code: 230001 },
    { name: "text without text", sending: { content: {} }, code: 230001 },
    { name: "an unknown type", sending: { msgType: "poem" }, code: 230001 },
    { name: "text over 150 KB", sending: { content: { text: "x".repeat(150_000) } }, code: 230025 },
    { name: "an unknown image", sending: { msgType: "image", content: { image_key: "x" } }, code: 230001 },
    { name: "a uuid of 51 characters", sending: { uuid: "u".repeat(51) }, code: 230001 },
  ])("answers $code for $name", async ({ sending, code }) => {
    expect(await calls.send(sending)).toMatchObject({ status: 400, code });
  });

  it("answers 230002 for a chat that the bot is not in", async () => {
    const chatId = emulator.addChat({ apps: [] });

    expect(await calls.send({ to: chatId })).toMatchObject({ code: 230002 });
  });

  it("answers what the chat or the person refuses with", async () => {
    const muted = emulator.addChat({ refusal: 230018 });
    const stranger = emulator.addPerson({ refusal: 230013 });

    expect(await calls.send({ to: muted })).toMatchObject({ code: 230018 });
    expect(await calls.send({ idType: "open_id", to: stranger.openId })).toMatchObject({ code: 230013 });
  });

  it("answers 230006 for an app without a bot", async () => {
    await setUp({ apps: [{ hasBot: false }] });

    expect(await calls.send()).toMatchObject({ code: 230006 });
  });

  it("answers 230020 for the sixth message to a chat in a second", async () => {
    const codes = [];
    for (let count = 0; count < 6; count += 1) codes.push((await calls.send()).code);
    const elsewhere = await calls.send({ to: emulator.chats.direct });

    expect([...codes, elsewhere.code]).toEqual([0, 0, 0, 0, 0, 230020, 0]);
  });

  it("sends the same uuid once within the hour", async () => {
    const first = await calls.send({ uuid: "u-1" });
    const again = await calls.send({ uuid: "u-1" });
    clock.advance(3_600_000);
    api = await createApiClient(emulator);
    calls = messageCalls({ api, emulator });
    const later = await calls.send({ uuid: "u-1" });

    expect(messageIdOf(again)).toBe(messageIdOf(first));
    expect(messageIdOf(later)).not.toBe(messageIdOf(first));
    expect(emulator.messages()).toHaveLength(2);
    expect(emulator.requests().find(({ index }) => index === 3)).toMatchObject({
      applied: false,
      messageId: messageIdOf(first),
    });
  });
});

describe("given a message to reply to", () => {
  it("knows its parent and the first message of the exchange", async () => {
    const first = emulator.say({ text: "question", chatId: emulator.chats.group });
    const second = await calls.reply(first.messageId);
    const third = await calls.reply(messageIdOf(second));

    expect(third.data).toMatchObject({ parent_id: messageIdOf(second), root_id: first.messageId });
    expect(third.data.thread_id).toBeUndefined();
  });

  it("opens a thread, and stays in it from then on", async () => {
    const first = await calls.send();
    const second = await calls.reply(messageIdOf(first), { reply_in_thread: true });
    const third = await calls.reply(messageIdOf(second));

    expect(second.data.thread_id).toMatch(/^omt_/);
    expect(third.data.thread_id).toBe(second.data.thread_id);
  });

  it("can show a card entity", async () => {
    const asked = emulator.say("question");
    const cardId = await api.create(streamingCard(markdown("a")));
    const content = JSON.stringify({ type: "card", data: { card_id: cardId } });
    await calls.reply(asked.messageId, { msg_type: "interactive", content });

    expect(emulator.card(cardId).chatId).toBe(emulator.chats.direct);
  });

  it.each([
    { name: "an id of another kind", id: "oc_1", code: 230001 },
    { name: "an unknown message", id: "om_1", code: 99992354 },
  ])("answers $code for $name", async ({ id, code }) => {
    expect(await calls.reply(id)).toMatchObject({ code });
  });

  it("answers 230011 once somebody has recalled it, and 232009 once the chat is dissolved", async () => {
    const asked = emulator.say("question");
    emulator.recall(asked.messageId);
    const recalled = await calls.reply(asked.messageId);
    emulator.dissolve(emulator.chats.direct);
    const dissolved = await calls.reply(asked.messageId);

    expect([recalled.code, dissolved.code]).toEqual([230011, 232009]);
  });

  it("answers 230002 once the bot was removed from the chat", async () => {
    const asked = emulator.say({ text: "question", chatId: emulator.chats.group });
    emulator.removeBot(emulator.chats.group);

    const codes = [await calls.reply(asked.messageId), await calls.send()].map(({ code }) => code);
    expect(codes).toEqual([230002, 230002]);
  });

  it("leaves a card entity alone when its message is recalled", async () => {
    const cardId = await api.create(streamingCard(markdown("a")));
    emulator.recall(await api.send(cardId, emulator.chats.group));

    expect(await api.content(cardId, "a", "on", 1)).toMatchObject({ code: 0 });
  });
});
