import type { Story, StoryChapter } from "../story.ts";
import type { StoryCard } from "../story-card.ts";

const thought =
  "用户问的是天空颜色的原因，需要讲清楚散射与波长的关系。\n\n先查一下瑞利散射的资料，再用公式核对蓝光与红光的强度之比，最后用一张表说明。";

const answer = `阳光穿过大气层时，会不断碰到氮气和氧气分子，发生**瑞利散射**：散射的强度与波长的四次方成反比。

| 颜色 | 波长 | 相对强度 |
| :-- | --: | --: |
| 红 | 700 nm | 1 |
| 绿 | 530 nm | 约 3 |
| 蓝 | 450 nm | 约 6 |

蓝光因此布满整个天空；人眼对蓝色又比对紫色更敏感，所以看到的是**蓝天**。`;

const sources = [
  { title: "瑞利散射 - 物理百科", url: "https://physics.example.com/rayleigh" },
  { title: "大气光学导论", url: "https://optics.example.com/atmosphere" },
];

const options: Story["options"] = {
  header: { title: "为什么天空是蓝色的？", showStatus: true },
  tools: { titles: { search: "查找资料", calculate: "计算" } },
  footer: true,
  actions: true,
};

function searches(card: StoryCard): StoryCard {
  return card
    .canStop()
    .pass(400)
    .thinks(thought, 3_200)
    .calls("search", {
      input: { query: "瑞利散射", limit: 3 },
      output: { hits: ["rayleigh.md", "sky-color.md"] },
      tookMs: 830,
    });
}

/** One run, from its first moment to its last. */
export const answerChapter: StoryChapter = {
  name: "一次回答的全过程",
  stories: () => [
    { options, tell: (card) => card.canStop() },
    { options, tell: (card) => card.canStop().pass(400).thinks(thought) },
    {
      options,
      tell: (card) => searches(card).calls("calculate", { input: "(700 / 450) ^ 4", way: "running" }),
    },
    {
      options,
      tell: (card) =>
        searches(card)
          .calls("calculate", { input: "(700 / 450) ^ 4", output: "5.86", tookMs: 12 })
          .push(answer.slice(0, 38)),
    },
    {
      options,
      tell: (card) =>
        searches(card)
          .calls("calculate", { input: "(700 / 450) ^ 4", output: "5.86", tookMs: 12 })
          .push(answer)
          .pass(1_700)
          .cites(...sources)
          .ends(),
    },
  ],
};
