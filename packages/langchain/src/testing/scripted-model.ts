import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { AIMessageChunkFields } from "@langchain/core/messages";
import type { Clock } from "@streamcard/core";
import type { Line } from "./lines.ts";

/** The next words of a model, or an event that happens to it. */
export type ModelStep =
  | string
  | { readonly chunk: AIMessageChunkFields; readonly token?: string }
  | { readonly waitMs: number }
  | { readonly error: unknown }
  | { readonly hang: true };

export interface ModelOptions {
  /** Steps of each call of the model, in order. */
  readonly calls: readonly (readonly ModelStep[])[];
  readonly clock: Clock;
  /**
   * End of an aborted call: it throws, goes on to its end, or just stops.
   * @defaultValue "throws"
   */
  readonly onAbort?: "throws" | "goes on" | "stops";
  /** @defaultValue true */
  readonly streams?: boolean;
  /** Tokens come with their chunk. @defaultValue true */
  readonly withChunks?: boolean;
}

export const reasoning = (text: string): ModelStep => ({
  chunk: { content: "", additional_kwargs: { reasoning_content: text } },
});
export const usage = (input_tokens: number, output_tokens: number): ModelStep => ({
  chunk: {
    content: "",
    usage_metadata: { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens } as never,
  },
});
export const finish = (finish_reason: string): ModelStep => ({
  chunk: { content: "", response_metadata: { finish_reason, model_name: "scripted" } },
});

/**
 * A tool call, streamed as providers do: the name first, then its input in two pieces. Not at index 0, where core's
 * bridge to content blocks loses it after a text.
 */
export function toolCall(name: string, input: object, id = `call-${name}`, index = 1): ModelStep[] {
  const args = JSON.stringify(input);
  const half = Math.ceil(args.length / 2);
  const pieces = [{ name, id, args: "" }, { args: args.slice(0, half) }, { args: args.slice(half) }];
  return pieces.map((piece) => ({
    chunk: { content: "", tool_call_chunks: [{ type: "tool_call_chunk", index, ...piece }] },
  }));
}

/** A chat model of one line of LangChain that keeps to a script. */
export function scriptedModel(line: Line, options: ModelOptions): BaseChatModel {
  const { calls, clock, onAbort = "throws", streams = true, withChunks = true } = options;
  const { AIMessageChunk } = line.messages;
  const { ChatGenerationChunk } = line.outputs;
  const left = [...calls];

  class ScriptedModel extends line.chatModels.BaseChatModel {
    _llmType() {
      return "scripted";
    }

    override getLsParams() {
      return { ls_model_type: "chat" as const, ls_model_name: "asked-for" };
    }

    override bindTools(tools: unknown[]) {
      return this.withConfig({ tools } as never);
    }

    async *play(signal: AbortSignal | undefined) {
      for (const step of left.shift() ?? []) {
        if (signal?.aborted && onAbort !== "goes on") {
          if (onAbort === "stops") return;
          throw new DOMException("This operation was aborted", "AbortError");
        }
        if (typeof step === "string") yield { text: step, fields: { content: step } };
        else if ("chunk" in step) yield { text: step.token ?? textOf(step.chunk), fields: step.chunk };
        else if ("error" in step) throw step.error;
        else
          await pause(
            clock,
            "hang" in step ? undefined : step.waitMs,
            onAbort === "goes on" ? undefined : signal,
          );
      }
    }

    async _generate(_messages: unknown, { signal }: { signal?: AbortSignal }) {
      let whole: InstanceType<typeof AIMessageChunk> | undefined;
      for await (const { fields } of this.play(signal)) {
        const chunk = new AIMessageChunk(fields);
        whole = whole === undefined ? chunk : whole.concat(chunk);
      }
      const {
        content = "",
        tool_calls = [],
        additional_kwargs = {},
        response_metadata = {},
        usage_metadata,
      } = whole ?? {};
      const fields = {
        content,
        tool_calls,
        additional_kwargs,
        response_metadata,
        ...(usage_metadata !== undefined && { usage_metadata }),
      };
      const message = new line.messages.AIMessage(fields as never);
      return { generations: [{ text: typeof content === "string" ? content : "", message }] };
    }
  }

  class StreamingModel extends ScriptedModel {
    override async *_streamResponseChunks(
      _messages: unknown,
      { signal }: { signal?: AbortSignal },
      runManager?: { handleLLMNewToken(...args: unknown[]): Promise<void> },
    ) {
      for await (const { text, fields } of this.play(signal)) {
        const chunk = new ChatGenerationChunk({ text, message: new AIMessageChunk(fields) });
        yield chunk;
        const indices = { prompt: 0, completion: 0 };
        await runManager?.handleLLMNewToken(
          text,
          indices,
          undefined,
          undefined,
          undefined,
          withChunks ? { chunk } : undefined,
        );
      }
    }
  }
  return streams ? new StreamingModel({}) : new ScriptedModel({});
}

function textOf({ content }: AIMessageChunkFields): string {
  return typeof content === "string" ? content : "";
}

/** @param delayMs `undefined` for ever */
function pause(clock: Clock, delayMs: number | undefined, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (delayMs !== undefined) clock.setTimeout(resolve, delayMs);
    if (signal?.aborted) resolve();
    else signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}
