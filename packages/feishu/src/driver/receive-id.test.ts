import { describe, expect, it } from "vitest";
import { readTarget } from "../feishu-card-options.ts";
import { receiveIdTypeOf } from "./receive-id.ts";

describe("given the id of a receiver", () => {
  it.each([
    ["ou_7d8a6e6df7621556ce0d21922b676706", "open_id"],
    ["on_94a1ee5551019f18cd73d9f111898cf2", "union_id"],
    ["oc_a0553eda9014c201e6969b478895c230", "chat_id"],
    ["li.lei+bot@example.com", "email"],
    ["4d7a3c6g", "user_id"],
  ])("tells the type of %s", (to, receiveIdType) => {
    expect(receiveIdTypeOf(to)).toBe(receiveIdType);
    expect(readTarget({ to })).toEqual({ type: "receiver", receiveId: to, receiveIdType });
  });
});

describe("given a message to reply to", () => {
  it("replies, in a topic if told so, with a fallback", () => {
    expect(readTarget({ replyTo: "om_1", replyInThread: true, fallbackTo: "oc_1" })).toEqual({
      type: "reply",
      messageId: "om_1",
      inThread: true,
      fallback: { type: "receiver", receiveId: "oc_1", receiveIdType: "chat_id" },
    });
  });
});

describe("given a target that cannot be one", () => {
  it.each([
    [{}, "received neither"],
    [{ to: "oc_1", replyTo: "om_1" }, "received both"],
    [{ to: "" }, 'to must be the id of a person or a chat, received ""'],
    [{ to: 42 as never }, "received 42"],
    [{ to: "om_1" }, "use replyTo"],
    [{ to: "omt_1" }, "use replyTo with a message of that topic"],
    [{ to: "cli_1" }, "is an app id"],
    [{ to: "oc_" }, 'received "oc_"'],
    [{ to: "two words" }, 'received "two words"'],
    [
      { to: "oc_1", receiveIdType: "chat" as never },
      'receiveIdType must be "open_id", "union_id", "user_id", "email" or "chat_id", received "chat".',
    ],
    [{ replyTo: "oc_1" }, "To send to a person or a chat, use `to`"],
    [{ replyTo: "om 1" }, "must be the id of a message"],
    [{ replyTo: "om_1", fallbackTo: "om_2" }, "fallbackTo"],
  ])("refuses %j and says what to do", (options, words) => {
    expect(() => readTarget(options)).toThrow(words);
    expect(() => readTarget(options)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});
