/** Why a model stopped, in each provider's words, as the AI SDK says it. */
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

/** A provider's finish reason in the words of a `finish` event; `"other"` for one that is unknown. */
export function finishReasonOf(reason: unknown): string | undefined {
  if (typeof reason !== "string" || reason === "") return undefined;
  return reasons[reason.toLowerCase()] ?? "other";
}
