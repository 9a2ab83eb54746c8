import type { BotWords } from "./bot-words.ts";

export const jaJP: BotWords = {
  toasts: {
    stopped: "停止しました",
    "already-stopped": "すでに停止しています",
    "already-ended": "この回答はすでに終わっています",
    "unknown-run": "このカードは期限切れです。もう一度質問してください",
    "not-yours": "質問した人だけが操作できます",
    "still-running": "まだ回答中です。先に停止してください",
    regenerating: "もう一度回答します",
    "already-regenerated": "すでに回答し直しました。新しいカードをご覧ください",
    thanks: "フィードバックありがとうございます",
    "already-thanked": "フィードバックはすでに届いています",
    approved: "承認しました",
    denied: "拒否しました",
    "already-decided": "すでに処理されています",
    "not-available": "この操作はここではできません",
    failed: "エラーが発生しました。後でもう一度お試しください",
  },
  marks: { superseded: "新しいカードで回答し直しました", approved: "承認済み", denied: "拒否済み" },
};
