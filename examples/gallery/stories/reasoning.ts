import type { StoryChapter } from "../story.ts";

const thought =
  "先确认问题：要比较两种缓存方案。\n\n- 方案一读得快，但会有旧数据\n- 方案二总是新的，每次多一次往返\n\n读远多于写，所以选方案一，并给每个键加上过期时间。";
const answer = "建议使用**方案一**：读远多于写，偶尔的旧数据可以接受，再给每个键加上 60 秒的过期时间。";

/** Reasoning before the answer. */
export const reasoningChapter: StoryChapter = {
  name: "思考过程",
  stories: () => [
    { tell: (card) => card.thinks(thought) },
    { tell: (card) => card.thinks(thought, 6_800).push(answer) },
    { tell: (card) => card.thinks(thought, 6_800).push(answer).ends() },
    {
      options: { reasoning: "show" },
      tell: (card) => card.thinks(thought, 6_800).push(answer).ends(),
    },
    {
      options: { reasoning: "hide" },
      tell: (card) => card.thinks(thought, 6_800).push(answer).ends(),
    },
    {
      tell: (card) =>
        card
          .thinks(thought, 42_000)
          .calls("read_file", { input: { path: "cache.ts" }, output: "export const ttl = 60;" })
          .push({ type: "start-step" })
          .thinks("文件里已经有过期时间，只要改成可以配置的。", 185_000)
          .push(answer)
          .ends(),
    },
    { tell: (card) => card.thinks(`${thought}\n\n`.repeat(30), 9_000).push(answer).ends() },
  ],
};
