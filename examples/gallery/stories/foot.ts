import type { StoryChapter } from "../story.ts";

const answer = "本周共运行 1,284 次，成功率 98.6 %，平均用时 6.2 秒。";

const report = { title: "运行周报（第 47 周）", url: "https://example.com/report/47" };
const many = Array.from({ length: 26 }, (_, index) => ({
  title: `第 ${index + 1} 份资料：${index % 3 === 0 ? "一个比较长的标题，说明它讲的是哪一部分内容" : "年度报告"}`,
  url: `https://example.com/documents/${index + 1}`,
}));

/** Parts after the answer: sources, footer, buttons. */
export const footChapter: StoryChapter = {
  name: "来源、页脚与按钮",
  stories: () => [
    { options: { actions: true }, tell: (card) => card.canStop().push(answer) },
    { options: { actions: true }, tell: (card) => card.canStop().push(answer).ends() },
    {
      options: { actions: { regenerate: true } },
      tell: (card) => card.push(answer).fails({ statusCode: 429 }),
    },
    { options: { footer: true }, tell: (card) => card.pass(400).push(answer).pass(5_800).ends() },
    {
      options: { footer: { model: "我们的模型", totalTime: true } },
      tell: (card) => card.pass(400).push(answer).pass(125_000).ends(),
    },
    { tell: (card) => card.push(answer).cites(report).ends() },
    {
      options: { footer: true, actions: true },
      tell: (card) =>
        card
          .pass(400)
          .push(answer)
          .pass(5_800)
          .cites(...many)
          .ends(),
    },
    {
      options: { notify: true },
      tell: (card) => card.push(answer).pass(60_000).ends(),
    },
  ],
};
