import { AIMessage } from "@langchain/core/messages";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { END, interrupt, MemorySaver, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";

/** A node whose model says one thing. In place of the fake, any chat model. */
const says = (text: string) => async () => ({
  messages: [await new FakeListChatModel({ responses: [text], sleep: 20 }).invoke("?")],
});

/** Writes a notice, asks whether it may be sent out, and does or does not. */
export const graph = new StateGraph(MessagesAnnotation)
  .addNode("draft", says("通知草稿：**周五 18:00 停机维护**，预计两小时。"))
  .addNode("approve", () => {
    const isApproved: boolean = interrupt("发出这份通知？");
    return { messages: [new AIMessage(isApproved ? "审批通过。" : "审批未通过，通知没有发出。")] };
  })
  .addNode("send", says("通知已经发给 128 人。"))
  .addEdge(START, "draft")
  .addEdge("draft", "approve")
  .addConditionalEdges("approve", ({ messages }) => (messages.at(-1)?.text === "审批通过。" ? "send" : END))
  .addEdge("send", END)
  .compile({ checkpointer: new MemorySaver() });
