import { describe, expect, it } from "vitest";
import type { Block, Inline } from "./markdown-node.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import { steadyPrefix } from "./steady-prefix.ts";
import { parseTypingMarkdown } from "./typing-markdown.ts";

const DOCUMENT = `## 小结

这是**加粗**、*斜体*、~~删除~~和 \`code\`，[链接](https://a.b/c)，<font color='red'>红 **粗**</font> &#60;。
要点：
- 一
- 二
    - 嵌套 **粗**

说明：
1. 甲
2. 乙

| 列 | 值 |
|---|---:|
| a | **1** |
| b | 2 |

> 引用
> - 其中

\`\`\`ts
const a = "\`\`";
\`\`\`

---
完 ![图](img_v3_x)，2 * 3 与 snake_case。`;

const prefixes = [...DOCUMENT].map((_, index, all) => all.slice(0, index + 1).join(""));
const kind = (block: Block): string => (block.type === "heading" ? `heading ${block.level}` : block.type);
const wordsIn = (nodes: readonly (Inline | Block)[]): string =>
  nodes
    .map((node) => {
      if (node.type === "table")
        return wordsIn([...node.columns.flatMap(({ title }) => title), ...node.rows.flat(2)]);
      if (node.type === "list") return wordsIn(node.items.flat());
      if ("children" in node) return wordsIn(node.children);
      return "text" in node ? node.text : "";
    })
    .join("");
const words = (blocks: readonly { block: Block }[]): string => wordsIn(blocks.map(({ block }) => block));

describe("given a text of which character after character appears", () => {
  it("draws every block from its first moment as what it will be", () => {
    const final = parseMarkdown(DOCUMENT).map(({ block }) => kind(block));

    for (const prefix of prefixes) {
      const drawn = parseTypingMarkdown(prefix).map(({ block }) => kind(block));
      // A text that is empty so far is a paragraph with a caret.
      if (prefix.trim() === "##" || prefix.trim() === "#") continue;
      expect(drawn, JSON.stringify(prefix)).toEqual(final.slice(0, drawn.length));
    }
  });

  it("never shows a mark and takes it away again", () => {
    for (const prefix of prefixes) {
      expect(words(parseTypingMarkdown(prefix)), JSON.stringify(prefix)).not.toMatch(
        /\*\*|~~|\||\]\(|<font|&#/,
      );
    }
  });

  it("shows no word that is not there in the end, and all of them in the end", () => {
    const final = words(parseMarkdown(DOCUMENT));

    for (const prefix of prefixes) expect(final).toContain(words(parseTypingMarkdown(prefix)).slice(-4));
    expect(words(parseTypingMarkdown(DOCUMENT))).toBe(final);
  });

  it.each(["# a", "a **b", "- a\n- b", "> a", "| a |\n|--|\n| 1", "", "a\n\n"])(
    "has a caret at the end of %j",
    (source) => {
      expect(JSON.stringify(parseTypingMarkdown(source)).match(/"caret"/g)).toHaveLength(1);
    },
  );

  it("has the caret in the code while that is open", () => {
    expect(parseTypingMarkdown("```ts\nlet a")).toMatchObject([
      { block: { type: "code", language: "ts", text: "let a", hasCaret: true } },
    ]);
  });
});

describe("given a text that breaks off in the middle of something", () => {
  it.each([
    { at: "a line that may underline a heading", source: "Here:\n-", shown: "Here:\n" },
    { at: "a line that may become a list", source: "Here:\n- ", shown: "Here:\n" },
    { at: "a number that may begin a list", source: "Here:\n1", shown: "Here:\n" },
    { at: "a heading without words", source: "a\n##", shown: "a\n" },
    { at: "a quote without words", source: "a\n> ", shown: "a\n" },
    { at: "the language of a code block", source: "a\n```type", shown: "a\n" },
    { at: "the closing of a code block", source: "```\na\n``", shown: "```\na\n" },
    { at: "code", source: "```\n- ", shown: "```\n- " },
    { at: "the head of a table", source: "a\n\n| a | b", shown: "a\n\n" },
    { at: "the delimiter row of a table", source: "| a |\n|--", shown: "" },
    { at: "a row of a table", source: "| a |\n|--|\n| 1", shown: "| a |\n|--|\n| 1" },
    { at: "what only looked like a table", source: "| a |\nb", shown: "| a |\nb" },
    { at: "a tag", source: "a <font col", shown: "a " },
    { at: "a comparison", source: "a < b", shown: "a < b" },
    { at: "an entity", source: "a &#6", shown: "a " },
    { at: "an image", source: "a ![b](img_", shown: "a " },
    { at: "the text of a link", source: "a [b", shown: "a b" },
    { at: "the address of a link", source: "a [b](https://", shown: "a [b](https://)" },
    { at: "a mark", source: "a *", shown: "a " },
    { at: "code in a line", source: "a `b *", shown: "a `b *" },
    { at: "an exclamation", source: "a!", shown: "a!" },
  ])("draws $at steadily", ({ source, shown }) => {
    expect(steadyPrefix(source)).toBe(shown);
  });

  it.each([
    ["backticks", `${"` a``".repeat(4_000)}`],
    ["brackets", "[".repeat(20_000)],
    ["images", "![".repeat(10_000)],
    ["rows", "| a ".repeat(6_000)],
    ["dashes", "- ".repeat(10_000)],
    ["tags", "<font a='".repeat(3_000)],
    ["stars", "**a ".repeat(6_000)],
    ["quotes", "> ".repeat(6_000)],
  ])("is quick with 20 KB of %s", (_, source) => {
    const start = performance.now();
    parseTypingMarkdown(source);

    expect(performance.now() - start).toBeLessThan(500);
  });
});
