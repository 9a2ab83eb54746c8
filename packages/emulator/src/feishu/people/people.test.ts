import { beforeEach, describe, expect, it } from "vitest";
import { createManualClock, type ManualClock } from "../../testing/manual-clock.ts";
import { createFeishuEmulator } from "../emulator/create-feishu-emulator.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import { type ApiClient, createApiClient } from "../testing/api-client.ts";
import { cardOf, markdown, streamingCard } from "../testing/cards.ts";
import type { ReceiveMessageEvent } from "./say.ts";

let clock: ManualClock;
let emulator: FeishuEmulator;
let api: ApiClient;

beforeEach(async () => {
  clock = createManualClock();
  emulator = createFeishuEmulator({ clock });
  api = await createApiClient(emulator);
});

describe("given a person who writes", () => {
  const hear = (): ReceiveMessageEvent[] => {
    const events: ReceiveMessageEvent[] = [];
    emulator.onMessage((event) => events.push(event));
    return events;
  };

  it("makes the event of a message in a group, with a mention of the bot", () => {
    const events = hear();
    const [bot] = emulator.apps;
    const { openId, unionId, userId } = emulator.person;

    const message = emulator.say({ text: "hello", chatId: emulator.chats.group });

    const time = "1700000000000";
    const tenant_key = emulator.tenantKey;
    expect(events).toEqual([
      {
        schema: "2.0",
        header: {
          event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
          event_type: "im.message.receive_v1",
          create_time: time,
          token: bot?.verificationToken,
          app_id: emulator.credentials.appId,
          tenant_key,
        },
        event: {
          sender: {
            sender_id: { union_id: unionId, user_id: userId, open_id: openId },
            sender_type: "user",
            tenant_key,
          },
          message: {
            message_id: message.messageId,
            create_time: time,
            update_time: time,
            chat_id: emulator.chats.group,
            chat_type: "group",
            message_type: "text",
            content: '{"text":"@_user_1 hello"}',
            mentions: [
              {
                key: "@_user_1",
                id: { union_id: expect.stringMatching(/^on_/), user_id: "", open_id: bot?.openId },
                mentioned_type: "bot",
                name: "Assistant",
                tenant_key,
              },
            ],
          },
        },
      },
    ]);
  });

  it("makes the event of a message in the direct chat, without a mention", () => {
    const events = hear();
    emulator.say("hello");

    expect(events[0]?.event.message).toMatchObject({ chat_type: "p2p", content: '{"text":"hello"}' });
    expect(events[0]?.event.message.mentions).toBeUndefined();
  });

  it("says whom they reply to", async () => {
    const events = hear();
    const first = emulator.say("one");
    const second = emulator.say({ text: "two", replyTo: first.messageId });
    emulator.say({ text: "three", replyTo: second.messageId });

    expect(events.at(-1)?.event.message).toMatchObject({
      parent_id: second.messageId,
      root_id: first.messageId,
    });
  });

  it("is heard by nobody where there is no bot, and no longer by who has stopped listening", () => {
    const events: string[] = [];
    const stop = emulator.onMessage(({ event }) => events.push(event.message.content));
    emulator.say({ text: "alone", chatId: emulator.addChat({ apps: [] }) });
    stop();
    emulator.say("late");

    expect(events).toEqual([]);
    expect(emulator.messages()).toHaveLength(2);
  });

  it.each([
    { name: "an unknown chat", utterance: { text: "x", chatId: "oc_none" } },
    { name: "somebody who is not there", utterance: { text: "x", from: "ou_none" } },
    { name: "a reply to nothing", utterance: { text: "x", replyTo: "om_none" } },
  ])("refuses $name", ({ utterance }) => {
    expect(() => emulator.say(utterance)).toThrow(TypeError);
  });
});

describe("given a person who clicks", () => {
  const button = {
    tag: "button",
    element_id: "stop",
    text: { tag: "plain_text", content: "Stop" },
    behaviors: [{ type: "callback", value: { run: "r-1" } }],
  };
  let cardId: string;
  let messageId: string;

  beforeEach(async () => {
    cardId = await api.create(streamingCard(markdown("answer"), button));
    messageId = await api.send(cardId, emulator.chats.group);
  });

  it("makes the callback that the app configured", () => {
    const { event } = emulator.click(messageId, { elementId: "stop" });

    expect(event).toMatchObject({
      schema: "2.0",
      header: {
        event_type: "card.action.trigger",
        create_time: "1700000000000000",
        app_id: emulator.credentials.appId,
      },
      event: {
        operator: { open_id: emulator.person.openId },
        token: expect.stringMatching(/^c-/),
        action: { tag: "button", value: { run: "r-1" } },
        context: { open_message_id: messageId, open_chat_id: emulator.chats.group },
      },
    });
  });

  it("locks the card until the callback is answered", async () => {
    const interaction = emulator.click(messageId, { elementId: "stop" });
    const locked = await api.content(cardId, "answer", "a", 1);
    const patched = await api.call("PATCH", `/open-apis/im/v1/messages/${messageId}`, {
      content: JSON.stringify(cardOf()),
    });
    const verdict = interaction.answer({ toast: { type: "info", content: "ok" } });

    expect(locked).toMatchObject({ status: 400, code: 200810 });
    expect(patched.msg).toContain("ErrCode: 11310; ErrMsg: card action is lock");
    expect(verdict).toEqual({ accepted: true, cardChanged: false });
    expect(await api.content(cardId, "answer", "a", 1)).toMatchObject({ code: 0 });
  });

  it("unlocks the card after 3 seconds without an answer, and takes none after that", async () => {
    const interaction = emulator.click(messageId, { elementId: "stop" });
    clock.advance(2_999);
    const wasOpen = interaction.isOpen;
    clock.advance(1);

    expect([wasOpen, interaction.isOpen]).toEqual([true, false]);
    expect(interaction.answer()).toEqual({ accepted: false, cardChanged: false, code: 200341 });
    expect(await api.content(cardId, "answer", "a", 1)).toMatchObject({ code: 0 });
  });

  it("changes the card to that of the answer, but not while it streams", async () => {
    const card = { type: "raw", data: cardOf(markdown("answer", "thanks")) };
    const early = emulator.click(messageId).answer({ card });
    await api.settings(cardId, { streaming_mode: false }, 1);
    const late = emulator.click(messageId).answer({ card });

    expect([early.cardChanged, late.cardChanged]).toEqual([false, true]);
    expect(emulator.card(cardId).elements[0]?.content).toBe("thanks");
  });

  it("tells the person of an answer that holds no card", async () => {
    await api.settings(cardId, { streaming_mode: false }, 1);
    const answers = [{ card: "x" }, { card: { type: "raw", data: cardOf({ tag: "note" }) } }];

    expect(answers.map((answer) => emulator.click(messageId).answer(answer).code)).toEqual([200673, 200673]);
  });

  it("reaches who listens for clicks, who can answer", () => {
    emulator.onCardAction((interaction) => interaction.answer());

    expect(emulator.click(messageId).isOpen).toBe(false);
  });

  it("works on a card that came with its message", async () => {
    const sent = await api.call("POST", "/open-apis/im/v1/messages?receive_id_type=chat_id", {
      receive_id: emulator.chats.group,
      msg_type: "interactive",
      content: JSON.stringify(cardOf(button)),
    });
    const id = String(sent.data.message_id);
    const interaction = emulator.click(id, { value: { a: 1 }, formValue: { name: "Xia" } });
    const verdict = interaction.answer({ card: { type: "raw", data: cardOf(markdown("a", "done")) } });

    expect(interaction.event.event.action).toMatchObject({ value: { a: 1 }, form_value: { name: "Xia" } });
    expect(verdict.cardChanged).toBe(true);
    expect(emulator.messages().at(-1)?.card).toEqual(cardOf(markdown("a", "done")));
  });

  it("finds nothing to click on a text", () => {
    expect(() => emulator.click(emulator.say("x").messageId)).toThrow(TypeError);
    expect(() => emulator.click("om_none")).toThrow(TypeError);
  });
});

describe("given somebody who watches", () => {
  it("learns of every change in order, and of none after the end", async () => {
    const changes: string[] = [];
    const stop = emulator.watch(({ type }) => changes.push(type));
    const cardId = await api.create(streamingCard(markdown("answer")));
    const messageId = await api.send(cardId, emulator.chats.group);
    await api.content(cardId, "answer", "a", 1);
    emulator.recall(messageId);
    emulator.dissolve(emulator.chats.group);
    stop();
    emulator.say("x");

    expect(changes).toEqual([
      "card-created",
      "request-logged",
      "message-added",
      "request-logged",
      "paint-restarted",
      "card-changed",
      "request-logged",
      "message-recalled",
      "chat-dissolved",
    ]);
  });
});

describe("given a world to enlarge", () => {
  it("has two people, a group of both and a direct chat with the first", () => {
    const [first, second] = emulator.people;

    expect(emulator.chatList()).toMatchObject([
      {
        chatId: emulator.chats.group,
        type: "group",
        people: [first, second],
        appIds: [emulator.credentials.appId],
      },
      { chatId: emulator.chats.direct, type: "p2p", people: [first] },
    ]);
  });

  it("refuses people, apps and chats that do not fit", () => {
    expect(() => emulator.addChat({ people: ["ou_none"] })).toThrow(TypeError);
    expect(() => emulator.addChat({ apps: ["cli_none"] })).toThrow(TypeError);
    expect(() => emulator.addChat({ chatId: emulator.chats.group })).toThrow(TypeError);
    expect(() => emulator.card("7")).toThrow(new TypeError('There is no card "7".'));
  });
});

describe("given an emulator that has run for long", () => {
  it("keeps only the newest of everything", async () => {
    const history = { requests: 3, operations: 2, cards: 2, messages: 2, images: 1 };
    emulator = createFeishuEmulator({ clock, history, rules: { cardLimit: "never", appLimit: "off" } });
    api = await createApiClient(emulator);
    const cards = [];
    for (let count = 0; count < 4; count += 1)
      cards.push(await api.create(streamingCard(markdown("answer"))));
    for (let sequence = 1; sequence <= 9; sequence += 1)
      await api.content(cards[3] ?? "", "answer", "a", sequence);
    for (const text of ["1", "2", "3"]) emulator.say(text);

    expect(emulator.cards().map(({ cardId }) => cardId)).toEqual(cards.slice(2));
    expect(emulator.card(cards[3] ?? "").operations.map(({ sequence }) => sequence)).toEqual([8, 9]);
    expect(emulator.requests().map(({ index }) => index)).toEqual([12, 13, 14]);
    expect(emulator.messages().map(({ text }) => text)).toEqual(["2", "3"]);
    emulator.clearRequests();
    expect(emulator.requests()).toEqual([]);
  });
});
