import type { BotWords } from "./bot-words.ts";

export const zhCN: BotWords = {
  toasts: {
    stopped: "已停止",
    "already-stopped": "已经停止了",
    "already-ended": "这次回答已经结束了",
    "unknown-run": "这张卡片已经过期，请重新提问",
    "not-yours": "只有提问的人可以操作",
    "still-running": "还在回答中，请先停止",
    regenerating: "正在重新回答",
    "already-regenerated": "已经重新回答过了，请看新的卡片",
    thanks: "谢谢你的反馈",
    "already-thanked": "已经收到你的反馈了",
    approved: "已批准",
    denied: "已拒绝",
    "already-decided": "已经处理过了",
    "not-available": "暂不支持这个操作",
    failed: "出错了，请稍后再试",
  },
  marks: { superseded: "已重新回答，见新的卡片", approved: "已批准", denied: "已拒绝" },
};
