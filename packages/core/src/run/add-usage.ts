import type { TokenUsage } from "../contract/card-event.ts";
import { type Fields, isFields } from "../read-fields.ts";

/** Reads a provider's or LangChain's count of tokens; `undefined` where there is none. */
export function usageOf(value: unknown): TokenUsage | undefined {
  if (!isFields(value)) return undefined;
  const cached =
    (count(value, "cache_read_input_tokens") ?? 0) + (count(value, "cache_creation_input_tokens") ?? 0);
  const input = count(value, "prompt_tokens", "input_tokens", "inputTokens", "promptTokens");
  const output = count(value, "completion_tokens", "output_tokens", "outputTokens", "completionTokens");
  const total = count(value, "total_tokens", "totalTokens");
  if (input === undefined && output === undefined && total === undefined) return undefined;
  // Anthropic counts cached input tokens apart from the rest of the input.
  const inputTokens = input === undefined ? undefined : input + cached;
  return { inputTokens, outputTokens: output, totalTokens: total ?? sum(inputTokens, output) };
}

/** Adds up the tokens of two calls of a model. */
export function addUsage(one: TokenUsage | undefined, other: TokenUsage | undefined): TokenUsage | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    inputTokens: sum(one.inputTokens, other.inputTokens),
    outputTokens: sum(one.outputTokens, other.outputTokens),
    totalTokens: sum(one.totalTokens, other.totalTokens),
  };
}

function count(usage: Fields, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = usage[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return undefined;
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0);
}
