import type { CardButton, FooterBlock, LaneBlock, ReasoningBlock, ToolBlock } from "./card-view.ts";
import { type Locale, statusText } from "./status-text.ts";

interface BlockTexts {
  readonly thinking: string;
  readonly thought: string;
  readonly thoughtFor: (time: string) => string;
  readonly toolStates: Readonly<Record<Exclude<ToolBlock["status"], "done" | "running">, string>>;
  readonly earlierTools: (count: number) => string;
  readonly input: string;
  readonly output: string;
  readonly error: string;
  readonly sources: (count: number) => string;
  readonly moreSources: (count: number) => string;
  readonly tokens: (tokens: { readonly input: string; readonly output: string }) => string;
  readonly firstToken: (time: string) => string;
  readonly laneWaiting: string;
  readonly laneRunning: string;
  readonly image: string;
  readonly buttons: Readonly<Record<CardButton["action"] | "approve" | "deny" | "up" | "down", string>>;
}

const texts: Readonly<Record<Locale, BlockTexts>> = {
  "zh-CN": {
    thinking: "思考中…",
    thought: "思考过程",
    thoughtFor: (time) => `已思考 ${time}`,
    toolStates: {
      preparing: "准备中",
      failed: "失败",
      denied: "已拒绝",
      waiting: "等待批准",
      pending: "等待结果",
      unfinished: "未完成",
    },
    earlierTools: (count) => `另有 ${count} 次较早的工具调用`,
    input: "输入",
    output: "输出",
    error: "错误",
    sources: (count) => `${count} 个来源`,
    moreSources: (count) => `还有 ${count} 个`,
    tokens: ({ input, output }) => `${input} → ${output} tokens`,
    firstToken: (time) => `首字 ${time}`,
    laneWaiting: "排队中",
    laneRunning: "生成中…",
    image: "图片",
    buttons: {
      stop: "停止",
      regenerate: "重新生成",
      feedback: "反馈",
      up: "有帮助",
      down: "没有帮助",
      approve: "批准",
      deny: "拒绝",
    },
  },
  "en-US": {
    thinking: "Thinking…",
    thought: "Reasoning",
    thoughtFor: (time) => `Thought for ${time}`,
    toolStates: {
      preparing: "preparing",
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
    laneWaiting: "queued",
    laneRunning: "generating…",
    image: "Image",
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
      preparing: "準備中",
      failed: "失敗",
      denied: "拒否",
      waiting: "承認待ち",
      pending: "結果待ち",
      unfinished: "未完了",
    },
    earlierTools: (count) => `ほか ${count} 件のツール呼び出し`,
    input: "入力",
    output: "出力",
    error: "エラー",
    sources: (count) => `情報源 ${count} 件`,
    moreSources: (count) => `ほか ${count} 件`,
    tokens: ({ input, output }) => `${input} → ${output} トークン`,
    firstToken: (time) => `最初の文字まで ${time}`,
    laneWaiting: "待機中",
    laneRunning: "生成中…",
    image: "画像",
    buttons: {
      stop: "停止",
      regenerate: "再生成",
      feedback: "フィードバック",
      up: "役に立った",
      down: "役に立たなかった",
      approve: "承認",
      deny: "拒否",
    },
  },
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** A time as it is read at a glance: `0.4 s`, `12 s`, `3 min 5 s`. */
function timeText(ms: number): string {
  if (ms < 10 * SECOND_MS) return `${(Math.max(ms, 0) / SECOND_MS).toFixed(1)} s`;
  const seconds = Math.round(ms / SECOND_MS);
  if (ms < MINUTE_MS) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The title over what the model thought. */
export function reasoningTitle({ isThinking, durationMs }: ReasoningBlock, locale: Locale): string {
  const words = texts[locale];
  if (isThinking) return words.thinking;
  return durationMs === undefined ? words.thought : words.thoughtFor(timeText(durationMs));
}

const toolMarks = {
  preparing: "◌",
  running: "◌",
  waiting: "⏸",
  done: "✓",
  failed: "✗",
  denied: "⊘",
  pending: "⏸",
  unfinished: "⊘",
} as const;

/** A tool call in one line. */
export function toolLine({ title, status, durationMs }: ToolBlock, locale: Locale): string {
  const state = status === "done" || status === "running" ? undefined : texts[locale].toolStates[status];
  const time = durationMs === undefined ? undefined : timeText(durationMs);
  return [`${toolMarks[status]} ${title}`, state, time].filter((word) => word !== undefined).join(" · ");
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

/** The title of one of several runs, with what has become of it. */
export function laneTitle({ title, state, durationMs }: LaneBlock, locale: Locale): string {
  return [title, laneState(state, locale), durationMs === undefined ? undefined : timeText(durationMs)]
    .filter((word) => word !== undefined)
    .join(" · ");
}

function laneState(state: LaneBlock["state"], locale: Locale): string {
  if (state === "waiting") return texts[locale].laneWaiting;
  if (state === "running") return texts[locale].laneRunning;
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
  return [
    model,
    hasTokens ? words.tokens({ input: count(inputTokens), output: count(outputTokens) }) : undefined,
    firstTokenMs === undefined ? undefined : words.firstToken(timeText(firstTokenMs)),
    totalMs === undefined ? undefined : timeText(totalMs),
  ]
    .filter((word) => word !== undefined)
    .join(" · ");
}

/** What a button says. */
export function buttonText(
  button: CardButton | { readonly action: "approve" | "deny" },
  locale: Locale,
): string {
  const { buttons } = texts[locale];
  return button.action === "feedback" ? buttons[button.rating] : buttons[button.action];
}
