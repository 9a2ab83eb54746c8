import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { languageOf } from "../language.ts";

export interface Situation {
  readonly question: string;
  readonly language: "zh" | "en";
  /** Outputs of the tools since the question, by tool. */
  readonly results: ReadonlyMap<string, readonly unknown[]>;
}

/** Reads a prompt: the last question, and the tools' outputs for it so far. */
export function readPrompt(prompt: LanguageModelV4Prompt): Situation {
  const asked = prompt.findLastIndex(({ role }) => role === "user");
  const question = prompt
    .slice(asked, asked + 1)
    .flatMap((message) => (message.role === "user" ? message.content : []))
    .map((part) => (part.type === "text" ? part.text : ""))
    .join("\n");
  const results = new Map<string, unknown[]>();
  for (const message of prompt.slice(asked + 1)) {
    if (message.role !== "tool") continue;
    for (const part of message.content) {
      if (part.type !== "tool-result") continue;
      const { output, toolName } = part;
      const value = "value" in output ? output.value : undefined;
      results.set(toolName, [...(results.get(toolName) ?? []), value]);
    }
  }
  return { question, language: languageOf(question), results };
}
