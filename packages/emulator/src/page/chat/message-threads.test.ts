import { describe, expect, it } from "vitest";
import type { ShownMessage } from "../state/page-state.ts";
import { isFirstOfRow, threadsOf } from "./message-threads.ts";

const message = (messageId: string, more: Partial<ShownMessage> = {}): ShownMessage => ({
  messageId,
  sender: { type: "user", id: "ou_1", name: "林夏" },
  createdAt: 0,
  isRecalled: false,
  edits: 0,
  msgType: "text",
  content: null,
  mention: undefined,
  quote: undefined,
  threadRootId: undefined,
  card: undefined,
  ...more,
});

describe("given the messages of a chat", () => {
  const ids = (messages: readonly ShownMessage[]) =>
    threadsOf(messages).map(({ message, replies }) => [
      message.messageId,
      ...replies.map((reply) => reply.messageId),
    ]);

  it("puts the replies of a thread below its first message, in their order", () => {
    const messages = [
      message("a"),
      message("b"),
      message("a1", { threadRootId: "a" }),
      message("c"),
      message("a2", { threadRootId: "a" }),
    ];

    expect(ids(messages)).toEqual([["a", "a1", "a2"], ["b"], ["c"]]);
  });

  it("leaves a reply in the row whose first message is not on the page", () => {
    expect(ids([message("b"), message("a1", { threadRootId: "a" })])).toEqual([["b"], ["a1"]]);
  });

  const quote = {
    messageId: "z",
    sender: message("z").sender,
    createdAt: 0,
    isRecalled: false,
    msgType: "text",
    text: "",
  };

  it.each([
    ["the first message", undefined, {}, true],
    ["a second one soon after", {}, { createdAt: 1_000 }, false],
    ["a second one much later", {}, { createdAt: 600_000 }, true],
    ["one by somebody else", {}, { sender: { type: "user", id: "ou_2", name: "周明" } }, true],
    ["one after a recalled one", { isRecalled: true }, {}, true],
    ["one with a quote", {}, { quote }, true],
  ] as const)("names the sender of %s: %j %j %s", (_, before, after, expected) => {
    const thread = before === undefined ? undefined : { message: message("a", before), replies: [] };

    expect(isFirstOfRow(message("b", after as Partial<ShownMessage>), thread)).toBe(expected);
  });

  it("names the sender again after a thread", () => {
    expect(isFirstOfRow(message("b"), { message: message("a"), replies: [message("a1")] })).toBe(true);
  });
});
