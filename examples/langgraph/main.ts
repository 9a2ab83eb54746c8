import assert from "node:assert/strict";
import { AIMessage } from "@langchain/core/messages";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import {
  Command,
  END,
  interrupt,
  MemorySaver,
  MessagesAnnotation,
  START,
  StateGraph,
} from "@langchain/langgraph";
import { startFeishuEmulator } from "@streamcard/emulator";
import { createFeishu, FeishuCardHandler, pipeToCard } from "@streamcard/langchain";

// A Feishu on this machine. For the real one, leave the options of createFeishu() out and set FEISHU_APP_ID,
// FEISHU_APP_SECRET and FEISHU_TO.
const emulator = await startFeishuEmulator({ page: false });
const feishu = createFeishu({ ...emulator.credentials, domain: emulator.url });
const to = emulator.chats.group;

/** A node whose model says one thing. In place of the fake, any chat model. */
const says = (text: string) => async () => ({
  messages: [await new FakeListChatModel({ responses: [text], sleep: 20 }).invoke("?")],
});

// Two researchers at once, a draft, a person's approval, and the answer.
const graph = new StateGraph(MessagesAnnotation)
  .addNode("history", says("历史组：瑞利在一八七一年给出了解释。"))
  .addNode("physics", says("物理组：短波长的光散射更强。"))
  .addNode("draft", says("草稿：天空呈现蓝色，是因为瑞利散射。可以发布吗？"))
  .addNode("approve", () => ({ messages: [new AIMessage(`审批意见：${interrupt("发布吗？")}`)] }))
  .addNode("publish", says("已发布。"))
  .addEdge(START, "history")
  .addEdge(START, "physics")
  .addEdge("history", "draft")
  .addEdge("physics", "draft")
  .addEdge("draft", "approve")
  .addEdge("approve", "publish")
  .addEdge("publish", END)
  .compile({ checkpointer: new MemorySaver() });

const handler = new FeishuCardHandler({ feishu, to });
const config = { configurable: { thread_id: "sky" } };

// The graph pauses for the approval: its card is finalized, and says that it waits.
await graph.invoke({ messages: "为什么天空是蓝色的？" }, { ...config, ...handler.run() });
// The part after the approval is a run of its own, with a card of its own.
await graph.invoke(new Command({ resume: "同意" }), { ...config, ...handler.run() });
// The same without callbacks: a stream of the graph, piped into a card.
const stream = graph.stream(
  { messages: "再说一次？" },
  { streamMode: ["messages", "updates"], configurable: { thread_id: "again" } },
);
await pipeToCard(stream, feishu.card({ to }));

const cards = emulator.cards().map(({ elements, streaming, finalizations }) => ({
  texts: elements.filter(({ elementId }) => elementId?.startsWith("answer")).map(({ content }) => content),
  status: elements.at(-1)?.content,
  streaming,
  finalizations,
}));
console.log(cards);
const research = ["历史组：瑞利在一八七一年给出了解释。", "物理组：短波长的光散射更强。"];
const draft = "草稿：天空呈现蓝色，是因为瑞利散射。可以发布吗？";
const waiting = { texts: [...research, draft], status: "等待处理", streaming: false, finalizations: 1 };
assert.deepEqual(cards, [
  waiting,
  { texts: ["审批意见：同意", "已发布。"], status: "已完成", streaming: false, finalizations: 1 },
  waiting,
]);
console.log("All three cards are what they should be.");

await feishu.close();
await emulator.close();
