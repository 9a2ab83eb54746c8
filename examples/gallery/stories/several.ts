import type { StoryChapter } from "../story.ts";

const first =
  "短波长的光更容易被空气分子散射，散射强度与**波长的四次方成反比**。\n\n蓝光的散射约为红光的 6 倍，于是天空呈蓝色。";
const second =
  "因为**瑞利散射**。\n\n1. 阳光里有各种颜色\n2. 空气分子把蓝光散向四面八方\n3. 眼睛从各个方向收到的都是蓝光";

/** Several runs on one card. */
export const severalChapter: StoryChapter = {
  name: "多个模型，多个智能体",
  stories: () => [
    {
      options: { header: "为什么天空是蓝色的？" },
      tell: (card) => {
        const [gpt, claude] = [
          card.lane("gpt-5", { layout: "column" }),
          card.lane("claude", { layout: "column" }),
        ];
        gpt.push(first).pass(1_800).closes();
        gpt.lane.finish();
        claude.push(second.slice(0, 40));
      },
    },
    {
      options: { header: { title: "为什么天空是蓝色的？", showStatus: true }, footer: true },
      tell: (card) => {
        const [gpt, claude] = [
          card.lane("gpt-5", { layout: "column" }),
          card.lane("claude", { layout: "column" }),
        ];
        card.pass(400);
        gpt.push(first).pass(1_800).closes();
        gpt.lane.finish();
        claude.thinks("三步讲清楚即可。", 600).push(second).closes();
        claude.lane.finish();
        card.ends();
      },
    },
    {
      options: { header: "三个智能体同时工作" },
      tell: (card) => {
        const lanes = ["检索", "分析", "写作"].map((name) => card.lane(name));
        const [finds, weighs, writes] = lanes;
        finds
          ?.calls("search", { input: "季度销售", output: { rows: 412 } })
          .push("找到 412 条记录，都在三季度。")
          .pass(3_400);
        finds?.lane.finish();
        weighs
          ?.thinks("按地区分组之后再比较同比。", 1_200)
          .calls("run_sql", { input: "SELECT region, sum(amount)", way: "running" });
        writes?.push("## 三季度销售简报\n\n华东增长");
      },
    },
    {
      options: { header: "三个智能体同时工作", footer: { totalTime: true }, actions: true },
      tell: (card) => {
        const [finds, weighs, writes] = ["检索", "分析", "写作"].map((name) => card.lane(name));
        finds
          ?.calls("search", { input: "季度销售", output: { rows: 412 } })
          .push("找到 412 条记录，都在三季度。")
          .pass(3_400);
        finds?.lane.finish();
        weighs?.calls("run_sql", { input: "SELECT", output: new Error("timeout"), way: "failed" });
        weighs?.lane.fail({ statusCode: 503 });
        writes?.push("华东增长 **12 %**，其余地区持平。").pass(2_000);
        writes?.lane.finish();
        card.ends();
      },
    },
  ],
};
