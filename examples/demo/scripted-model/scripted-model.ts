import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { readPrompt, type Situation } from "./read-prompt.ts";

interface ToolPlan {
  readonly toolName: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** One step of the model. */
export interface Turn {
  readonly thought: string;
  readonly text: string;
  readonly calls: readonly ToolPlan[];
}

const TOKENS_PER_SECOND = 60;

/** Time to the first token, in milliseconds: that of a hosted model that is not busy. */
const FIRST_TOKEN_MS = 350;

/**
 * A language model without a network: reacts to the question, thinks, calls tools and writes Markdown at the
 * pace of a hosted model.
 *
 * @param planTurn Decides the model's next step.
 */
export function createScriptedModel(planTurn: (situation: Situation) => Turn): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: "streamcard",
    modelId: "scripted",
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error("The scripted model only streams.")),
    doStream: async ({ prompt, abortSignal }) => ({
      stream: streamTurn(planTurn(readPrompt(prompt)), abortSignal),
    }),
  };
}

function streamTurn(turn: Turn, signal: AbortSignal | undefined): ReadableStream<LanguageModelV4StreamPart> {
  const parts = partsOf(turn);
  let startedAt = 0;
  let tokens = 0;
  return new ReadableStream<LanguageModelV4StreamPart>(
    {
      async start() {
        await sleep(FIRST_TOKEN_MS, signal);
        startedAt = performance.now();
      },
      async pull(controller) {
        const { value: part, done } = parts.next();
        if (done) return controller.close();
        if (part.type === "text-delta" || part.type === "reasoning-delta") {
          tokens += 1;
          await sleep(startedAt + (tokens * 1000) / TOKENS_PER_SECOND - performance.now(), signal);
        }
        controller.enqueue(part);
      },
    },
    { highWaterMark: 0 },
  );
}

function* partsOf({ thought, text, calls }: Turn): Generator<LanguageModelV4StreamPart> {
  yield { type: "stream-start", warnings: [] };
  const thoughtTokens = tokensOf(thought);
  const textTokens = tokensOf(text);
  if (thought !== "") {
    yield { type: "reasoning-start", id: "thought" };
    for (const delta of thoughtTokens) yield { type: "reasoning-delta", id: "thought", delta };
    yield { type: "reasoning-end", id: "thought" };
  }
  if (text !== "") {
    yield { type: "text-start", id: "text" };
    for (const delta of textTokens) yield { type: "text-delta", id: "text", delta };
    yield { type: "text-end", id: "text" };
  }
  for (const { toolName, input } of calls) {
    yield { type: "tool-call", toolCallId: crypto.randomUUID(), toolName, input: JSON.stringify(input) };
  }
  yield {
    type: "finish",
    finishReason:
      calls.length > 0 ? { unified: "tool-calls", raw: "tool_calls" } : { unified: "stop", raw: "stop" },
    usage: {
      inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: {
        total: thoughtTokens.length + textTokens.length,
        text: textTokens.length,
        reasoning: thoughtTokens.length,
      },
    },
  };
}

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** Cuts a text as a tokenizer would: one and a half Chinese characters on average. */
function tokensOf(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

async function sleep(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  if (delayMs <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, delayMs);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
