import type { BaseMessage } from "@langchain/core/messages";
import type { ConversationMessage } from "@streamcard/feishu/webhook";
import { describe, expect, it } from "vitest";
import { lines } from "./testing/lines.ts";
import { toLangChainMessages } from "./to-langchain-messages.ts";

const call = (toolCallId: string) => ({
  type: "tool-call" as const,
  toolCallId,
  toolName: "weather",
  input: { city: "北京" },
});
const result = (toolCallId: string, output: object) => ({
  type: "tool-result" as const,
  toolCallId,
  toolName: "weather",
  output,
});

describe.each(lines)("given a history and LangChain $version", ({ messages }) => {
  const coerced = (history: readonly ConversationMessage[]) =>
    toLangChainMessages(history).map((message) => {
      const read: BaseMessage & { tool_calls?: unknown; tool_call_id?: unknown } =
        messages.coerceMessageLikeToMessage(message);
      return {
        type: read.getType(),
        content: read.content,
        calls: read.tool_calls,
        answers: read.tool_call_id,
      };
    });

  it("gives questions and answers in their order", () => {
    const history: ConversationMessage[] = [
      { role: "user", content: "天空为什么是蓝色的？" },
      { role: "assistant", content: "因为瑞利散射。" },
      { role: "user", content: "再短一点" },
    ];
    expect(coerced(history)).toMatchObject([
      { type: "human", content: "天空为什么是蓝色的？" },
      { type: "ai", content: "因为瑞利散射。" },
      { type: "human", content: "再短一点" },
    ]);
  });

  it("gives the tools that were called, and what came of it", () => {
    const history: ConversationMessage[] = [
      {
        role: "assistant",
        content: [{ type: "reasoning", text: "想想" }, { type: "text", text: "查一下。" }, call("1")],
      },
      { role: "tool", content: [result("1", { type: "json", value: { sky: "晴" } })] },
      {
        role: "assistant",
        content: [
          { type: "text", text: "北京" },
          { type: "text", text: "是晴天。" },
        ],
      },
    ];
    expect(coerced(history)).toMatchObject([
      {
        type: "ai",
        content: "查一下。",
        calls: [{ id: "1", name: "weather", args: { city: "北京" }, type: "tool_call" }],
      },
      { type: "tool", content: '{"sky":"晴"}', answers: "1" },
      { type: "ai", content: "北京是晴天。", calls: [] },
    ]);
  });

  it.each([
    [{ type: "text", value: "晴" }, "晴"],
    [{ type: "execution-denied", reason: "用户拒绝了" }, "用户拒绝了"],
    [{ type: "execution-denied" }, "The tool call was denied."],
    [{ type: "content", value: [{ type: "text", text: "晴" }] }, '[{"type":"text","text":"晴"}]'],
  ])("gives the output %j as text", (output, expected) => {
    const history: ConversationMessage[] = [
      { role: "assistant", content: [call("1")] },
      { role: "tool", content: [result("1", output)] },
    ];
    expect(coerced(history)[1]).toMatchObject({ type: "tool", content: expected });
  });

  it("leaves out calls without a result, and messages that say nothing else", () => {
    const request = { type: "tool-approval-request", approvalId: "a", toolCallId: "1" };
    const history: ConversationMessage[] = [
      { role: "assistant", content: [{ type: "text", text: "可以吗？" }, call("1"), request] },
      { role: "assistant", content: [call("2")] },
      { role: "tool", content: [{ type: "tool-approval-response", approvalId: "a", approved: true }] },
    ];
    expect(coerced(history)).toMatchObject([{ type: "ai", content: "可以吗？", calls: [] }]);
  });

  it("puts the result of what a provider ran itself after its call", () => {
    const history: ConversationMessage[] = [
      { role: "assistant", content: [call("1"), result("1", { type: "text", value: "晴" })] },
    ];
    expect(coerced(history)).toMatchObject([
      { type: "ai", calls: [{ id: "1" }] },
      { type: "tool", answers: "1", content: "晴" },
    ]);
  });
});
