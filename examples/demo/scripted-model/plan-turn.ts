import { planBooking } from "./plan-booking.ts";
import type { Situation } from "./read-prompt.ts";
import type { Turn } from "./scripted-model.ts";
import { introduction, writeAnswer } from "./write-answer.ts";

const cities: readonly { readonly pattern: RegExp; readonly timeZone: string }[] = [
  { pattern: /北京|上海|中国|深圳|beijing|shanghai|china/i, timeZone: "Asia/Shanghai" },
  { pattern: /东京|日本|tokyo|japan/i, timeZone: "Asia/Tokyo" },
  { pattern: /新加坡|singapore/i, timeZone: "Asia/Singapore" },
  { pattern: /伦敦|英国|london/i, timeZone: "Europe/London" },
  { pattern: /柏林|德国|berlin/i, timeZone: "Europe/Berlin" },
  { pattern: /纽约|new york/i, timeZone: "America/New_York" },
  { pattern: /旧金山|硅谷|san francisco|california/i, timeZone: "America/Los_Angeles" },
];

/**
 * Decides the next step as a model would, by the question and the tools' outputs so far: look things up first, then
 * answer.
 */
export function planTurn(situation: Situation): Turn {
  const { language, results } = situation;
  const isChinese = language === "zh";
  const booking = planBooking(situation);
  if (booking !== undefined) return booking;
  if (isGreeting(situation)) return { thought: "", text: introduction(isChinese), calls: [] };
  if (results.size === 0) {
    const calls = wantedTools(situation);
    const names = calls.map(({ toolName }) => toolName).join(isChinese ? "、" : ", ");
    return isChinese
      ? { thought: `用户的问题需要先查证，我用 ${names}。`, text: opening(calls, isChinese), calls }
      : {
          thought: `This needs checking first. I will use ${names}.`,
          text: opening(calls, isChinese),
          calls,
        };
  }
  const [path] = hitsOf(results).map((hit) => hit.path);
  if (path !== undefined && !results.has("readDoc")) {
    const thought = isChinese ? `最相关的是 ${path}，读一下原文。` : `${path} fits best, so I will read it.`;
    return { thought, text: "", calls: [{ toolName: "readDoc", input: { path } }] };
  }
  const thought = isChinese ? "资料齐了，可以回答。" : "That is all I need.";
  return { thought, text: writeAnswer(situation), calls: [] };
}

export function hitsOf(results: Situation["results"]): { path: string; title: string; score: number }[] {
  return (results.get("searchDocs") ?? []).flatMap(
    (result) => (result as { hits?: never[] } | undefined)?.hits ?? [],
  );
}

function isGreeting({ question }: Situation): boolean {
  return /^\s*(你好|您好|嗨|哈喽|hi|hello|hey)[\s,，!！.。?？~～]*$/i.test(question);
}

function wantedTools({ question }: Situation): Turn["calls"] {
  const calls: Turn["calls"][number][] = [];
  if (/几点|时间|日期|今天|星期|what time|the time|date today|what day|clock/i.test(question)) {
    const zones = cities.filter(({ pattern }) => pattern.test(question)).map(({ timeZone }) => timeZone);
    calls.push({ toolName: "clock", input: { timeZones: zones.length > 0 ? zones : ["Asia/Shanghai"] } });
  }
  const expression = expressionIn(question);
  if (expression !== undefined) calls.push({ toolName: "calculator", input: { expression } });
  return calls.length > 0 ? calls : [{ toolName: "searchDocs", input: { query: question } }];
}

/** Finds the longest arithmetic expression of a text. */
function expressionIn(text: string): string | undefined {
  const plain = text.replaceAll("×", "*").replaceAll("÷", "/").replaceAll("（", "(").replaceAll("）", ")");
  const found = [...plain.matchAll(/[-\d(][\d\s.+\-*/^()]*[\d)]/g)].map(([match]) => match.trim());
  return found
    .filter((match) => /\d\s*[+\-*/^]\s*[-(\d]/.test(match))
    .sort((one, other) => other.length - one.length)[0];
}

function opening(calls: Turn["calls"], isChinese: boolean): string {
  const isSearch = calls.some(({ toolName }) => toolName === "searchDocs");
  if (isChinese) return isSearch ? "我先查一下资料。" : "稍等，我算一下。";
  return isSearch ? "Let me look that up." : "One moment.";
}
