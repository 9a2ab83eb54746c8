/** One answer, as each provider streams it, for tests. */

const chat = (delta: object, rest: object = {}) => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1,
  model: "m",
  choices: [{ index: 0, delta, finish_reason: null, ...rest }],
});

export const openAiChatChunks: readonly object[] = [
  chat({ role: "assistant", content: "" }),
  chat({ reasoning_content: "先想", content: null }),
  chat({ reasoning_content: "一想", content: null }),
  chat({ content: "你好，" }),
  chat({ content: "世界。" }),
  chat({
    tool_calls: [{ index: 0, id: "call_1", type: "function", function: { name: "weather", arguments: "" } }],
  }),
  chat({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }),
  chat({ tool_calls: [{ index: 0, function: { arguments: '"北京"}' } }] }),
  chat({}, { finish_reason: "tool_calls" }),
  { ...chat({}), choices: [], usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 } },
];

export const openAiResponsesChunks: readonly object[] = [
  { type: "response.created", response: { id: "resp_1" } },
  { type: "response.output_item.added", output_index: 0, item: { type: "reasoning", id: "rs_1" } },
  {
    type: "response.reasoning_summary_text.delta",
    item_id: "rs_1",
    output_index: 0,
    summary_index: 0,
    delta: "先想",
  },
  {
    type: "response.reasoning_summary_text.delta",
    item_id: "rs_1",
    output_index: 0,
    summary_index: 0,
    delta: "一想",
  },
  { type: "response.output_item.done", output_index: 0, item: { type: "reasoning", id: "rs_1" } },
  { type: "response.output_item.added", output_index: 1, item: { type: "message", id: "msg_1" } },
  {
    type: "response.output_text.delta",
    item_id: "msg_1",
    output_index: 1,
    content_index: 0,
    delta: "你好，",
  },
  {
    type: "response.output_text.delta",
    item_id: "msg_1",
    output_index: 1,
    content_index: 0,
    delta: "世界。",
  },
  { type: "response.output_item.done", output_index: 1, item: { type: "message", id: "msg_1" } },
  {
    type: "response.output_item.added",
    output_index: 2,
    item: { type: "function_call", id: "fc_1", call_id: "call_1", name: "weather", arguments: "" },
  },
  { type: "response.function_call_arguments.delta", item_id: "fc_1", output_index: 2, delta: '{"city":' },
  { type: "response.function_call_arguments.delta", item_id: "fc_1", output_index: 2, delta: '"北京"}' },
  {
    type: "response.output_item.done",
    output_index: 2,
    item: {
      type: "function_call",
      id: "fc_1",
      call_id: "call_1",
      name: "weather",
      arguments: '{"city":"北京"}',
    },
  },
  {
    type: "response.completed",
    response: { model: "m", usage: { input_tokens: 3, output_tokens: 5, total_tokens: 8 } },
  },
].map((event, sequence_number) => ({ ...event, sequence_number }));

export const anthropicChunks: readonly object[] = [
  {
    type: "message_start",
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "m",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 3, output_tokens: 1 },
    },
  },
  { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "先想" } },
  { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "一想" } },
  { type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "s" } },
  { type: "content_block_stop", index: 0 },
  { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "你好，" } },
  { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "世界。" } },
  { type: "content_block_stop", index: 1 },
  {
    type: "content_block_start",
    index: 2,
    content_block: { type: "tool_use", id: "call_1", name: "weather", input: {} },
  },
  { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: '{"city":' } },
  { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: '"北京"}' } },
  { type: "content_block_stop", index: 2 },
  {
    type: "message_delta",
    delta: { stop_reason: "tool_use", stop_sequence: null },
    usage: { output_tokens: 5 },
  },
  { type: "message_stop" },
];
