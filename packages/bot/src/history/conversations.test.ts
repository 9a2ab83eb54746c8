import { ManualClock } from "@streamcard/core/testing";
import { describe, expect, it } from "vitest";
import { testResult } from "../testing/test-bot.ts";
import { type ConversationMessage, memoryConversationStore } from "./conversation-store.ts";
import { Conversations, type Question } from "./conversations.ts";

const clock = new ManualClock();
const first: Question = { id: "m1", conversationId: "c1", text: "One?", resources: [] };
const second: Question = { ...first, id: "m2", text: "Two?" };
const user = (content: string): ConversationMessage => ({ role: "user", content });
const assistant = (content: string): ConversationMessage => ({ role: "assistant", content });

function answered(conversations: Conversations, question: Question, text: string) {
  return conversations.addAnswer(question, { result: testResult({ text }), source: text, clock });
}

describe("given questions and their answers", () => {
  it("tells the history up to a question", async () => {
    const conversations = new Conversations();
    await conversations.begin(first);
    await answered(conversations, first, "1");
    await conversations.begin(second);
    expect(await conversations.history(second)).toEqual([user("One?"), assistant("1"), user("Two?")]);
    expect(await conversations.history(first)).toEqual([user("One?"), assistant("1")]);
  });

  it("forgets the answer to a question that is asked again, and keeps what came after it", async () => {
    const conversations = new Conversations();
    await conversations.begin(first);
    await answered(conversations, first, "1");
    await conversations.begin(second);
    await answered(conversations, second, "2");
    await conversations.begin(first);
    await answered(conversations, first, "one");
    expect(await conversations.history(second)).toEqual([
      user("One?"),
      assistant("one"),
      user("Two?"),
      assistant("2"),
    ]);
  });

  it("tells a question that is stored nowhere, and names images and files", async () => {
    const question = {
      ...first,
      resources: [
        { type: "image", key: "k1" },
        { type: "file", key: "k2", name: "plan.pdf" },
      ],
    };
    expect(await new Conversations().history(question)).toEqual([
      user("One?\n[image: k1]\n[file: plan.pdf]"),
    ]);
    expect(await new Conversations().history({ ...question, text: "" })).toEqual([
      user("[image: k1]\n[file: plan.pdf]"),
    ]);
  });

  it("keeps conversations apart", async () => {
    const conversations = new Conversations();
    await conversations.begin(first);
    expect(await conversations.history({ ...second, conversationId: "c2" })).toEqual([user("Two?")]);
  });
});

describe("given a run that asked for approvals", () => {
  const call = (id: string) => ({ type: "tool-call", toolCallId: `call-${id}`, toolName: "pay", input: {} });
  const request = (id: string) => ({
    type: "tool-approval-request",
    approvalId: id,
    toolCallId: `call-${id}`,
  });

  async function asked(...ids: readonly string[]) {
    const store = memoryConversationStore();
    const conversations = new Conversations(store);
    const content = ids.flatMap((id) => [call(id), request(id)]);
    await conversations.begin(first);
    const source = { responseMessages: [{ role: "assistant", content }] };
    await conversations.addAnswer(first, { result: testResult(), source, clock });
    return conversations;
  }

  it("goes on once every one is decided, with all decisions", async () => {
    const conversations = await asked("a", "b");
    expect(await conversations.decide(first, { approvalId: "a", isApproved: true })).toBeUndefined();
    expect(await conversations.decide(first, { approvalId: "b", isApproved: false })).toEqual([
      { approvalId: "a", isApproved: true },
      { approvalId: "b", isApproved: false },
    ]);
    expect((await conversations.history(first)).slice(-2)).toEqual([
      { role: "tool", content: [{ type: "tool-approval-response", approvalId: "a", approved: true }] },
      { role: "tool", content: [{ type: "tool-approval-response", approvalId: "b", approved: false }] },
    ]);
  });

  it("goes on with one decision on a request that is in no message", async () => {
    const conversations = await asked("a");
    const decision = { approvalId: "elsewhere", isApproved: true };
    expect(await conversations.decide(first, decision)).toEqual([decision]);
  });

  it("leaves calls without a result out of the history of a later question", async () => {
    const conversations = await asked("a");
    await conversations.begin(second);
    expect(await conversations.history(second)).toEqual([user("One?"), user("Two?")]);
  });
});
