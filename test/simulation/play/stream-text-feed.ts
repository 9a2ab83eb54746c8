import type { LanguageModelV4, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import {
  type CardResult,
  type CardStream,
  type Feishu,
  type FeishuCardOptions,
  toFeishuCard,
} from "@streamcard/ai-sdk";
import type { ManualClock } from "@streamcard/core/testing";
import { isStepCount, streamText, tool } from "ai";
import { z } from "zod";
import type { TimedPart } from "../scenario/timetable.ts";

export interface StreamTextFeed {
  readonly clock: ManualClock;
  readonly feishu: Feishu;
  readonly options: FeishuCardOptions;
  readonly parts: readonly TimedPart[];
  /** Called after the last part; throws if the model fails then. */
  readonly atEnd: (card: CardStream) => Promise<void>;
}

/** Feeds the timetable through the AI SDK's `streamText()`: a scripted model, tools that take time, several steps. */
export function feedThroughStreamText({
  clock,
  feishu,
  options,
  parts,
  atEnd,
}: StreamTextFeed): Promise<CardResult> {
  const startedAt = clock.now();
  const until = async (atMs: number) => {
    const waitMs = startedAt + atMs - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs);
  };
  const calls = stepsOf(parts);
  let card: CardStream | undefined;
  const model: LanguageModelV4 = {
    specificationVersion: "v4",
    provider: "simulation",
    modelId: "timetable",
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error("The simulation only streams.")),
    doStream: async () => {
      const step = calls.shift() ?? [];
      return { stream: streamOf(modelParts(step, calls.length === 0)) };
    },
  };
  async function* modelParts(
    step: readonly TimedPart[],
    isLast: boolean,
  ): AsyncGenerator<LanguageModelV4StreamPart> {
    yield { type: "stream-start", warnings: [] };
    yield { type: "text-start", id: "0" };
    for (const { atMs, part } of step) {
      await until(atMs);
      if (part.type === "text-delta") yield { type: "text-delta", id: "0", delta: String(part.text) };
      if (part.type !== "tool-call") continue;
      yield { type: "text-end", id: "0" };
      yield {
        type: "tool-call",
        toolCallId: String(part.toolCallId),
        toolName: String(part.toolName),
        input: "{}",
      };
    }
    if (isLast && card !== undefined) await atEnd(card);
    yield {
      type: "finish",
      finishReason: { unified: isLast ? "stop" : "tool-calls", raw: undefined },
      usage,
    };
  }
  const results = new Map(parts.map(({ atMs, part }) => [`${part.type} ${part.toolCallId}`, atMs]));
  const use = tool({
    inputSchema: z.object({}),
    execute: async (_input, { toolCallId }) => {
      await until(results.get(`tool-result ${toolCallId}`) ?? 0);
      return "ok";
    },
  });
  return toFeishuCard(
    ({ signal }) =>
      streamText({
        model,
        prompt: "?",
        tools: { clock: use, search: use },
        stopWhen: isStepCount(10),
        abortSignal: signal,
        maxRetries: 0,
        onError: () => {},
      }),
    {
      ...options,
      feishu: {
        ...feishu,
        card: (cardOptions) => {
          card = feishu.card(cardOptions);
          return card;
        },
      },
    },
  );
}

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

/** Divides the timetable by calls of the model. */
export function stepsOf(parts: readonly TimedPart[]): TimedPart[][] {
  const steps: TimedPart[][] = [];
  for (const timed of parts) {
    if (timed.part.type === "start-step" || steps.length === 0) steps.push([]);
    steps.at(-1)?.push(timed);
  }
  return steps.length > 0 ? steps : [[]];
}

export function streamOf<Chunk>(source: AsyncGenerator<Chunk>): ReadableStream<Chunk> {
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        const { done, value } = await source.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}
