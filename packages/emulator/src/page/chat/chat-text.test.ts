import { describe, expect, it } from "vitest";
import type { Brief, PageChat } from "../../page-protocol/page-event.ts";
import { chooseTexts } from "../texts/choose-texts.ts";
import { chatPreview } from "./brief-text.ts";
import { textParts } from "./text-parts.ts";

describe("given a text message", () => {
  it.each([
    {
      text: '你好 <at user_id="ou_1">Lin</at>！',
      runs: [
        { type: "text", text: "你好 " },
        { type: "mention", id: "ou_1", name: "Lin" },
        { type: "text", text: "！" },
      ],
    },
    {
      text: "见 https://a.b/c?d=1，还有",
      runs: [
        { type: "text", text: "见 " },
        { type: "link", url: "https://a.b/c?d=1", text: "https://a.b/c?d=1" },
        { type: "text", text: "，还有" },
      ],
    },
    {
      text: "(https://a.b).",
      runs: [
        { type: "text", text: "(" },
        { type: "link", url: "https://a.b/", text: "https://a.b" },
        { type: "text", text: ")." },
      ],
    },
    { text: "javascript:alert(1)", runs: [{ type: "text", text: "javascript:alert(1)" }] },
    { text: "", runs: [] },
  ])("finds what is in $text of an app", ({ text, runs }) => {
    expect(textParts(text, "app")).toEqual(runs);
  });

  it("finds no mention in what a person typed", () => {
    const text = '<at user_id="all"></at>';

    expect(textParts(text, "user")).toEqual([{ type: "text", text }]);
  });
});

describe("given the newest message of a chat", () => {
  const chinese = chooseTexts(["zh-CN"]);
  const english = chooseTexts(["en-GB", "zh-CN"]);
  const last: Brief = {
    messageId: "om_1",
    sender: { type: "app", id: "ou_bot", name: "Bot" },
    createdAt: 0,
    isRecalled: false,
    msgType: "text",
    text: "你好",
  };
  const chat = {
    chatId: "oc_1",
    name: "Team",
    isDissolved: false,
    memberCount: 3,
    people: [],
    botName: "Bot",
  };
  const group = (brief: Brief | undefined): PageChat => ({ ...chat, type: "group", last: brief });

  it.each([
    {
      given: "who said it, in a group",
      shown: chatPreview(group(last), chinese, "ou_me"),
      text: "Bot: 你好",
    },
    { given: "what the reader said", shown: chatPreview(group(last), chinese, "ou_bot"), text: "你好" },
    {
      given: "what the bot said in a direct chat",
      shown: chatPreview({ ...group(last), type: "p2p" }, chinese, "ou_me"),
      text: "你好",
    },
    { given: "nothing yet", shown: chatPreview(group(undefined), chinese, "ou_me"), text: "暂无消息" },
    {
      given: "an image, in English",
      shown: chatPreview(group({ ...last, msgType: "image", text: "" }), english, "ou_me"),
      text: "Bot: [Image]",
    },
    {
      given: "a recall by somebody else",
      shown: chatPreview(group({ ...last, isRecalled: true }), chinese, "ou_me"),
      text: "Bot 撤回了一条消息",
    },
    {
      given: "the reader's own recall",
      shown: chatPreview(group({ ...last, isRecalled: true }), english, "ou_bot"),
      text: "You recalled a message",
    },
  ])("shows $given", ({ shown, text }) => {
    expect(shown).toBe(text);
  });

  it.each([
    { languages: ["zh-TW"], locale: "zh-CN" },
    { languages: [], locale: "zh-CN" },
    { languages: ["de", "zh"], locale: "en" },
  ])("speaks to a reader of $languages in $locale", ({ languages, locale }) => {
    expect(chooseTexts(languages).locale).toBe(locale);
  });
});
