import { type LanguageModel, type ModelMessage, stepCountIs, streamText } from "ai";
import type { createTools } from "./tools.ts";

const instructions = `You are a helpful assistant in a Feishu chat.
Answer in the language of the question, in Markdown, as long as it takes and no longer.
Use the tools: the clock for times and dates, the calculator for arithmetic, the documents for everything else.`;

export interface AgentOptions {
  readonly model: LanguageModel;
  readonly tools: ReturnType<typeof createTools>;
}

/** Runs one turn of the agent: thinks, uses tools and answers, in up to six steps. */
export function runAgent({ model, tools }: AgentOptions, messages: ModelMessage[], abortSignal: AbortSignal) {
  return streamText({
    model,
    tools,
    messages,
    abortSignal,
    instructions,
    // The card asks: the run ends there, and goes on when somebody presses Approve or Deny.
    toolApproval: { bookRoom: "user-approval" },
    stopWhen: stepCountIs(6),
    onError: () => {},
  });
}
