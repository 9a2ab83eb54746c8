import { describe, expect, it } from "vitest";
import { cardOf, markdown } from "../../feishu/testing/cards.ts";
import type { Brief, Hello, PageChat, PageEvent, PageMessage } from "../../page-protocol/page-event.ts";
import { emptyState, type LocalEvent, type PageState, paintedOf, reducePage } from "./page-state.ts";

const bot = { type: "app", id: "ou_bot", name: "Bot" } as const;
const me = { openId: "ou_me", name: "Me" };
const brief = (messageId: string, sender: Brief["sender"] = bot): Brief => ({
  messageId,
  sender,
  createdAt: 0,
  isRecalled: false,
  msgType: "text",
  text: messageId,
});
const chat = (chatId: string, last?: Brief): PageChat => ({
  chatId,
  type: "p2p",
  name: chatId,
  isDissolved: false,
  memberCount: 2,
  people: [],
  botName: "Bot",
  last,
});
const message = (messageId: string, card?: PageMessage["card"]): PageMessage => ({
  messageId,
  sender: bot,
  createdAt: 0,
  isRecalled: false,
  edits: 0,
  msgType: card === undefined ? "text" : "interactive",
  content: null,
  mention: undefined,
  quote: undefined,
  threadRootId: undefined,
  card,
});
const streaming = { json: cardOf(markdown("answer", "H"), markdown("b")), isStreaming: true, painted: {} };
const hello = (messages: PageMessage[] = [], chatId = "oc_1"): Hello => ({
  type: "hello",
  me,
  appId: "cli_1",
  names: {},
  chats: [chat("oc_1"), chat("oc_2")],
  chatId,
  messages,
  hasEarlier: false,
});
const after = (...events: (PageEvent | LocalEvent)[]): PageState =>
  events.reduce(reducePage, reducePage(emptyState, { type: "chat-opened", chatId: "oc_1" }));

describe("given a page that connects", () => {
  it("shows what it is told of the open chat", () => {
    expect(after(hello([message("om_1")]))).toMatchObject({
      connection: "open",
      isLoaded: true,
      messages: [{ messageId: "om_1" }],
    });
  });

  it("does not show the messages of a chat that the person has left meanwhile", () => {
    const state = after({ type: "chat-opened", chatId: "oc_2" }, hello([message("om_1")], "oc_1"));

    expect(state).toMatchObject({ isLoaded: false, messages: [] });
  });

  it("keeps what it shows while the connection is lost, and starts anew when it is back", () => {
    const lost = after(hello([message("om_1")]), { type: "connection-lost" });
    const back = reducePage(lost, hello());

    expect(lost).toMatchObject({ connection: "lost", messages: [{ messageId: "om_1" }] });
    expect(back).toMatchObject({ connection: "open", messages: [] });
  });
});

describe("given messages", () => {
  it("appends a new one, and puts a changed one in its place", () => {
    const state = after(
      hello([message("om_1")]),
      { type: "message", message: message("om_2") },
      { type: "message", message: { ...message("om_1"), isRecalled: true } },
    );

    expect(state.messages.map(({ messageId, isRecalled }) => [messageId, isRecalled])).toEqual([
      ["om_1", true],
      ["om_2", false],
    ]);
  });

  it("forgets the oldest when there are more than 1000", () => {
    const all = Array.from({ length: 1000 }, (_, index) => message(`om_${index}`));
    const state = after(hello(all), { type: "message", message: message("om_new") });

    expect([state.messages.length, state.messages[0]?.messageId]).toEqual([1000, "om_1"]);
  });
});

describe("given a card that is typed", () => {
  const text: PageEvent = {
    type: "text",
    messageId: "om_1",
    elementId: "answer",
    keep: 1,
    text: "ello",
    painted: { answer: 1 },
  };
  const start = after(hello([message("om_1", streaming)]), text);
  const cardIn = (state: PageState) => state.messages[0]?.card;

  it("grows by what was added, and shows what was painted before", () => {
    expect(cardIn(start)).toEqual({
      json: cardOf(markdown("answer", "Hello"), markdown("b")),
      isStreaming: true,
      painted: { answer: 1 },
      typingId: "answer",
    });
  });

  it("paints on", () => {
    const state = reducePage(start, { type: "painted", painted: { om_1: { answer: 3 }, om_none: { x: 1 } } });

    expect(paintedOf(cardIn(state)?.painted ?? {}, "answer")).toBe(3);
  });

  it("shows texts that nobody types as a whole, even one called like a method", () => {
    expect([paintedOf({}, "b"), paintedOf({}, "toString"), paintedOf({}, undefined)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it("becomes another card, of which what stayed is the same object", () => {
    const state = reducePage(start, {
      type: "card",
      messageId: "om_1",
      frame: cardOf(),
      elements: [1],
      isStreaming: false,
      painted: {},
    });

    expect(cardIn(state)).toMatchObject({ json: cardOf(markdown("b")), isStreaming: false });
  });

  it("leaves other messages the same objects", () => {
    const before = after(hello([message("om_1", streaming), message("om_2", streaming)]));
    const state = reducePage(before, text);

    expect(state.messages[1]).toBe(before.messages[1]);
  });
});

describe("given a message in a chat that is not open", () => {
  const news: PageEvent = { type: "chat", chat: chat("oc_2", brief("om_1")) };

  it("counts as unread until the chat is opened", () => {
    const unread = after(hello(), news, news, { type: "chat", chat: chat("oc_2", brief("om_2")) });
    const read = reducePage(unread, { type: "chat-opened", chatId: "oc_2" });

    expect([unread.unread, read.unread]).toEqual([{ oc_2: 2 }, {}]);
  });

  it("does not count when it is the person's own, or in the open chat", () => {
    const mine = brief("om_1", { type: "user", id: me.openId, name: me.name });
    const state = after(
      hello(),
      { type: "chat", chat: chat("oc_2", mine) },
      { type: "chat", chat: chat("oc_1", brief("om_2")) },
    );

    expect(state.unread).toEqual({});
  });

  it("adds a chat that is new", () => {
    expect(after(hello(), { type: "chat", chat: chat("oc_3") }).chats.map(({ chatId }) => chatId)).toEqual([
      "oc_1",
      "oc_2",
      "oc_3",
    ]);
  });
});
