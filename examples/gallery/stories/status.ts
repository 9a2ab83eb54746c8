import { ReaderStopError } from "@streamcard/feishu";
import type { Story, StoryChapter } from "../story.ts";

const half = "上海今天多云转晴，最高气温 26 °C，";

function failure(error: unknown, options: Story["options"] = {}): Story {
  return { options, tell: (card) => card.push(half).fails(error) };
}

/** Status of a run: while it goes on, and after each kind of end. */
export const statusChapter: StoryChapter = {
  name: "状态",
  stories: ({ person }) => [
    { tell: () => {} },
    { options: { tools: "hide" }, tell: (card) => card.calls("查询天气", { way: "running" }) },
    { tell: (card) => card.push(`${half}适合出门。`).ends() },
    { tell: (card) => card.ends() },
    { tell: (card) => card.push(half).stops(new ReaderStopError({ stoppedBy: person })) },
    { tell: (card) => card.push(half).stops("reader") },
    { tell: (card) => card.push(half).stops() },
    { tell: (card) => card.push(half).stops("timeout") },
    failure(new Error("connect to 10.0.0.7 with key sk-…")),
    failure({ statusCode: 429 }),
    failure({ statusCode: 503 }),
    failure({ code: "ECONNREFUSED" }),
    failure({ statusCode: 401 }),
    failure({ code: "context_length_exceeded" }),
    failure(new Error("E42"), { failureText: () => "天气服务正在维护，预计 18:00 恢复" }),
    { tell: (card) => card.push(half).ends("length") },
    { tell: (card) => card.push(half).ends("content-filter") },
    { tell: (card) => card.push(half).ends("step-limit") },
    { tell: (card) => card.push("需要你确认之后才能继续。").ends("waiting") },
    {
      options: { limits: { bytes: 3_000 } },
      tell: (card) => card.push(`${half}适合出门。\n\n`.repeat(24)).ends(),
    },
  ],
};
