import type { Layout } from "@streamcard/core";
import type { StoryChapter } from "../story.ts";

/** The status above the answer, and a button of one's own below it. */
const statusFirst: Layout = (blocks, { isFinal }) => [
  ...blocks.filter(({ type }) => type === "status"),
  ...blocks.filter(({ type }) => type !== "status"),
  ...(isFinal
    ? [
        { type: "element", id: "rule", element: { tag: "hr" } } as const,
        {
          type: "element",
          id: "ticket",
          element: {
            tag: "button",
            type: "primary",
            size: "small",
            text: { tag: "plain_text", content: "创建工单" },
            behaviors: [{ type: "open_url", default_url: "https://example.com/tickets/new" }],
          },
        } as const,
      ]
    : []),
];

/** A layout of the user's own, and a card that is sent once. */
export const layoutChapter: StoryChapter = {
  name: "自定义布局",
  stories: () => [
    {
      options: { layout: statusFirst, header: "打印机无法连接" },
      tell: (card) => card.push("请先重启打印机，再检查它与电脑是否在**同一个网络**。").ends(),
    },
    {
      options: { streaming: false, footer: { model: true }, header: "一次发送的卡片" },
      tell: (card) => card.push("这张卡片没有流式输出：运行结束之后才发送。").ends(),
    },
  ],
};
