import { ReaderStopError } from "@streamcard/feishu";
import type { Story, StoryChapter } from "../story.ts";

const header = {
  title: "每日数据核对",
  subtitle: "由计划任务触发",
  tags: [{ text: "生产环境", color: "neutral" }],
  showStatus: true,
} as const;

/** A header that says how the run ended. */
export const headerChapter: StoryChapter = {
  name: "标题与运行结果",
  stories: ({ person }): readonly Story[] => [
    { options: { header }, tell: (card) => card.push("正在核对 12 张表…") },
    { options: { header }, tell: (card) => card.push("12 张表全部一致。").ends() },
    {
      options: { header },
      tell: (card) => card.push("核对了 4 张表。").stops(new ReaderStopError({ stoppedBy: person })),
    },
    { options: { header }, tell: (card) => card.push("核对了 4 张表。").fails({ statusCode: 503 }) },
    { options: { header }, tell: (card) => card.push("第 5 张表需要人工确认。").ends("waiting") },
    {
      options: { header: { ...header, color: "blue", showStatus: false } },
      tell: (card) => card.push("12 张表全部一致。").ends(),
    },
  ],
};
