import { describe, expect, it } from "vitest";
import { isAdmitted, type MessagePolicy } from "./message-policy.ts";

const direct = { sender: { isBot: false }, chatId: "c1", chatType: "direct", mentionsBot: false } as const;
const group = { ...direct, chatType: "group" } as const;
const mention = { ...group, mentionsBot: true };
const ids = ["ann", "union-ann"];

describe("given a message and a policy", () => {
  it.each<[string, Parameters<typeof isAdmitted>[0], MessagePolicy, boolean]>([
    ["a direct message", direct, {}, true],
    ["a group's message without a mention", group, {}, false],
    ["a group's message with a mention", mention, {}, true],
    ["a group's message where no mention is required", group, { requireMention: false }, true],
    ["another bot's message", { ...direct, sender: { isBot: true } }, {}, false],
    [
      "another bot's mention, with everything allowed",
      { ...mention, sender: { isBot: true } },
      { allowedUsers: ids, allowedChats: ["c1"], requireMention: false },
      false,
    ],
    ["a person who is allowed", direct, { allowedUsers: ["ann"] }, true],
    ["a person who is allowed by another id", direct, { allowedUsers: ["union-ann"] }, true],
    ["a person who is not allowed", direct, { allowedUsers: ["bob"] }, false],
    ["anybody, where nobody is allowed", direct, { allowedUsers: [] }, false],
    ["a chat that is allowed", direct, { allowedChats: ["c1", "c2"] }, true],
    ["a chat that is not allowed", mention, { allowedChats: ["c2"] }, false],
    [
      "an allowed person in a chat that is not allowed",
      direct,
      { allowedUsers: ["ann"], allowedChats: ["c2"] },
      false,
    ],
    ["an allowed person without the mention", group, { allowedUsers: ["ann"], allowedChats: ["c1"] }, false],
  ])("decides on %s", (_, message, policy, expected) => {
    expect(isAdmitted(message, ids, policy)).toBe(expected);
  });
});
