import { describe, expect, it } from "vitest";
import { type MessageMention, readMessageContent } from "./message-content.ts";

const bot: MessageMention = { key: "@_user_1", name: "助手", openId: "ou_bot", isBot: true, isSelf: true };
const lin: MessageMention = { key: "@_user_2", name: "林夏", openId: "ou_2", isBot: false, isSelf: false };
const zhou: MessageMention = { key: "@_user_12", name: "周明", isBot: false, isSelf: false };
const other: MessageMention = { key: "@_user_3", name: "别的机器人", isBot: true, isSelf: false };

const read = (
  type: string,
  content: unknown,
  mentions: readonly MessageMention[] = [bot, lin, zhou, other],
) => readMessageContent(type, JSON.stringify(content), mentions);

describe("given a text", () => {
  it.each([
    ["@_user_1 天空为什么是蓝色的？", "天空为什么是蓝色的？"],
    ["@_user_1天空", "天空"],
    ["问一下 @_user_1", "问一下"],
    ["@_user_1 问 @_user_2 和 @_user_12 去哪了", "问 @林夏 和 @周明 去哪了"],
    ["@_user_3 @_user_1 你们好", "@别的机器人 你们好"],
    ["@_all 开会", "@all 开会"],
    ["@_user_99 不认识", "@_user_99 不认识"],
    ["  1  1  ", "1  1"],
    ["[文档](https://example.com)", "[文档](https://example.com)"],
    ["第一行\n第二行", "第一行\n第二行"],
    ["@_user_1", ""],
  ])("reads %j as %j", (text, expected) => {
    expect(read("text", { text })).toEqual({ text: expected, resources: [] });
  });

  it("takes a name for text, whatever is in it", () => {
    const odd = { ...lin, name: "$& @_user_1 $1" };
    expect(read("text", { text: "@_user_2 好" }, [bot, odd]).text).toBe("@$& @_user_1 $1 好");
  });
});

describe("given a rich text", () => {
  it("is Markdown, and names what it shows", () => {
    const content = [
      [
        { tag: "at", user_id: "@_user_1", user_name: "助手" },
        { tag: "text", text: " 看看 " },
        { tag: "a", text: "这里", href: "https://example.com" },
        { tag: "at", user_id: "@_user_2", user_name: "林夏" },
        { tag: "emotion", emoji_type: "SMILE" },
      ],
      [{ tag: "img", image_key: "img_1" }],
      [{ tag: "code_block", language: "TypeScript", text: "const a = 1;\n" }],
      [{ tag: "hr" }],
      [{ tag: "media", file_key: "file_1", image_key: "img_2" }],
      [{ tag: "text", text: "完" }],
    ];
    expect(read("post", { title: "标题", content })).toEqual({
      text: "标题\n 看看 [这里](https://example.com)@林夏:SMILE:\n\n```typescript\nconst a = 1;\n```\n---\n\n完",
      resources: [
        { type: "image", key: "img_1" },
        { type: "video", key: "file_1" },
      ],
    });
  });

  it.each([[{}], [{ content: "x" }], [{ content: [null, [null, 1, { tag: "x" }]] }]])(
    "bears what is none: %j",
    (content) => {
      expect(read("post", content).text).toBe("");
    },
  );
});

describe("given what is no text", () => {
  it.each([
    ["image", { image_key: "img_1" }, [{ type: "image", key: "img_1" }]],
    ["file", { file_key: "f", file_name: "报告.pdf" }, [{ type: "file", key: "f", name: "报告.pdf" }]],
    ["audio", { file_key: "f", duration: 1000 }, [{ type: "audio", key: "f" }]],
    [
      "media",
      { file_key: "f", image_key: "i", file_name: "a.mp4" },
      [{ type: "video", key: "f", name: "a.mp4" }],
    ],
    ["sticker", { file_key: "f" }, [{ type: "sticker", key: "f" }]],
    ["share_chat", { chat_id: "oc_1" }, []],
    ["image", { image_key: 1 }, []],
  ])("reads %s %j", (type, content, resources) => {
    expect(read(type, content)).toEqual({ text: "", resources });
  });

  it("bears content that is no JSON", () => {
    expect(readMessageContent("text", "{", [])).toEqual({ text: "", resources: [] });
  });
});
