import type { Row, Section } from "./section.ts";
import { markdownTable } from "./table.ts";

type Language = "en" | "zh";

/** Rows of the READMEs' table, by the ids of the results. */
const summary: readonly (readonly [id: string, names: Record<Language, string>])[] = [
  ["exact", { en: "answers shown exactly", zh: "回答逐字一致" }],
  ["exact exempt", { en: "… where streaming cards have no rate limit", zh: "……流式卡片不限频时" }],
  ["exact fault", { en: "… with one fault", zh: "……发生一次故障时" }],
  ["finalized fault", { en: "cards finalized, with one fault", zh: "发生一次故障时卡片正常收尾" }],
  ["first 60/80", { en: "first text, over the round trip", zh: "首段文字延迟 ÷ 往返时延" }],
  ["applied 60/80", { en: "applied lag, over a clairvoyant schedule", zh: "写入滞后 ÷ 预知未来的最优调度" }],
  ["shown 60/80", { en: "on-screen lag, mean", zh: "上屏滞后，平均" }],
  ["shown-p95 60/80", { en: "on-screen lag, 95th percentile", zh: "上屏滞后，95 分位" }],
  ["jump 60/80", { en: "largest jump, characters", zh: "单次上屏最多字数" }],
  ["jump 200/80", { en: "… at 200 tokens/s", zh: "……200 token/s 时" }],
  ["bytes mixed", { en: "28 KB answer: bytes over answer bytes", zh: "28 KB 回答：发送字节 ÷ 回答字节" }],
  [
    "bytes block",
    { en: "28 KB code block: bytes over answer bytes", zh: "28 KB 单个代码块：发送字节 ÷ 回答字节" },
  ],
  ["calls mixed", { en: "28 KB answer: calls", zh: "28 KB 回答：调用次数" }],
  ["refused mixed", { en: "28 KB answer: refused calls", zh: "28 KB 回答：被拒绝的调用" }],
  ["cpu 1 KB", { en: "CPU per token at 1 KB, over a bare loop", zh: "1 KB 时每 token 的 CPU，与空循环之比" }],
  ["cpu 1 MB", { en: "CPU per token at 1 MB, over a bare loop", zh: "1 MB 时每 token 的 CPU，与空循环之比" }],
  ["heap 40", { en: "heap per open card, budget 20 KB", zh: "每张打开的卡片占用的堆内存，预算 20 KB" }],
  ["heap 400", { en: "… with 400 cards open", zh: "……同时打开 400 张时" }],
  ["import client", { en: "import time, HTTP client included", zh: "加载时间（含 HTTP 客户端）" }],
  ["size", { en: "installed size", zh: "安装体积" }],
];

const candidates: Record<Language, readonly string[]> = {
  en: ["streamcard", "official SDK", "250 ms debounce", "write per token"],
  zh: ["streamcard", "官方 SDK", "250 ms 防抖", "每个 token 写一次"],
};

/** Writes the READMEs' table. @throws {Error} when a row is missing. */
export function summaryTable(sections: readonly Section[], language: Language): string {
  const rows = new Map<string, Row>(sections.flatMap((section) => section.rows.map((row) => [row.id, row])));
  const lines = summary.map(([id, names]) => {
    const row = rows.get(id);
    if (row === undefined) throw new Error(`The results have no row "${id}".`);
    return [names[language], ...row.cells];
  });
  return markdownTable(["", ...candidates[language]], lines);
}
