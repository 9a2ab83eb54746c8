import { describe, expect, it } from "vitest";
import { type ConversationPlace, conversationIdOf } from "./conversation-id.ts";

describe("given the place of a message", () => {
  it.each<[ConversationPlace, string]>([
    [{ chatId: "c1", chatType: "direct", senderId: "ann" }, "c1"],
    [{ chatId: "c1", chatType: "group", senderId: "ann" }, "c1:ann"],
    [{ chatId: "c1", chatType: "group", senderId: "bob" }, "c1:bob"],
    [{ chatId: "c1", chatType: "group", senderId: "ann", threadId: "t1" }, "c1:t1"],
    [{ chatId: "c1", chatType: "direct", senderId: "ann", threadId: "t1" }, "c1:t1"],
  ])("names the conversation of %j %s", (place, expected) => {
    expect(conversationIdOf(place)).toBe(expected);
  });
});
