import type { CardStatus, FailureCause } from "../contract/card-block.ts";
import type { RunReason } from "../contract/run-end.ts";

export const locales = ["zh-CN", "en-US", "ja-JP"] as const;
export type Locale = (typeof locales)[number];

const MAX_TOOL_NAME = 40;

type EndText = RunReason | "finished" | "empty";

interface StatusTexts {
  readonly thinking: string;
  readonly tool: (name: string) => string;
  readonly continued: string;
  readonly stoppedBy: (person: string) => string;
  readonly ends: Readonly<Record<EndText, string>>;
  readonly failed: (cause: string) => string;
  readonly causes: Readonly<Record<FailureCause, string>>;
}

const texts: Readonly<Record<Locale, StatusTexts>> = {
  "zh-CN": {
    thinking: "思考中…",
    tool: (name) => `正在使用 ${name}…`,
    continued: "未完，见下一张卡片",
    stoppedBy: (person) => `已由 ${person} 停止`,
    ends: {
      finished: "已完成",
      empty: "已完成，没有内容",
      reader: "已由用户停止",
      aborted: "已停止",
      timeout: "已超时，内容可能不完整",
      error: "出错了，内容可能不完整",
      length: "已达到长度上限，内容不完整",
      "content-filter": "内容被安全策略截断",
      "step-limit": "已达到步数上限",
      waiting: "等待处理",
    },
    failed: (cause) => `出错了：${cause}`,
    causes: {
      busy: "模型服务繁忙，请稍后再试",
      unavailable: "模型服务暂时不可用",
      unreachable: "无法连接到模型服务",
      "not-authorized": "没有访问模型服务的权限",
      "too-long": "内容超出了模型的长度限制",
    },
  },
  "en-US": {
    thinking: "Thinking…",
    tool: (name) => `Using ${name}…`,
    continued: "Continued on the next card",
    stoppedBy: (person) => `Stopped by ${person}`,
    ends: {
      finished: "Finished",
      empty: "Finished without an answer",
      reader: "Stopped by the reader",
      aborted: "Stopped",
      timeout: "Timed out; the answer may be incomplete",
      error: "Something went wrong; the answer may be incomplete",
      length: "Cut at the length limit",
      "content-filter": "Cut by a content filter",
      "step-limit": "Stopped at the step limit",
      waiting: "Waiting for you",
    },
    failed: (cause) => `Something went wrong: ${cause}`,
    causes: {
      busy: "the model is busy, try again later",
      unavailable: "the model is unavailable at the moment",
      unreachable: "the model could not be reached",
      "not-authorized": "access to the model was denied",
      "too-long": "this is more than the model can take in",
    },
  },
  "ja-JP": {
    thinking: "考え中…",
    tool: (name) => `${name} を使用中…`,
    continued: "次のカードに続きます",
    stoppedBy: (person) => `${person} が停止しました`,
    ends: {
      finished: "完了",
      empty: "完了（回答なし）",
      reader: "閲覧者が停止しました",
      aborted: "停止しました",
      timeout: "タイムアウトしました。回答は不完全かもしれません",
      error: "エラーが発生しました。回答は不完全かもしれません",
      length: "長さの上限に達しました",
      "content-filter": "コンテンツフィルターにより中断されました",
      "step-limit": "ステップ数の上限に達しました",
      waiting: "応答待ち",
    },
    failed: (cause) => `エラーが発生しました：${cause}`,
    causes: {
      busy: "モデルが混み合っています。しばらくしてからお試しください",
      unavailable: "モデルを一時的に利用できません",
      unreachable: "モデルに接続できませんでした",
      "not-authorized": "モデルへのアクセスが拒否されました",
      "too-long": "モデルが扱える長さを超えています",
    },
  },
};

/**
 * The words for a status. Never the text of an error, which may hold what a reader must not see.
 *
 * @param stoppedBy How the platform shows the person who pressed Stop, where it is known.
 */
export function statusText(status: CardStatus, locale: Locale, stoppedBy?: string): string {
  const words = texts[locale];
  switch (status.phase) {
    case "thinking":
      return words.thinking;
    case "tool":
      return words.tool(status.toolName.slice(0, MAX_TOOL_NAME));
    case "continued":
      return words.continued;
    case "ended":
      if (stoppedBy !== undefined && status.end.reason === "reader") return words.stoppedBy(stoppedBy);
      return endWords(status, words);
  }
}

function endWords(status: Extract<CardStatus, { phase: "ended" }>, words: StatusTexts): string {
  const { cause } = status;
  if (cause === undefined) return words.ends[endText(status)];
  return words.failed(typeof cause === "string" ? words.causes[cause] : cause.text);
}

function endText({ end, hasText }: Extract<CardStatus, { phase: "ended" }>): EndText {
  if (end.reason !== undefined) return end.reason;
  if (end.status === "finished") return hasText ? "finished" : "empty";
  return end.status === "failed" ? "error" : "aborted";
}
