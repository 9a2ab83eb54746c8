/** The AI SDK's finish reason for each provider's word. */
const reasons: Readonly<Record<string, string>> = {
  stop: "stop",
  end_turn: "stop",
  stop_sequence: "stop",
  completed: "stop",
  length: "length",
  max_tokens: "length",
  max_output_tokens: "length",
  model_context_window_exceeded: "length",
  content_filter: "content-filter",
  "content-filter": "content-filter",
  refusal: "content-filter",
  safety: "content-filter",
  tool_calls: "tool-calls",
  "tool-calls": "tool-calls",
  tool_use: "tool-calls",
  function_call: "tool-calls",
};

/** Translates a provider's finish reason into that of a `finish` event; `"other"` if it is unknown. */
export function finishReasonOf(reason: unknown): string | undefined {
  if (typeof reason !== "string" || reason === "") return undefined;
  return reasons[reason.toLowerCase()] ?? "other";
}
