import { describe, expect, it } from "vitest";
import { parseCardEvents } from "./parse-card-event.ts";

describe("given a chunk that a card draws", () => {
  it.each([
    ["a string", "字", [{ type: "text-delta", id: "text", text: "字" }]],
    [
      "a text part",
      { type: "text-delta", id: "0", text: "a", providerMetadata: {} },
      [{ type: "text-delta", id: "0", text: "a" }],
    ],
    [
      "a text chunk of a UI stream",
      { type: "text-delta", id: "0", delta: "a" },
      [{ type: "text-delta", id: "0", text: "a" }],
    ],
    [
      "a delta of an object stream",
      { type: "text-delta", textDelta: "{" },
      [{ type: "text-delta", text: "{" }],
    ],
    [
      "reasoning",
      { type: "reasoning-delta", id: "r", text: "hm" },
      [{ type: "reasoning-delta", id: "r", text: "hm" }],
    ],
    [
      "a tool call",
      { type: "tool-call", toolCallId: "c", toolName: "clock", input: { zone: "UTC" } },
      [{ type: "tool-call", toolCallId: "c", toolName: "clock", input: { zone: "UTC" } }],
    ],
    [
      "a tool call of a UI stream",
      { type: "tool-input-available", toolCallId: "c", toolName: "clock", input: {} },
      [{ type: "tool-call", toolCallId: "c", toolName: "clock", input: {} }],
    ],
    [
      "an invalid tool call of a UI stream",
      { type: "tool-input-error", toolCallId: "c", toolName: "clock", input: 1, errorText: "no" },
      [
        { type: "tool-call", toolCallId: "c", toolName: "clock", input: 1 },
        { type: "tool-error", toolCallId: "c", toolName: "clock", error: "no" },
      ],
    ],
    [
      "a result of a UI stream, which has no name",
      { type: "tool-output-available", toolCallId: "c", output: 1, preliminary: true },
      [{ type: "tool-result", toolCallId: "c", output: 1, preliminary: true }],
    ],
    [
      "an approval request, as a part",
      { type: "tool-approval-request", approvalId: "a", toolCall: { toolCallId: "c", toolName: "pay" } },
      [{ type: "tool-approval-request", approvalId: "a", toolCall: { toolCallId: "c", toolName: "pay" } }],
    ],
    [
      "an approval request of a UI stream",
      { type: "tool-approval-request", approvalId: "a", toolCallId: "c" },
      [{ type: "tool-approval-request", approvalId: "a", toolCall: { toolCallId: "c" } }],
    ],
    ["an error of a UI stream", { type: "error", errorText: "boom" }, [{ type: "error", error: "boom" }]],
    ["an abort without a reason", { type: "abort" }, [{ type: "abort" }]],
    [
      "a finish with its usage",
      {
        type: "finish",
        finishReason: "stop",
        totalUsage: { inputTokens: 1, outputTokens: 2, totalTokens: undefined },
      },
      [{ type: "finish", finishReason: "stop", totalUsage: { inputTokens: 1, outputTokens: 2 } }],
    ],
    [
      "a source of a UI stream",
      { type: "source-url", sourceId: "s", url: "https://e.com" },
      [{ type: "source", sourceType: "url", id: "s", url: "https://e.com" }],
    ],
    [
      "a file of a UI stream",
      { type: "file", url: "data:image/png;base64,AA==", mediaType: "image/png" },
      [{ type: "file", file: { mediaType: "image/png", url: "data:image/png;base64,AA==" } }],
    ],
    [
      "the end of a step, with the model that took it",
      { type: "finish-step", finishReason: "stop", response: { id: "r", modelId: "qwen-max" } },
      [{ type: "finish-step", finishReason: "stop", response: { modelId: "qwen-max" } }],
    ],
    [
      "a result with its input, as a resumed run begins",
      { type: "tool-result", toolCallId: "c", toolName: "pay", input: { yuan: 5 }, output: "ok" },
      [{ type: "tool-result", toolCallId: "c", toolName: "pay", input: { yuan: 5 }, output: "ok" }],
    ],
    [
      "a denied call with its name",
      { type: "tool-output-denied", toolCallId: "c", toolName: "pay" },
      [{ type: "tool-output-denied", toolCallId: "c", toolName: "pay" }],
    ],
  ])("reads %s", (_name, chunk, events) => {
    expect(parseCardEvents(chunk)).toEqual(events);
  });
});

describe("given a chunk that no card draws", () => {
  it.each([
    [undefined],
    [null],
    [42],
    [{}],
    [[]],
    [{ type: 1 }],
    [{ type: "ping" }],
    [{ type: "raw", rawValue: {} }],
    [{ type: "data-weather", data: {} }],
    [{ type: "text-delta", text: 1 }],
    [{ type: "tool-call", toolName: "nameless" }],
    [{ type: "tool-approval-request", approvalId: "a", toolCall: null }],
    [{ type: "file" }],
    [{ type: "source" }],
  ])("ignores %j", (chunk) => {
    expect(parseCardEvents(chunk)).toBeUndefined();
  });
});
