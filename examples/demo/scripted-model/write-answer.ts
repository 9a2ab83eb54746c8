import { hitsOf } from "./plan-turn.ts";
import type { Situation } from "./read-prompt.ts";

/** Writes the answer, in the language of the question, from the tools' outputs of this run. */
export function writeAnswer(situation: Situation): string {
  const { results, language } = situation;
  const isChinese = language === "zh";
  const parts = [
    ...(results.get("clock") ?? []).map((result) => clockPart(result, isChinese)),
    ...(results.get("calculator") ?? []).map((result) => calculatorPart(result, isChinese)),
    ...(results.get("readDoc") ?? []).map((result) => docPart(result, situation)),
  ].filter((part) => part !== "");
  if (parts.length > 0) return `${parts.join("\n")}\n`;
  return `${isChinese ? "没有找到相关的资料。" : "I found nothing on that."}\n\n${introduction(isChinese)}`;
}

/** Introduces the bot, with questions to try. */
export function introduction(isChinese: boolean): string {
  return isChinese
    ? "我是 streamcard 的演示机器人，可以试着问我：\n\n- **时间**：东京和纽约现在几点？\n- **算式**：(3+4)*12 等于多少？\n- **资料**：为什么天空是蓝色的？streamcard 怎么用？\n- **审批**：订一间 15:00 的会议室\n"
    : "I am the demo of streamcard. Try asking me for\n\n- the **time**: what time is it in Tokyo and New York?\n- **arithmetic**: what is (3+4)*12?\n- what the **documents** say: why is the sky blue? how do I use streamcard?\n- something that you **approve**: book a room for 15:00\n";
}

function clockPart(result: unknown, isChinese: boolean): string {
  const times =
    (result as { times?: Record<"timeZone" | "date" | "time" | "weekday", string>[] } | undefined)?.times ??
    [];
  const rows = times.map(
    ({ timeZone, date, time, weekday }) => `| ${timeZone} | ${date} | **${time}** | ${weekday} |`,
  );
  const [title, header] = isChinese
    ? ["### 现在的时间", "| 时区 | 日期 | 时间 | 星期 |"]
    : ["### The time now", "| Time zone | Date | Time | Day |"];
  return [title, "", header, "| --- | --- | --- | --- |", ...rows, ""].join("\n");
}

function calculatorPart(result: unknown, isChinese: boolean): string {
  const { expression, value } = (result ?? {}) as { expression?: string; value?: number };
  if (value === undefined) return isChinese ? "这个算式我算不出来。\n" : "I could not calculate that.\n";
  const [title, is, stop] = isChinese ? ["### 计算结果", "等于", "。"] : ["### The result", "is", "."];
  return [
    title,
    "",
    "```text",
    `${expression} = ${value}`,
    "```",
    "",
    `\`${expression}\` ${is} **${value}**${stop}`,
    "",
  ].join("\n");
}

function docPart(result: unknown, { results, language }: Situation): string {
  const { title, text, path } = (result ?? {}) as { title?: string; text?: string; path?: string };
  if (text === undefined) return "";
  const isChinese = language === "zh";
  const others = hitsOf(results).map((hit) => `| ${hit.title} | \`${hit.path}\` | ${hit.score} |`);
  const [sources, header] = isChinese
    ? ["### 来源", "| 文档 | 位置 | 相关度 |"]
    : ["### Sources", "| Document | Path | Score |"];
  const lead = isChinese ? `下面的内容来自 \`${path}\`。` : `This is from \`${path}\`.`;
  return [
    `### ${title}`,
    "",
    lead,
    "",
    bodyOf(text),
    "",
    sources,
    "",
    header,
    "| --- | --- | --- |",
    ...others,
    "",
  ].join("\n");
}

/** Takes a document without its title, cut after a paragraph if it is longer than 1,800 characters. */
function bodyOf(text: string): string {
  const body = text.replace(/^#\s+.*\n+/, "");
  if (body.length <= MAX_BODY) return body.trim();
  const end = body.lastIndexOf("\n\n", MAX_BODY);
  return `${body.slice(0, end > 0 ? end : MAX_BODY).trim()}\n\n…`;
}

const MAX_BODY = 1_800;
