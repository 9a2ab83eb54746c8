import { describe, expect, it } from "vitest";
import type {
  CardButton,
  FooterBlock,
  LaneBlock,
  ReasoningBlock,
  ToolBlock,
} from "../../contract/card-block.ts";
import type { RunEnd } from "../../contract/run-end.ts";
import { type CardWords, endKind, wordsOf } from "./card-words.ts";
import { locales } from "./locales.ts";

/** Collects a text in each language, in the order of `locales`. */
function inAll(say: (words: CardWords) => string): string[] {
  return locales.map((locale) => say(wordsOf(locale)));
}

const reasoning = (more: Partial<ReasoningBlock>): ReasoningBlock => ({
  type: "reasoning",
  id: "reasoning-1",
  isThinking: false,
  isFolded: true,
  ...more,
});
const tool = (more: Partial<ToolBlock>): ToolBlock => ({
  type: "tool",
  id: "tool-1",
  title: "search",
  status: "done",
  ...more,
});
const lane = (state: LaneBlock["state"], durationMs?: number): LaneBlock => ({
  type: "lane",
  id: "lane-1",
  layout: "panel",
  title: "gpt",
  state,
  ...(durationMs !== undefined && { durationMs }),
});
const footer = (more: Partial<FooterBlock>): FooterBlock => ({ type: "footer", id: "footer", ...more });

describe("given what a model thought", () => {
  it.each<[Partial<ReasoningBlock>, string[]]>([
    [{ isThinking: true }, ["思考中…", "Thinking…", "考え中…"]],
    [{}, ["思考过程", "Reasoning", "思考の過程"]],
    [{ durationMs: 3_200 }, ["已思考 3.2 秒", "Thought for 3.2 s", "3.2 秒 考えました"]],
  ])("heads %j in every language", (more, expected) => {
    expect(inAll((words) => words.reasoningTitle(reasoning(more)))).toEqual(expected);
  });

  it.each([
    [50, "0.1 s"],
    [149, "0.1 s"],
    [9_949, "9.9 s"],
    [9_950, "10 s"],
    [59_499, "59 s"],
    [59_500, "1 min"],
    [60_000, "1 min"],
    [119_600, "2 min"],
    [125_000, "2 min 5 s"],
    [3_725_000, "62 min 5 s"],
  ])("writes %d ms as %s", (durationMs, time) => {
    expect(wordsOf("en-US").reasoningTitle(reasoning({ durationMs }))).toBe(`Thought for ${time}`);
  });

  it.each([0, 49])("says nothing of %d ms", (durationMs) => {
    expect(wordsOf("en-US").reasoningTitle(reasoning({ durationMs }))).toBe("Reasoning");
    expect(wordsOf("en-US").toolLine(tool({ durationMs }))).toBe("✓ search");
    expect(wordsOf("en-US").lane(lane({ status: "finished" }, durationMs))).toBe("Finished");
  });

  it("writes units in the reader's language", () => {
    expect(inAll((words) => words.reasoningTitle(reasoning({ durationMs: 125_000 })))).toEqual([
      "已思考 2 分 5 秒",
      "Thought for 2 min 5 s",
      "2 分 5 秒 考えました",
    ]);
  });
});

describe("given a tool call", () => {
  it.each<[ToolBlock["status"], string[]]>([
    ["preparing", ["○ search · 准备中…", "○ search · preparing…", "○ search · 準備中…"]],
    ["running", ["○ search · 进行中…", "○ search · running…", "○ search · 実行中…"]],
    ["waiting", ["● search · 等待批准", "● search · waiting for approval", "● search · 承認待ち"]],
    ["done", ["✓ search", "✓ search", "✓ search"]],
    ["failed", ["✕ search · 失败", "✕ search · failed", "✕ search · 失敗"]],
    ["denied", ["✕ search · 已拒绝", "✕ search · denied", "✕ search · 拒否済み"]],
    ["pending", ["● search · 等待结果", "● search · waiting for its result", "● search · 結果待ち"]],
    ["unfinished", ["○ search · 未完成", "○ search · not finished", "○ search · 未完了"]],
  ])("says that it is %s, in every language", (status, expected) => {
    expect(inAll((words) => words.toolLine(tool({ status })))).toEqual(expected);
  });

  it("says how long it took, last", () => {
    expect(wordsOf("zh-CN").toolLine(tool({ durationMs: 830 }))).toBe("✓ search · 0.8 秒");
    expect(wordsOf("ja-JP").toolLine(tool({ status: "failed", durationMs: 12_000 }))).toBe(
      "✕ search · 失敗 · 12 秒",
    );
  });

  it.each<[ToolBlock["status"], "input" | "output", string[]]>([
    ["done", "input", ["输入", "Input", "入力"]],
    ["done", "output", ["输出", "Output", "出力"]],
    ["failed", "input", ["输入", "Input", "入力"]],
    ["failed", "output", ["错误", "Error", "エラー"]],
  ])("heads what a call that is %s has as its %s", (status, part, expected) => {
    expect(inAll((words) => words.toolDetailTitle(tool({ status }), part))).toEqual(expected);
  });

  it("counts the ones that are not shown", () => {
    expect(inAll((words) => words.earlierTools(2))).toEqual([
      "之前还有 2 次工具调用",
      "2 earlier tool calls",
      "これより前に 2 件のツール呼び出し",
    ]);
    expect(wordsOf("en-US").earlierTools(1)).toBe("1 earlier tool call");
  });
});

describe("given one of several runs", () => {
  it.each<[LaneBlock["state"], string[]]>([
    ["waiting", ["排队中", "Queued", "待機中"]],
    ["running", ["生成中…", "Generating…", "生成中…"]],
    ["continued", ["未完，见下一张卡片", "Continued on the next card", "次のカードに続きます"]],
    [{ status: "finished" }, ["已完成", "Finished", "完了"]],
    [
      { status: "finished", reason: "length" },
      ["已达到长度上限，内容不完整", "Cut at the length limit", "長さの上限に達しました"],
    ],
    [
      { status: "stopped", reason: "reader" },
      ["已由用户停止", "Stopped by the reader", "閲覧者が停止しました"],
    ],
  ])("says of %j what has become of it", (state, expected) => {
    expect(inAll((words) => words.lane(lane(state)))).toEqual(expected);
  });

  it("never shows what an error says", () => {
    const end: RunEnd = { status: "failed", reason: "error", error: new Error("key sk-1") };
    expect(inAll((words) => words.lane(lane(end))).join()).not.toContain("sk-1");
  });

  it("says how long it took", () => {
    expect(wordsOf("zh-CN").lane(lane({ status: "finished" }, 1_800))).toBe("已完成 · 1.8 秒");
  });

  it("says that a run goes on", () => {
    expect(inAll((words) => words.runningTag)).toEqual(["生成中…", "Generating…", "生成中…"]);
  });
});

describe("given an end", () => {
  it.each<[RunEnd, ReturnType<typeof endKind>, string[]]>([
    [{ status: "finished" }, "finished", ["已完成", "Finished", "完了"]],
    [{ status: "finished", reason: "waiting" }, "waiting", ["等待处理", "Waiting for you", "応答待ち"]],
    [{ status: "finished", reason: "length" }, "incomplete", ["不完整", "Incomplete", "未完了"]],
    [{ status: "finished", reason: "content-filter" }, "incomplete", ["不完整", "Incomplete", "未完了"]],
    [{ status: "finished", reason: "step-limit" }, "incomplete", ["不完整", "Incomplete", "未完了"]],
    [{ status: "stopped", reason: "timeout" }, "stopped", ["已停止", "Stopped", "停止"]],
    [{ status: "failed", reason: "error" }, "failed", ["失败", "Failed", "失敗"]],
  ])("calls %j %s", (end, kind, expected) => {
    expect(endKind(end)).toBe(kind);
    expect(inAll((words) => words.endTag(kind))).toEqual(expected);
  });
});

describe("given what stands after an answer", () => {
  it("counts sources", () => {
    expect(inAll((words) => words.sourcesTitle(2))).toEqual(["2 个来源", "2 sources", "情報源 2 件"]);
    expect(wordsOf("en-US").sourcesTitle(1)).toBe("1 source");
    expect(inAll((words) => words.moreSources(6))).toEqual(["另有 6 个", "and 6 more", "ほか 6 件"]);
  });

  it.each<[Partial<FooterBlock>, string]>([
    [{ model: "deepseek-chat" }, "deepseek-chat"],
    [{ inputTokens: 1_204, outputTokens: 356 }, "1,204 → 356 tokens"],
    [{ outputTokens: 356 }, "– → 356 tokens"],
    [{ firstTokenMs: 400, totalMs: 6_200 }, "首字 0.4 秒 · 共 6.2 秒"],
    [{ model: "m", inputTokens: 1, outputTokens: 0, totalMs: 61_000 }, "m · 1 → 0 tokens · 共 1 分 1 秒"],
    [{ firstTokenMs: 12, totalMs: 49 }, "首字 不到 0.1 秒 · 共 不到 0.1 秒"],
    [{}, ""],
  ])("writes the footer %j", (more, expected) => {
    expect(wordsOf("zh-CN").footer(footer(more))).toBe(expected);
  });

  it("writes the footer in every language", () => {
    const all = footer({ inputTokens: 12, outputTokens: 3, firstTokenMs: 400, totalMs: 6_200 });
    expect(inAll((words) => words.footer(all))).toEqual([
      "12 → 3 tokens · 首字 0.4 秒 · 共 6.2 秒",
      "12 → 3 tokens · first token 0.4 s · 6.2 s in total",
      "12 → 3 トークン · 最初の文字まで 0.4 秒 · 合計 6.2 秒",
    ]);
  });

  it.each<[CardButton | { action: "approve" | "deny" }, string[]]>([
    [{ action: "stop" }, ["停止", "Stop", "停止"]],
    [{ action: "regenerate" }, ["重新生成", "Regenerate", "再生成"]],
    [{ action: "feedback", rating: "up" }, ["有帮助", "Helpful", "良い回答"]],
    [{ action: "feedback", rating: "down" }, ["没帮助", "Not helpful", "良くない回答"]],
    [{ action: "approve" }, ["批准", "Approve", "承認"]],
    [{ action: "deny" }, ["拒绝", "Deny", "拒否"]],
  ])("labels the button %j", (button, expected) => {
    expect(inAll((words) => words.button(button))).toEqual(expected);
  });

  it("describes an image to those who cannot see it", () => {
    expect(inAll((words) => words.image)).toEqual(["图片", "Image", "画像"]);
  });
});
