import { setTimeout as sleep } from "node:timers/promises";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";

/** One call of the model: its words, and the tool that it calls after them. */
export interface Turn {
  readonly text: string;
  readonly call?: { readonly name: string; readonly args: object };
}

const WORD_MS = 30;

/** Stands in for a real chat model, such as `new ChatOpenAI()`: says its turns one after the other, word by word. */
export class ScriptedModel extends BaseChatModel {
  readonly #turns: Turn[];

  constructor(turns: readonly Turn[]) {
    super({});
    this.#turns = [...turns];
  }

  _llmType(): string {
    return "scripted";
  }

  override bindTools(tools: unknown[]) {
    return this.withConfig({ tools } as never);
  }

  _generate(): Promise<ChatResult> {
    return Promise.reject(new Error("The scripted model only streams."));
  }

  override async *_streamResponseChunks(
    _messages: BaseMessage[],
    { signal }: this["ParsedCallOptions"],
    manager?: Parameters<NonNullable<BaseChatModel["_streamResponseChunks"]>>[2],
  ): AsyncGenerator<ChatGenerationChunk> {
    for (const message of chunksOf(this.#turns.shift() ?? { text: "" })) {
      await sleep(WORD_MS, undefined, { signal });
      const chunk = new ChatGenerationChunk({ text: message.text, message });
      yield chunk;
      await manager?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk });
    }
  }
}

function* chunksOf({ text, call }: Turn): Generator<AIMessageChunk> {
  const words = new Intl.Segmenter("zh", { granularity: "word" }).segment(text);
  for (const { segment } of words) yield new AIMessageChunk({ content: segment });
  if (call === undefined) return;
  const { name, args } = call;
  const piece = {
    type: "tool_call_chunk" as const,
    index: 1,
    id: `call_${name}`,
    name,
    args: JSON.stringify(args),
  };
  yield new AIMessageChunk({ content: "", tool_call_chunks: [piece] });
}
