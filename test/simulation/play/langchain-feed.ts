import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { type RunnableConfig, RunnableLambda } from "@langchain/core/runnables";
import { tool } from "@langchain/core/tools";
import { type CardResult, type CardStream, FeishuCardHandler } from "@streamcard/langchain";
import { z } from "zod";
import type { TimedPart } from "../scenario/timetable.ts";
import { type StreamTextFeed, stepsOf } from "./stream-text-feed.ts";

type RunManager = Parameters<NonNullable<BaseChatModel["_streamResponseChunks"]>>[2];

/** Chat model that says the chunks of a generator. */
export class TimetableModel extends BaseChatModel {
  readonly #play: (signal: AbortSignal | undefined) => AsyncIterable<AIMessageChunk>;

  constructor(play: (signal: AbortSignal | undefined) => AsyncIterable<AIMessageChunk>) {
    // No retries, because the timetable has each call once.
    super({ maxRetries: 0 });
    this.#play = play;
  }

  _llmType(): string {
    return "timetable";
  }

  _generate(): Promise<ChatResult> {
    return Promise.reject(new Error("The simulation only streams."));
  }

  override async *_streamResponseChunks(
    _messages: BaseMessage[],
    { signal }: this["ParsedCallOptions"],
    manager?: RunManager,
  ): AsyncGenerator<ChatGenerationChunk> {
    for await (const message of this.#play(signal)) {
      const chunk = new ChatGenerationChunk({ text: message.text, message });
      yield chunk;
      await manager?.handleLLMNewToken(message.text, undefined, undefined, undefined, undefined, { chunk });
    }
  }
}

/** Feeds the timetable through LangChain: a chain of scripted models and tools. */
export function feedThroughLangChain({
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
  async function* say(step: readonly TimedPart[], isLast: boolean): AsyncGenerator<AIMessageChunk> {
    for (const { atMs, part } of step) {
      if (part.type === "text-delta" || part.type === "tool-call") await until(atMs);
      if (part.type === "text-delta") yield new AIMessageChunk({ content: String(part.text) });
      if (part.type !== "tool-call") continue;
      const call = { id: String(part.toolCallId), name: String(part.toolName), args: "{}", index: 1 };
      yield new AIMessageChunk({ content: "", tool_call_chunks: [{ type: "tool_call_chunk", ...call }] });
    }
    if (!isLast) return;
    await until(step.at(-1)?.atMs ?? 0);
    if (card !== undefined) await atEnd(card);
    yield new AIMessageChunk({ content: "", response_metadata: { finish_reason: "stop" } });
  }
  const results = new Map(parts.map(({ atMs, part }) => [`${part.type} ${part.toolCallId}`, atMs]));
  const tools = ["clock", "search"].map((name) =>
    tool(
      async (_input: unknown, { toolCall }: { toolCall?: { id?: string } }) => {
        await until(results.get(`tool-result ${toolCall?.id}`) ?? 0);
        return "ok";
      },
      { name, description: name, schema: z.object({}) },
    ),
  );
  const agent = RunnableLambda.from(async (_input: string, config: RunnableConfig) => {
    for (const [at, step] of calls.entries()) {
      const model = new TimetableModel(() => say(step, at === calls.length - 1));
      const { tool_calls = [] } = await model.invoke("?", config);
      for (const call of tool_calls) {
        await tools.find(({ name }) => name === call.name)?.invoke({ ...call, type: "tool_call" }, config);
      }
    }
  });
  const onCard = (made: CardStream) => {
    card = made;
  };
  const run = new FeishuCardHandler({ ...options, feishu, onCard, maxSilenceMs: 0 }).run();
  agent.invoke("?", run).catch(() => {});
  return run.result;
}
