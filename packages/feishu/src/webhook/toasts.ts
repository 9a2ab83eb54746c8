import { InvalidOptionError, type Locale } from "@streamcard/core";
import { locales } from "@streamcard/core/driver";

/** A short notice to the person who clicked, in each language that the platform is to choose from. */
export interface Toast {
  readonly type: "info" | "success" | "warning" | "error";
  readonly content: string;
  readonly i18n?: Readonly<Record<string, string>>;
}

/** The body that answers a click. @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication */
export interface CardActionResponse {
  readonly toast?: Toast;
  /** Takes the card's place, which must not be streaming. */
  readonly card?: { readonly type: "raw" | "template"; readonly data: object };
}

type ToastName =
  | "stopped"
  | "already-stopped"
  | "already-ended"
  | "unknown-run"
  | "not-yours"
  | "still-running"
  | "regenerating"
  | "already-regenerated"
  | "thanks"
  | "already-thanked"
  | "approved"
  | "denied"
  | "already-decided"
  | "not-available"
  | "failed";

type Words = readonly [type: Toast["type"], zh: string, en: string, ja: string];

const toasts: Readonly<Record<ToastName, Words>> = {
  stopped: ["success", "已停止", "Stopped", "停止しました"],
  "already-stopped": ["info", "已经停止了", "It was stopped already", "すでに停止しています"],
  "already-ended": [
    "info",
    "这次回答已经结束了",
    "This answer is finished already",
    "この回答はすでに終わっています",
  ],
  "unknown-run": [
    "info",
    "这张卡片已经过期，请重新提问",
    "This card is too old. Please ask again",
    "このカードは期限切れです。もう一度質問してください",
  ],
  "not-yours": [
    "warning",
    "只有提问的人可以操作",
    "Only the person who asked can do this",
    "質問した人だけが操作できます",
  ],
  "still-running": [
    "info",
    "还在回答中，请先停止",
    "It is still answering. Stop it first",
    "まだ回答中です。先に停止してください",
  ],
  regenerating: ["success", "正在重新回答", "Answering again", "もう一度回答します"],
  "already-regenerated": [
    "info",
    "已经重新回答过了，请看新的卡片",
    "It was answered again already. See the new card",
    "すでに回答し直しました。新しいカードをご覧ください",
  ],
  thanks: ["success", "谢谢你的反馈", "Thank you for your feedback", "フィードバックありがとうございます"],
  "already-thanked": [
    "info",
    "已经收到你的反馈了",
    "We have your feedback already",
    "フィードバックはすでに届いています",
  ],
  approved: ["success", "已批准", "Approved", "承認しました"],
  denied: ["success", "已拒绝", "Denied", "拒否しました"],
  "already-decided": ["info", "已经处理过了", "This was decided already", "すでに処理されています"],
  "not-available": ["info", "暂不支持这个操作", "This is not available here", "この操作はここではできません"],
  failed: [
    "error",
    "出错了，请稍后再试",
    "Something went wrong. Please try again",
    "エラーが発生しました。後でもう一度お試しください",
  ],
};

/** The answer to a click that shows a toast. The reader's client chooses its language; `locale` is for those without. */
export function toastResponse(name: ToastName, locale: Locale): CardActionResponse {
  const [type, ...words] = toasts[name];
  const [zh_cn, en_us, ja_jp] = words;
  const content = words[locales.indexOf(locale)];
  if (content === undefined) {
    throw new InvalidOptionError(
      `locale must be one of ${locales.join(", ")}, received ${JSON.stringify(locale)}.`,
    );
  }
  return { toast: { type, content, i18n: { zh_cn, en_us, ja_jp } } };
}
