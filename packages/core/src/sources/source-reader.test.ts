import { describe, expect, it } from "vitest";
import type { CardEvent, CardInput } from "../contract/card-event.ts";
import { anthropicChunks, openAiChatChunks, openAiResponsesChunks } from "../testing/provider-chunks.ts";
import { SourceReader } from "./source-reader.ts";

function eventsOf(chunks: Iterable<unknown>): CardInput[] {
  const reader = new SourceReader();
  return [...[...chunks].flatMap((chunk) => reader.read(chunk)), ...reader.end()];
}

/** Events without their ids, which are each translator's own. */
function shape(events: readonly CardInput[]): unknown[] {
  return events.map((event) => {
    if (typeof event === "string") return event;
    const { id: _, ...rest } = event as CardEvent & { id?: string };
    return rest;
  });
}

const answer = [
  { type: "start-step" },
  { type: "reasoning-start" },
  { type: "reasoning-delta", text: "先想" },
  { type: "reasoning-delta", text: "一想" },
  { type: "reasoning-end" },
  { type: "text-start" },
  { type: "text-delta", text: "你好，" },
  { type: "text-delta", text: "世界。" },
  { type: "text-end" },
  { type: "tool-input-start", toolName: "weather" },
  { type: "tool-input-delta", delta: '{"city":' },
  { type: "tool-input-delta", delta: '"北京"}' },
  { type: "tool-input-end" },
  { type: "tool-call", toolCallId: "call_1", toolName: "weather", input: { city: "北京" } },
  {
    type: "finish-step",
    finishReason: "tool-calls",
    usage: { inputTokens: 3, outputTokens: 5, totalTokens: 8 },
    response: { modelId: "m" },
  },
  {
    type: "finish",
    finishReason: "tool-calls",
    totalUsage: { inputTokens: 3, outputTokens: 5, totalTokens: 8 },
  },
];

describe("given one answer in the chunks of a provider", () => {
  it.each([
    ["OpenAI's chat completions, with DeepSeek's reasoning", openAiChatChunks],
    ["OpenAI's responses", openAiResponsesChunks],
    ["Anthropic's messages", anthropicChunks],
  ])("tells the same events for %s", (_name, chunks) => {
    expect(shape(eventsOf(chunks))).toEqual(answer);
  });

  it.each([
    ["OpenAI's chat completions", openAiChatChunks],
    ["OpenAI's responses", openAiResponsesChunks],
    ["Anthropic's messages", anthropicChunks],
  ])("blames a connection that was cut, for %s", (_name, chunks) => {
    const events = eventsOf(chunks.slice(0, 5));
    expect(events.at(-1)).toMatchObject({
      type: "error",
      error: { code: "stream-cut-off", isRetryable: true },
    });
    expect(events.some((event) => typeof event === "object" && event.type === "tool-call")).toBe(false);
  });
});

describe("given what only some services send", () => {
  const delta = (fields: object, finish_reason: string | null = null, rest: object = {}) => ({
    ...rest,
    choices: [{ index: 0, delta: fields, finish_reason }],
  });
  const texts = (chunks: unknown[]) =>
    eventsOf(chunks).flatMap((event) =>
      typeof event === "object" && event.type === "text-delta" ? [(event as { text: string }).text] : [],
    );
  const calls = (chunks: unknown[]) =>
    eventsOf(chunks).filter((event) => typeof event === "object" && event.type === "tool-call");

  it("shows the first of several alternatives", () => {
    const other = { choices: [{ index: 1, delta: { content: "另一个" }, finish_reason: null }] };
    expect(texts([delta({ content: "你" }), other, delta({ content: "好" }, "stop")])).toEqual(["你", "好"]);
  });

  it("shows a refusal, which comes in place of an answer", () => {
    expect(texts([delta({ refusal: "不能回答。" }, "stop")])).toEqual(["不能回答。"]);
  });

  it("takes chunks with ids of their own for one answer", () => {
    const chunks = [1, 2, 3].map((id) => delta({ content: "字" }, id === 3 ? "stop" : null, { id }));
    const steps = eventsOf(chunks).filter(
      (event) => typeof event === "object" && event.type === "start-step",
    );
    expect(steps).toHaveLength(1);
  });

  it("tells parallel calls apart that have the same index", () => {
    const call = (id: string, city: string) =>
      delta({
        tool_calls: [{ index: 0, id, function: { name: "weather", arguments: JSON.stringify({ city }) } }],
      });
    expect(calls([call("a", "北京"), call("b", "上海"), delta({}, "tool_calls")])).toMatchObject([
      { toolCallId: "a", input: { city: "北京" } },
      { toolCallId: "b", input: { city: "上海" } },
    ]);
  });

  it("keeps input that is no JSON as it is", () => {
    const chunk = delta({
      tool_calls: [{ index: 0, id: "a", function: { name: "run", arguments: "ls -l" } }],
    });
    expect(calls([chunk, delta({}, "tool_calls")])).toMatchObject([{ input: "ls -l" }]);
  });

  it("joins text that Anthropic splits at citations, and tells their sources", () => {
    const text = (index: number, words: string) => [
      { type: "content_block_start", index, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index, delta: { type: "text_delta", text: words } },
      {
        type: "content_block_delta",
        index,
        delta: { type: "citations_delta", citation: { url: "https://example.com", title: "来源" } },
      },
      { type: "content_block_stop", index },
    ];
    const events = eventsOf([...text(0, "天空"), ...text(1, "是蓝的"), { type: "message_stop" }]);
    const blocks = events.flatMap((event) =>
      typeof event === "object" && event.type === "text-delta" ? [event] : [],
    );
    expect(new Set(blocks.map((event) => (event as { id?: string }).id)).size).toBe(1);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "source", url: "https://example.com", title: "来源" }),
    );
  });

  it.each<[string, unknown[]]>([
    [
      "chat completions",
      [
        delta({
          content: "天空",
          annotations: [{ type: "url_citation", url_citation: { url: "https://e.com", title: "来源" } }],
        }),
        delta({}, "stop"),
      ],
    ],
    [
      "responses",
      [
        { type: "response.output_text.delta", output_index: 0, content_index: 0, delta: "天空" },
        {
          type: "response.output_text.annotation.added",
          output_index: 0,
          annotation: { type: "url_citation", url: "https://e.com", title: "来源" },
        },
        { type: "response.completed", response: {} },
      ],
    ],
    [
      "LangChain's content blocks",
      [
        {
          event: "content-block-finish",
          index: 0,
          content: {
            type: "text",
            text: "天空",
            annotations: [{ type: "citation", url: "https://e.com", title: "来源" }],
          },
        },
        { event: "message-finish" },
      ],
    ],
  ])("tells the sources that an answer of %s cites", (_name, chunks) => {
    expect(eventsOf(chunks)).toContainEqual({
      type: "source",
      sourceType: "url",
      id: "https://e.com",
      url: "https://e.com",
      title: "来源",
    });
  });

  it.each<[string, object, unknown[]]>([
    [
      "OpenRouter",
      { url: "data:image/png;base64,AA==" },
      [delta({ images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }] }, "stop")],
    ],
    [
      "OpenAI's platform",
      { base64: "AA==" },
      [
        {
          type: "response.output_item.done",
          output_index: 0,
          item: { type: "image_generation_call", id: "ig_1", status: "completed", result: "AA==" },
        },
        { type: "response.completed", response: {} },
      ],
    ],
  ])("tells of an image that %s made", (_name, image, chunks) => {
    const file = { mediaType: "image/png", ...image };
    expect(eventsOf(chunks)).toContainEqual({ type: "file", file });
  });

  it("tells what OpenAI's platform does by itself as a tool", () => {
    const item = { type: "web_search_call", id: "ws_1", status: "completed", action: { query: "天空" } };
    const events = eventsOf([
      { type: "response.output_item.added", output_index: 0, item },
      { type: "response.output_item.done", output_index: 0, item },
      { type: "response.completed", response: {} },
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "tool-call", toolCallId: "ws_1", toolName: "web_search" }),
    );
    expect(events).toContainEqual(expect.objectContaining({ type: "tool-result", toolCallId: "ws_1" }));
    expect(events.at(-1)).toMatchObject({ type: "finish", finishReason: "stop" });
  });

  it.each([
    [
      { type: "response.incomplete", response: { incomplete_details: { reason: "max_output_tokens" } } },
      "length",
    ],
    [
      { type: "response.incomplete", response: { incomplete_details: { reason: "content_filter" } } },
      "content-filter",
    ],
  ])("knows why a response is incomplete: %o", (chunk, finishReason) => {
    expect(eventsOf([chunk]).at(-1)).toMatchObject({ type: "finish", finishReason });
  });

  it("tells of a failed response", () => {
    const events = eventsOf([
      { type: "response.failed", response: { error: { code: "server_error", message: "坏了" } } },
    ]);
    expect(events).toContainEqual({
      type: "error",
      error: expect.objectContaining({ code: "server_error", message: "坏了" }),
    });
  });
});

describe("given what no translator knows", () => {
  it.each([
    ["文本"],
    [{ type: "text-delta", id: "1", text: "文" }],
    [{ type: "error", error: "x" }],
    [7],
    [null],
    [[1, 2]],
  ])("passes it on as it is: %j", (chunk) => {
    expect(eventsOf([chunk])).toEqual([chunk]);
  });
});

describe("given whole messages of LangChain, as a wire carries them", () => {
  const message = (type: string, kwargs: object) => ({
    lc: 1,
    type: "constructor",
    id: ["langchain_core", "messages", type],
    kwargs,
  });
  const call = (city: string) => ({ name: "weather", args: { city } });

  it("tells two calls without ids apart, and what their results are", () => {
    const calls = eventsOf([
      message("AIMessage", { content: "查一下。", tool_calls: [call("北京"), call("上海")] }),
    ]);
    expect(shape(calls)).toMatchObject([
      { type: "start-step" },
      { type: "text-start" },
      { type: "text-delta", text: "查一下。" },
      { type: "text-end" },
      { type: "tool-call", input: { city: "北京" } },
      { type: "tool-call", input: { city: "上海" } },
      { type: "finish-step" },
      { type: "finish" },
    ]);
  });

  it("tells a message once that comes in pieces, then whole, and a tool's failure from its result", () => {
    const pieces = [
      message("AIMessageChunk", { id: "m1", content: "你", tool_call_chunks: [] }),
      message("AIMessageChunk", { id: "m1", content: "好", tool_call_chunks: [] }),
      message("AIMessage", { id: "m1", content: "你好", tool_calls: [{ ...call("北京"), id: "c1" }] }),
      { node: { messages: [message("AIMessage", { id: "m1", content: "你好" })] } },
      message("ToolMessage", { content: "坏了", tool_call_id: "c9", status: "error" }),
    ];
    const events = shape(eventsOf(pieces));
    expect(events).toMatchObject([
      { type: "start-step" },
      { type: "text-start" },
      { type: "text-delta", text: "你" },
      { type: "text-delta", text: "好" },
      { type: "text-end" },
      { type: "finish-step" },
      { type: "tool-error", toolCallId: "c9", error: "坏了" },
      { type: "finish" },
    ]);
  });
});

describe("given a graph that is interrupted", () => {
  const interrupts = [{ id: "0123abcd", value: "发布吗？" }];
  const event = { event: "on_chain_stream", run_id: "1", data: { chunk: { __interrupt__: interrupts } } };

  it.each([
    ["the mode updates", [{ __interrupt__: interrupts }]],
    ["the mode values", [["values", { messages: [], __interrupt__: interrupts }]]],
    ["streamEvents v2", [event, event]],
    [
      "streamEvents v3",
      [
        {
          type: "event",
          method: "updates",
          params: { data: { node: "__interrupt__", values: interrupts } },
        },
      ],
    ],
  ])("asks once whether it may go on, in %s", (_name, chunks) => {
    expect(eventsOf(chunks)).toEqual([
      { type: "tool-call", toolCallId: "interrupt-0123abcd", toolName: "发布吗？" },
      {
        type: "tool-approval-request",
        approvalId: "0123abcd",
        toolCall: { toolCallId: "interrupt-0123abcd", toolName: "发布吗？" },
      },
      { type: "finish", finishReason: "waiting" },
    ]);
  });

  it("asks for the call that waits, which the stream has told only in pieces by then", () => {
    const piece = { index: 0, id: "call_1", name: "mail", args: '{"to":"all"}' };
    const message = { type: "AIMessageChunk", id: "m1", content: "", tool_call_chunks: [piece] };
    const value = { actionRequests: [{ name: "mail", args: { to: "all" } }], reviewConfigs: [] };
    const events = eventsOf([
      ["messages", [message, { langgraph_checkpoint_ns: "model:1" }]],
      ["updates", { __interrupt__: [{ id: "0123abcd", value }] }],
    ]) as CardEvent[];
    expect(events.filter(({ type }) => type === "tool-call" || type === "tool-approval-request")).toEqual([
      { type: "tool-call", toolCallId: "call_1", toolName: "mail", input: { to: "all" } },
      {
        type: "tool-approval-request",
        approvalId: "0123abcd",
        toolCall: { toolCallId: "call_1", toolName: "mail" },
      },
    ]);
  });

  it("only says that it waits where the interrupt has no id to resume it by", () => {
    expect(eventsOf([{ __interrupt__: [{ value: "发布吗？" }] }])).toEqual([
      { type: "finish", finishReason: "waiting" },
    ]);
  });
});
