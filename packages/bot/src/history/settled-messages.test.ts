import { describe, expect, it } from "vitest";
import type { ConversationMessage } from "./conversation-store.ts";
import { settledMessages } from "./settled-messages.ts";

const question: ConversationMessage = { role: "user", content: "北京天气怎么样？" };
const text = { type: "text", text: "让我查一下。" };
const call = (toolCallId: string) => ({ type: "tool-call", toolCallId, toolName: "weather", input: {} });
const request = (id: string) => ({ type: "tool-approval-request", approvalId: `ask-${id}`, toolCallId: id });
const result = (toolCallId: string) => ({ type: "tool-result", toolCallId, output: { type: "text" } });
const response = (id: string) => ({
  type: "tool-approval-response",
  approvalId: `ask-${id}`,
  approved: true,
});

describe("given a turn of a conversation, for the turns after it", () => {
  it("leaves out the calls that nobody decided on, with their requests", () => {
    const turn: ConversationMessage[] = [
      question,
      { role: "assistant", content: [text, call("1"), request("1")] },
    ];
    expect(settledMessages(turn)).toEqual([question, { role: "assistant", content: [text] }]);
  });

  it("leaves out what was decided and never carried out, and messages that are empty then", () => {
    const turn: ConversationMessage[] = [
      question,
      { role: "assistant", content: [call("1"), request("1")] },
      { role: "tool", content: [response("1")] },
    ];
    expect(settledMessages(turn)).toEqual([question]);
  });

  it("keeps the calls that have a result, also beside others", () => {
    const turn: ConversationMessage[] = [
      { role: "assistant", content: [call("1"), request("1"), call("2"), request("2")] },
      { role: "tool", content: [response("1"), response("2"), result("1")] },
    ];
    expect(settledMessages(turn)).toEqual([
      { role: "assistant", content: [call("1"), request("1")] },
      { role: "tool", content: [response("1"), result("1")] },
    ]);
  });

  it("keeps a turn without calls as it is", () => {
    const turn: ConversationMessage[] = [question, { role: "assistant", content: "是晴天。" }];
    expect(settledMessages(turn)).toEqual(turn);
  });
});
