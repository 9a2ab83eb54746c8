import type { CardBlock, Locale, RunEnd } from "@streamcard/core";
import type { LaneBlock, ToolBlock } from "@streamcard/core/driver";
import { describe, expect, it } from "vitest";
import { blockJson, headJson } from "./block-json.ts";
import type { Json } from "./component-json.ts";

const ids = { element: "sc_1", text: "sc_1_h" };
const locales = ["zh-CN", "en-US", "ja-JP"] as const;

function draw(block: CardBlock, { locale = "zh-CN" as Locale, inside = [] as Json[] } = {}): Json {
  return blockJson(block, ids, { locale, runId: "run-1" }, inside);
}

const quiet = (content: string): Json => ({
  tag: "plain_text",
  content,
  text_size: "notation",
  text_color: "grey",
});
const line = (content: string, color = "grey"): Json => ({
  tag: "div",
  element_id: "sc_1",
  text: { ...quiet(content), text_color: color },
});
const header = (title: Json, padding?: string): Json => ({
  title,
  icon: { tag: "standard_icon", token: "down-small-ccm_outlined", color: "grey", size: "16px 16px" },
  icon_position: "follow_text",
  ...(padding !== undefined && { padding }),
});
const small = (content: string): Json => ({ tag: "markdown", content, text_size: "notation" });
const frame = {
  border: { color: "grey-200", corner_radius: "8px" },
  padding: "4px 12px 12px 12px",
};
const press = (label: string, value: Json, type?: string): Json => ({
  tag: "column",
  width: "auto",
  elements: [
    {
      tag: "button",
      ...(type !== undefined && { type }),
      size: "small",
      text: { tag: "plain_text", content: label },
      behaviors: [{ type: "callback", value: { streamcard: 1, run: "run-1", card: 2, ...value } }],
    },
  ],
});
const row = (...columns: Json[]): Json => ({
  tag: "column_set",
  flex_mode: "flow",
  columns,
});

const tool = (more: Partial<ToolBlock> = {}): ToolBlock => ({
  type: "tool",
  id: "tool-1",
  title: "search",
  status: "done",
  ...more,
});
const lane = (more: Partial<LaneBlock> = {}): LaneBlock => ({
  type: "lane",
  id: "lane-1",
  layout: "panel",
  title: "gpt-5",
  state: "running",
  ...more,
});
const status = (end: RunEnd): CardBlock => ({
  type: "status",
  id: "status",
  status: { phase: "ended", end, hasText: true },
});

describe("given text", () => {
  it.each<[string, Partial<Extract<CardBlock, { type: "text" }>>, Json]>([
    ["of the answer", {}, { tag: "markdown", element_id: "sc_1", content: "**晴**" }],
    ["that the model thought", { isReasoning: true }, { ...small("**晴**"), element_id: "sc_1" }],
    [
      "that the platform refused to draw",
      { isPlain: true },
      {
        tag: "div",
        element_id: "sc_1",
        text: { tag: "plain_text", content: "**晴**", element_id: "sc_1_h" },
      },
    ],
    [
      "that was thought and refused",
      { isPlain: true, isReasoning: true },
      {
        tag: "div",
        element_id: "sc_1",
        text: { tag: "plain_text", content: "**晴**", element_id: "sc_1_h", text_size: "notation" },
      },
    ],
  ])("draws text %s", (_, more, expected) => {
    expect(draw({ type: "text", id: "text-1", text: "**晴**", ...more })).toEqual(expected);
  });
});

describe("given reasoning", () => {
  const panel = (title: string, expanded: boolean): Json => ({
    tag: "collapsible_panel",
    element_id: "sc_1",
    expanded,
    header: header(quiet(title), "6px 12px 6px 12px"),
    background_color: "grey-50",
    border: { color: "grey-50", corner_radius: "8px" },
    padding: "0px 12px 8px 12px",
    vertical_spacing: "4px",
    elements: [small("想")],
  });
  const block = { type: "reasoning", id: "reasoning-1" } as const;

  it.each([
    ["is open while the model thinks", { isThinking: true, isFolded: false }, panel("思考中…", true)],
    [
      "is folded under its duration",
      { isThinking: false, isFolded: true, durationMs: 3_200 },
      panel("已思考 3.2 秒", false),
    ],
    ["stays open where it is to be shown", { isThinking: false, isFolded: false }, panel("思考过程", true)],
  ])("%s", (_, more, expected) => {
    expect(draw({ ...block, ...more }, { inside: [small("想")] })).toEqual(expected);
  });

  it("stands out from the paper of a column", () => {
    expect(draw({ ...block, isThinking: false, isFolded: true, within: "lane-1" })).toMatchObject({
      background_color: "grey-100",
      border: { color: "grey-100" },
    });
  });

  it("changes its head alone, so that what is in it stays", () => {
    const { tag: _tag, element_id, elements: _elements, ...folded } = panel("已思考 3.2 秒", false);
    const change = headJson({ ...block, isThinking: false, isFolded: true, durationMs: 3_200 }, ids, {
      locale: "zh-CN",
      runId: "run-1",
    });
    expect(change).toEqual({
      action: "partial_update_element",
      params: { element_id, partial_element: { expanded: false, header: folded.header } },
    });
  });
});

describe("given a tool call", () => {
  it.each<[ToolBlock["status"], string, string]>([
    ["preparing", "○ search · 准备中…", "grey"],
    ["running", "○ search · 进行中…", "grey"],
    ["waiting", "● search · 等待批准", "grey"],
    ["done", "✓ search", "grey"],
    ["failed", "✕ search · 失败", "red"],
    ["denied", "✕ search · 已拒绝", "grey"],
  ])("is one line while it has no details: %s", (state, words, color) => {
    expect(draw(tool({ status: state }))).toEqual(line(words, color));
  });

  it.each<[Partial<ToolBlock>, string, string]>([
    [{ input: '{"q":1}' }, "✓ search", '输入\n```json\n{"q":1}\n```'],
    [{ input: "a", output: "b" }, "✓ search", "输入\n```plain_text\na\n```\n输出\n```plain_text\nb\n```"],
    [
      { status: "failed", input: "a", output: "timeout" },
      "✕ search · 失败",
      "输入\n```plain_text\na\n```\n错误\n```plain_text\ntimeout\n```",
    ],
  ])("folds the details of %j beneath it", (more, words, details) => {
    expect(draw(tool(more))).toEqual({
      tag: "collapsible_panel",
      element_id: "sc_1",
      header: header({ ...quiet(words), ...(more.status === "failed" && { text_color: "red" }) }),
      padding: "4px 0px 0px 0px",
      elements: [small(details)],
    });
  });

  it("lets nothing out of its code block, whatever it says", () => {
    const hostile = "```\n<at id=all></at>\n````\n<font color='red'>";
    const [details] = draw(tool({ output: hostile })).elements as Json[];
    const content = String(details?.content);
    expect(content.startsWith("输出\n`````plain_text\n")).toBe(true);
    expect(content.endsWith("\n`````")).toBe(true);
    expect(content).not.toMatch(/<(?:at|font)/);
  });

  it.each([
    ["zh-CN", "● search · 等待批准", "输入", "批准", "拒绝"],
    ["en-US", "● search · waiting for approval", "Input", "Approve", "Deny"],
    ["ja-JP", "● search · 承認待ち", "入力", "承認", "拒否"],
  ] as const)("asks for a decision in a frame of its own, in %s", (locale, words, input, approve, deny) => {
    const asking = tool({ status: "waiting", input: "a", approval: { approvalId: "ap-1", card: 2 } });
    expect(draw(asking, { locale })).toEqual({
      tag: "collapsible_panel",
      element_id: "sc_1",
      expanded: true,
      header: header({ tag: "plain_text", content: words, text_size: "notation" }, "8px 12px 8px 12px"),
      ...frame,
      elements: [
        small(`${input}\n\`\`\`plain_text\na\n\`\`\``),
        {
          ...row(
            press(approve, { action: "approve", approvalId: "ap-1", row: "sc_1_b" }, "primary"),
            press(deny, { action: "deny", approvalId: "ap-1", row: "sc_1_b" }),
          ),
          element_id: "sc_1_b",
        },
      ],
    });
  });

  it("asks for a decision without details, too", () => {
    const { elements } = draw(tool({ status: "waiting", approval: { approvalId: "ap-1", card: 2 } }));
    expect(elements).toHaveLength(1);
  });

  it("counts the ones that are not shown", () => {
    expect(draw({ type: "tool-count", id: "tool-count-1", count: 41 })).toEqual(
      line("之前还有 41 次工具调用"),
    );
  });
});

describe("given runs that share a card", () => {
  it("puts columns beside each other that stack where there is no room", () => {
    expect(draw({ type: "lanes", id: "lanes-1" }, { inside: [{ tag: "column" }] })).toEqual({
      tag: "column_set",
      element_id: "sc_1",
      flex_mode: "stretch",
      columns: [{ tag: "column" }],
    });
  });

  it("draws a column under its name", () => {
    expect(draw(lane({ layout: "column" }), { inside: [{ tag: "markdown" }] })).toEqual({
      tag: "column",
      element_id: "sc_1",
      width: "weighted",
      weight: 1,
      background_style: "grey-50",
      padding: "12px",
      vertical_spacing: "8px",
      elements: [
        { tag: "markdown", element_id: "sc_1_h", content: "**gpt&#45;5** <font color='grey'>生成中…</font>" },
        { tag: "markdown" },
      ],
    });
  });

  it("draws a panel that is open, in a frame", () => {
    const content = "**gpt&#45;5** <font color='grey'>生成中…</font>";
    expect(draw(lane(), { inside: [{ tag: "markdown" }] })).toEqual({
      tag: "collapsible_panel",
      element_id: "sc_1",
      expanded: true,
      header: header({ tag: "markdown", content }, "8px 12px 8px 12px"),
      ...frame,
      elements: [{ tag: "markdown" }],
    });
  });

  it.each<[Partial<LaneBlock>, readonly string[]]>([
    [
      { state: { status: "finished" }, durationMs: 1_800 },
      [
        "<font color='grey'>已完成 · 1.8 秒</font>",
        "<font color='grey'>Finished · 1.8 s</font>",
        "<font color='grey'>完了 · 1.8 秒</font>",
      ],
    ],
    [
      { state: { status: "failed", reason: "error", error: new Error("sk-1") } },
      [
        "<font color='red'>出错了，内容可能不完整</font>",
        "<font color='red'>Something went wrong; the answer may be incomplete</font>",
        "<font color='red'>エラーが発生しました。回答は不完全かもしれません</font>",
      ],
    ],
    [
      { state: "waiting" },
      [
        "<font color='grey'>排队中</font>",
        "<font color='grey'>Queued</font>",
        "<font color='grey'>待機中</font>",
      ],
    ],
  ])("says what has become of %j, in every language", (more, expected) => {
    const heads = locales.map((locale) => {
      const change = headJson(lane({ layout: "column", ...more }), ids, { locale, runId: "run-1" });
      expect(change).toMatchObject({ action: "update_element", params: { element_id: "sc_1_h" } });
      return (change?.params.element as Json | undefined)?.content;
    });
    expect(heads).toEqual(expected.map((words) => `**gpt&#45;5** ${words}`));
  });

  it("changes the head of a panel alone", () => {
    expect(headJson(lane(), ids, { locale: "zh-CN", runId: "run-1" })).toMatchObject({
      action: "partial_update_element",
      params: { element_id: "sc_1", partial_element: { header: { title: { tag: "markdown" } } } },
    });
  });

  it("takes a name for words, whatever it is", () => {
    const content = JSON.stringify(draw(lane({ title: "<at id=all></at>** `x`" })));
    expect(content).not.toMatch(/<at|`/);
  });
});

describe("given what the card says of the run", () => {
  it.each<[RunEnd, string, string | undefined]>([
    [{ status: "finished" }, "已完成", "grey"],
    [{ status: "stopped", reason: "aborted" }, "已停止", "grey"],
    [{ status: "failed", reason: "error" }, "出错了，内容可能不完整", "red"],
    [{ status: "finished", reason: "waiting" }, "等待处理", undefined],
  ])("draws %j in the colour that it deserves", (end, words, color) => {
    const { text_color: _color, ...plain } = quiet(words);
    const text = { ...plain, ...(color !== undefined && { text_color: color }) };
    expect(draw(status(end))).toEqual({ tag: "div", element_id: "sc_1", text });
  });

  it("names who stopped it as a person, in every language", () => {
    const person = "<person id='ou_1' show_name=true show_avatar=false style='normal'></person>";
    const stopped = status({ status: "stopped", reason: "reader", stoppedBy: "ou_1" });
    expect(locales.map((locale) => draw(stopped, { locale }).content)).toEqual([
      `<font color='grey'>已由</font> ${person} <font color='grey'>停止</font>`,
      `<font color='grey'>Stopped by</font> ${person}`,
      `${person} <font color='grey'>が停止しました</font>`,
    ]);
  });
});

describe("given what stands after an answer", () => {
  it("folds sources under their number, their titles as words and their addresses as links", () => {
    const block: CardBlock = {
      type: "sources",
      id: "sources",
      sources: [
        { title: "A [b](c)", url: "https://example.com/a b" },
        { title: "文档" },
        { title: "x", url: "javascript:alert(1)" },
      ],
      more: 2,
    };
    const lines = [
      "1. [A &#91;b&#93;&#40;c&#41;](https://example.com/a%20b)",
      "2. 文档",
      "3. x",
      "",
      "<font color='grey'>另有 2 个</font>",
    ];
    expect(draw(block)).toEqual({
      tag: "collapsible_panel",
      element_id: "sc_1",
      header: header(quiet("5 个来源")),
      padding: "4px 0px 0px 0px",
      elements: [small(lines.join("\n"))],
    });
  });

  it("keeps the footer close to the status above it", () => {
    expect(draw({ type: "footer", id: "footer", model: "deepseek-chat", totalMs: 6_200 })).toEqual({
      ...line("deepseek-chat · 共 6.2 秒"),
      margin: "-4px 0px 0px 0px",
    });
  });

  it.each([
    ["zh-CN", ["停止", "有帮助", "没帮助", "重新生成"]],
    ["en-US", ["Stop", "Helpful", "Not helpful", "Regenerate"]],
    ["ja-JP", ["停止", "良い回答", "良くない回答", "再生成"]],
  ] as const)("draws small buttons in one row, in %s", (locale, [stop, up, down, again]) => {
    const block: CardBlock = {
      type: "actions",
      id: "actions",
      card: 2,
      buttons: [
        { action: "stop" },
        { action: "feedback", rating: "up" },
        { action: "feedback", rating: "down" },
        { action: "regenerate" },
      ],
    };
    expect(draw(block, { locale })).toEqual({
      ...row(
        press(stop, { action: "stop" }),
        press(up, { action: "feedback", rating: "up" }),
        press(down, { action: "feedback", rating: "down" }),
        press(again, { action: "regenerate" }),
      ),
      element_id: "sc_1",
    });
  });

  it("says of one that cannot be drawn where it is, or that there was one", () => {
    const url = "https://a.example/a(1).png";
    expect(draw({ type: "image", id: "image-1", url })).toEqual({
      tag: "markdown",
      element_id: "sc_1",
      content: "[图片](https://a.example/a%281%29.png)",
      text_size: "notation",
    });
    for (const lost of [undefined, "javascript:alert(1)"]) {
      const block = { type: "image", id: "image-1", ...(lost !== undefined && { url: lost }) } as const;
      expect(draw(block)).toEqual(line("一张无法显示的图片"));
    }
  });

  it("describes an image in the reader's language", () => {
    expect(draw({ type: "image", id: "image-1", key: "img_1" }, { locale: "en-US" })).toEqual({
      tag: "img",
      element_id: "sc_1",
      img_key: "img_1",
      alt: { tag: "plain_text", content: "Image" },
      scale_type: "fit_horizontal",
      corner_radius: "8px",
      preview: true,
    });
  });

  it("leaves a component of the user's own as it is", () => {
    expect(draw({ type: "element", id: "rule", element: { tag: "hr", margin: "4px" } })).toEqual({
      tag: "hr",
      margin: "4px",
      element_id: "sc_1",
    });
  });
});

describe("given the size of blocks, which every update pays for", () => {
  it.each<[string, CardBlock, number]>([
    ["a tool's line", tool(), 130],
    ["a tool's panel around its details", tool({ input: "a" }), 410],
    ["a reasoning panel", { type: "reasoning", id: "r", isThinking: false, isFolded: true }, 480],
    ["a row of three buttons", threeButtons(), 800],
    ["a column", lane({ layout: "column" }), 260],
  ])("keeps %s within its bytes", (_, block, most) => {
    expect(Buffer.byteLength(JSON.stringify(draw(block)))).toBeLessThanOrEqual(most);
  });
});

function threeButtons(): CardBlock {
  const feedback = (["up", "down"] as const).map((rating) => ({ action: "feedback", rating }) as const);
  return { type: "actions", id: "actions", card: 0, buttons: [...feedback, { action: "regenerate" }] };
}
