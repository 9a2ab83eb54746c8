import type {
  CardButton,
  FooterBlock,
  LaneBlock,
  ReasoningBlock,
  ToolBlock,
} from "../contract/card-block.ts";
import type { RunEnd } from "../contract/run-end.ts";
import { type Locale, statusText } from "./status-text.ts";

/** How a run ended, in as few kinds as fit a tag. */
export type EndKind = "finished" | "incomplete" | "waiting" | "stopped" | "failed";

interface BlockTexts {
  readonly thinking: string;
  readonly thought: string;
  readonly thoughtFor: (time: string) => string;
  readonly toolStates: Readonly<Record<Exclude<ToolBlock["status"], "done">, string>>;
  readonly earlierTools: (count: number) => string;
  readonly input: string;
  readonly output: string;
  readonly error: string;
  readonly sources: (count: number) => string;
  readonly moreSources: (count: number) => string;
  readonly tokens: (tokens: { readonly input: string; readonly output: string }) => string;
  readonly firstToken: (time: string) => string;
  readonly totalTime: (time: string) => string;
  readonly units: { readonly seconds: string; readonly minutes: string; readonly instant: string };
  readonly queued: string;
  readonly running: string;
  readonly ends: Readonly<Record<EndKind, string>>;
  readonly image: string;
  readonly lostImage: string;
  readonly buttons: Readonly<Record<CardButton["action"] | "approve" | "deny" | "up" | "down", string>>;
}

const texts: Readonly<Record<Locale, BlockTexts>> = {
  "zh-CN": {
    thinking: "思考中…",
    thought: "思考过程",
    thoughtFor: (time) => `已思考 ${time}`,
    toolStates: {
      preparing: "准备中…",
      running: "进行中…",
      failed: "失败",
      denied: "已拒绝",
      waiting: "等待批准",
      pending: "等待结果",
      unfinished: "未完成",
    },
    earlierTools: (count) => `之前还有 ${count} 次工具调用`,
    input: "输入",
    output: "输出",
    error: "错误",
    sources: (count) => `${count} 个来源`,
    moreSources: (count) => `另有 ${count} 个`,
    tokens: ({ input, output }) => `${input} → ${output} tokens`,
    firstToken: (time) => `首字 ${time}`,
    totalTime: (time) => `共 ${time}`,
    units: { seconds: "秒", minutes: "分", instant: "不到 0.1 秒" },
    queued: "排队中",
    running: "生成中…",
    ends: {
      finished: "已完成",
      incomplete: "不完整",
      waiting: "等待处理",
      stopped: "已停止",
      failed: "失败",
    },
    image: "图片",
    lostImage: "一张无法显示的图片",
    buttons: {
      stop: "停止",
      regenerate: "重新生成",
      feedback: "反馈",
      up: "有帮助",
      down: "没帮助",
      approve: "批准",
      deny: "拒绝",
    },
  },
  "en-US": {
    thinking: "Thinking…",
    thought: "Reasoning",
    thoughtFor: (time) => `Thought for ${time}`,
    toolStates: {
      preparing: "preparing…",
      running: "running…",
      failed: "failed",
      denied: "denied",
      waiting: "waiting for approval",
      pending: "waiting for its result",
      unfinished: "not finished",
    },
    earlierTools: (count) => `${count} earlier tool ${count === 1 ? "call" : "calls"}`,
    input: "Input",
    output: "Output",
    error: "Error",
    sources: (count) => `${count} ${count === 1 ? "source" : "sources"}`,
    moreSources: (count) => `and ${count} more`,
    tokens: ({ input, output }) => `${input} → ${output} tokens`,
    firstToken: (time) => `first token ${time}`,
    totalTime: (time) => `${time} in total`,
    units: { seconds: "s", minutes: "min", instant: "under 0.1 s" },
    queued: "Queued",
    running: "Generating…",
    ends: {
      finished: "Finished",
      incomplete: "Incomplete",
      waiting: "Waiting for you",
      stopped: "Stopped",
      failed: "Failed",
    },
    image: "Image",
    lostImage: "An image that cannot be shown",
    buttons: {
      stop: "Stop",
      regenerate: "Regenerate",
      feedback: "Feedback",
      up: "Helpful",
      down: "Not helpful",
      approve: "Approve",
      deny: "Deny",
    },
  },
  "ja-JP": {
    thinking: "考え中…",
    thought: "思考の過程",
    thoughtFor: (time) => `${time} 考えました`,
    toolStates: {
      preparing: "準備中…",
      running: "実行中…",
      failed: "失敗",
      denied: "拒否済み",
      waiting: "承認待ち",
      pending: "結果待ち",
      unfinished: "未完了",
    },
    earlierTools: (count) => `これより前に ${count} 件のツール呼び出し`,
    input: "入力",
    output: "出力",
    error: "エラー",
    sources: (count) => `情報源 ${count} 件`,
    moreSources: (count) => `ほか ${count} 件`,
    tokens: ({ input, output }) => `${input} → ${output} トークン`,
    firstToken: (time) => `最初の文字まで ${time}`,
    totalTime: (time) => `合計 ${time}`,
    units: { seconds: "秒", minutes: "分", instant: "0.1 秒未満" },
    queued: "待機中",
    running: "生成中…",
    ends: { finished: "完了", incomplete: "未完了", waiting: "応答待ち", stopped: "停止", failed: "失敗" },
    image: "画像",
    lostImage: "表示できない画像",
    buttons: {
      stop: "停止",
      regenerate: "再生成",
      feedback: "フィードバック",
      up: "良い回答",
      down: "良くない回答",
      approve: "承認",
      deny: "拒否",
    },
  },
};

const SECOND_MS = 1_000;
const LEAST_SPAN_MS = 50;

/** A time as it is read at a glance: `0.4 s`, `12 s`, `3 min 5 s`. */
function timeText(ms: number, locale: Locale): string {
  const { seconds, minutes, instant } = texts[locale].units;
  if (ms < LEAST_SPAN_MS) return instant;
  if (ms < 9.95 * SECOND_MS) return `${(ms / SECOND_MS).toFixed(1)} ${seconds}`;
  const whole = Math.round(ms / SECOND_MS);
  if (whole < 60) return `${whole} ${seconds}`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} ${minutes}${rest === 0 ? "" : ` ${rest} ${seconds}`}`;
}

/** How long a part of the run took; `undefined` where that says nothing, as of what came all at once. */
function spanText(ms: number | undefined, locale: Locale): string | undefined {
  return ms === undefined || ms < LEAST_SPAN_MS ? undefined : timeText(ms, locale);
}

/** The title over what the model thought. */
export function reasoningTitle({ isThinking, durationMs }: ReasoningBlock, locale: Locale): string {
  const words = texts[locale];
  if (isThinking) return words.thinking;
  const span = spanText(durationMs, locale);
  return span === undefined ? words.thought : words.thoughtFor(span);
}

/** Plain shapes, which every client has in its fonts and draws as text: no emoji, which would be in colour. */
const toolMarks = {
  preparing: "○",
  running: "○",
  waiting: "●",
  done: "✓",
  failed: "✕",
  denied: "✕",
  pending: "●",
  unfinished: "○",
} as const;

/** A tool call in one line. */
export function toolLine({ title, status, durationMs }: ToolBlock, locale: Locale): string {
  const state = status === "done" ? undefined : texts[locale].toolStates[status];
  return joined([`${toolMarks[status]} ${title}`, state, spanText(durationMs, locale)]);
}

/** What heads the input and the output of a tool call. */
export function toolDetailTitle({ status }: ToolBlock, part: "input" | "output", locale: Locale): string {
  return texts[locale][part === "output" && status === "failed" ? "error" : part];
}

export function earlierToolsText(count: number, locale: Locale): string {
  return texts[locale].earlierTools(count);
}

export function sourcesTitle(count: number, locale: Locale): string {
  return texts[locale].sources(count);
}

export function moreSourcesText(count: number, locale: Locale): string {
  return texts[locale].moreSources(count);
}

export function imageText(locale: Locale): string {
  return texts[locale].image;
}

/** What stands for an image that cannot be drawn. */
export function lostImageText(locale: Locale): string {
  return texts[locale].lostImage;
}

/** What has become of one of several runs. */
export function laneText({ state, durationMs }: LaneBlock, locale: Locale): string {
  return joined([laneState(state, locale), spanText(durationMs, locale)]);
}

export function endKind({ status, reason }: RunEnd): EndKind {
  if (status !== "finished") return status;
  if (reason === undefined || reason === "waiting") return reason ?? "finished";
  return "incomplete";
}

/** How a run ended, in a word or two. */
export function endKindText(kind: EndKind, locale: Locale): string {
  return texts[locale].ends[kind];
}

/** That a run goes on. */
export function runningText(locale: Locale): string {
  return texts[locale].running;
}

function laneState(state: LaneBlock["state"], locale: Locale): string {
  if (state === "waiting") return texts[locale].queued;
  if (state === "running") return texts[locale].running;
  if (state === "continued") return statusText({ phase: "continued" }, locale);
  return statusText({ phase: "ended", end: state, hasText: true }, locale);
}

/** What an answer took, in one line. */
export function footerText(
  { model, inputTokens, outputTokens, firstTokenMs, totalMs }: FooterBlock,
  locale: Locale,
): string {
  const words = texts[locale];
  const count = (tokens: number | undefined) => (tokens === undefined ? "–" : tokens.toLocaleString("en-US"));
  const hasTokens = inputTokens !== undefined || outputTokens !== undefined;
  return joined([
    model,
    hasTokens ? words.tokens({ input: count(inputTokens), output: count(outputTokens) }) : undefined,
    firstTokenMs === undefined ? undefined : words.firstToken(timeText(firstTokenMs, locale)),
    totalMs === undefined ? undefined : words.totalTime(timeText(totalMs, locale)),
  ]);
}

function joined(words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join(" · ");
}

/** What a button says. */
export function buttonText(
  button: CardButton | { readonly action: "approve" | "deny" },
  locale: Locale,
): string {
  const { buttons } = texts[locale];
  return button.action === "feedback" ? buttons[button.rating] : buttons[button.action];
}
