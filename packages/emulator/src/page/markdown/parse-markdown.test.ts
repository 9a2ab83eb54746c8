import { describe, expect, it } from "vitest";
import type { Block, Inline } from "./markdown-node.ts";
import { parseMarkdown } from "./parse-markdown.ts";

const blocks = (source: string): Block[] => parseMarkdown(source).map(({ block }) => block);
const inline = (source: string): Inline[] => {
  const [block] = blocks(source);
  return block?.type === "paragraph" ? block.children : [];
};
const text = (content: string): Inline => ({ type: "text", text: content });
const paragraph = (content: string): Block => ({ type: "paragraph", children: [text(content)] });

describe("given the blocks of a text", () => {
  it.each<{ source: string; block: Block }>([
    { source: "## A", block: { type: "heading", level: 2, children: [text("A")] } },
    { source: "A\n---", block: { type: "heading", level: 2, children: [text("A")] } },
    { source: "> a", block: { type: "quote", children: [paragraph("a")] } },
    { source: "```ts x\na\n```", block: { type: "code", language: "ts", text: "a" } },
    { source: "```\na", block: { type: "code", language: "", text: "a" } },
    { source: "    a", block: { type: "code", language: "", text: "a" } },
    { source: "---", block: { type: "rule" } },
    { source: "3. a\n4. b", block: { type: "list", start: 3, items: [[paragraph("a")], [paragraph("b")]] } },
    {
      source: "- a\n    - b",
      block: {
        type: "list",
        start: undefined,
        items: [[paragraph("a"), { type: "list", start: undefined, items: [[paragraph("b")]] }]],
      },
    },
    {
      source: "| a | b |\n| - | -: |\n| 1 |",
      block: {
        type: "table",
        columns: [
          { align: "left", title: [text("a")] },
          { align: "right", title: [text("b")] },
        ],
        rows: [[[text("1")], []]],
      },
    },
  ])("reads $source", ({ source, block }) => {
    expect(blocks(source)).toEqual([block]);
  });

  it("shows the box of a task list as it is written, for the platform has none", () => {
    expect(blocks("- [ ] a")).toEqual([
      {
        type: "list",
        start: undefined,
        items: [[{ type: "paragraph", children: [text("[ ] "), text("a")] }]],
      },
    ]);
  });

  it("gives the same source to the same block, wherever the text goes on", () => {
    const [first] = parseMarkdown("a\n\nb");
    const [same] = parseMarkdown("a\n\nbc\n\nd");

    expect(same).toEqual(first);
  });

  it("shows the words of a text that nests deeper than can be drawn", () => {
    const source = `${"> ".repeat(10_000)}a`;

    expect(blocks(source)).toEqual([paragraph(source)]);
  });
});

describe("given a line of text", () => {
  it.each<{ source: string; nodes: Inline[] }>([
    { source: "**a**", nodes: [{ type: "strong", children: [text("a")] }] },
    { source: "__a__", nodes: [{ type: "strong", children: [text("a")] }] },
    { source: "*a*", nodes: [{ type: "emphasis", children: [text("a")] }] },
    { source: "~~a~~", nodes: [{ type: "strike", children: [text("a")] }] },
    { source: "`&#60;a`", nodes: [{ type: "code", text: "&#60;a" }] },
    { source: "\\*a", nodes: [text("*"), text("a")] },
    { source: "a\nb", nodes: [text("a"), { type: "break" }, text("b")] },
    { source: "a<br>b", nodes: [text("a"), { type: "break" }, text("b")] },
    { source: "a<hr>", nodes: [text("a"), { type: "rule" }] },
    { source: "&#60;b&#62; &#x2a; &sim;&nbsp;", nodes: [text("<b> * ∼\u00a0")] },
    { source: "&#38;lt;", nodes: [text("&lt;")] },
    { source: "![alt](img_v3_1)", nodes: [{ type: "image", key: "img_v3_1", alt: "alt" }] },
    { source: "<at id=ou_1></at>", nodes: [{ type: "mention", ids: ["ou_1"] }] },
    { source: "<at ids='ou_1, ou_2'></at>", nodes: [{ type: "mention", ids: ["ou_1", "ou_2"] }] },
    {
      source: "<person id='ou_1' show_name=false style=\"capsule\"></person>",
      nodes: [{ type: "person", id: "ou_1", hasName: false, hasAvatar: true, isCapsule: true }],
    },
    {
      source: "<font color='red'>a **b**</font>",
      nodes: [
        { type: "font", color: "red", children: [text("a "), { type: "strong", children: [text("b")] }] },
      ],
    },
    {
      source: "<text_tag color='green'>ok</text_tag>",
      nodes: [{ type: "tag", color: "green", children: [text("ok")] }],
    },
    {
      source: "<number_tag background_color='red' font_color='white'>7</number_tag>",
      nodes: [{ type: "number", text: "7", background: "red", color: "white", url: undefined }],
    },
    {
      source: "<local_datetime millisecond='1700000000000' format_type='date'></local_datetime>",
      nodes: [{ type: "time", milliseconds: 1_700_000_000_000, format: "date", url: undefined }],
    },
    {
      source: "<link icon='chat_outlined' url='https://a.b/' pc_url='https://c.d/'>x</link>",
      nodes: [{ type: "link", url: "https://c.d/", icon: "chat_outlined", children: [text("x")] }],
    },
    {
      source: "<a href='https://a.b/'>x</a>",
      nodes: [{ type: "link", url: "https://a.b/", children: [text("x")] }],
    },
    { source: "[x](https://a.b/)", nodes: [{ type: "link", url: "https://a.b/", children: [text("x")] }] },
    { source: ":DONE: :NoSuch:", nodes: [text("✅ :NoSuch:")] },
  ])("reads $source", ({ source, nodes }) => {
    expect(inline(source)).toEqual(nodes);
  });

  it("takes a colour that is never closed to reach to the end", () => {
    expect(inline("<font color='red'>a")).toEqual([{ type: "font", color: "red", children: [text("a")] }]);
  });

  it("leaves out what closes nothing", () => {
    expect(inline("a</font>b")).toEqual([text("a"), text("b")]);
  });
});

describe("given a text by somebody hostile", () => {
  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<div onclick='alert(1)'>a</div>",
    "<!-- a -->",
    "<iframe src='a.html'></iframe>",
    "<fonts color='red'>a</fonts>",
  ])("shows %s as it is written", (source) => {
    const written = inline(source).map((node) => (node.type === "text" ? node.text : `(${node.type})`));

    expect(written.join("")).toBe(source);
  });

  it.each([
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html,a)",
    "[x](vbscript:a)",
    "[x](//a.b)",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<link url='javascript:alert(1)'>x</link>",
  ])("lets %s lead nowhere", (source) => {
    expect(inline(source)).toMatchObject([{ type: "link", url: undefined, children: [text("x")] }]);
  });
});
