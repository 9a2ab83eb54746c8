import type { TokenUsage } from "../contract/card-event.ts";
import { type Fields, fieldsOf, isFields, listOf, textOf } from "../read-fields.ts";
import { usageOf } from "../run/add-usage.ts";
import { finishReasonOf } from "./finish-reason.ts";
import { MessageEvents } from "./message-events.ts";
import type { Emit, RunSteps } from "./run-steps.ts";
import type { SourceTranslator } from "./source-translator.ts";
import { cutOff } from "./stream-cut-off.ts";

interface OpenCompletion {
  readonly id: unknown;
  readonly message: MessageEvents;
  model: string | undefined;
  finishReason: string | undefined;
  usage: TokenUsage | undefined;
}

/**
 * Chunks of OpenAI's chat completions, and of the many services that speak alike: DeepSeek with its
 * `reasoning_content`, Qwen, Doubao, OpenRouter, vLLM. Of several alternatives it tells the first.
 *
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export class OpenAiChat implements SourceTranslator {
  readonly #emit: Emit;
  readonly #steps: RunSteps;
  #count = 0;
  #open: OpenCompletion | undefined;

  constructor(emit: Emit, steps: RunSteps) {
    this.#emit = emit;
    this.#steps = steps;
  }

  read(chunk: unknown): boolean {
    if (!isFields(chunk) || "type" in chunk || !Array.isArray(chunk.choices)) return false;
    const choices = listOf(chunk.choices).map(fieldsOf);
    const choice = choices.find(({ index = 0 }) => index === 0);
    const usage = usageOf(chunk.usage);
    // The usage comes last, with no choices. Some hosts send its sum so far with every chunk.
    if (choice === undefined && usage === undefined) return true;
    const open = this.#completion(chunk.id, choice);
    if (usage !== undefined) open.usage = usage;
    // Azure's first chunk has an empty one.
    open.model = textOf(chunk.model) ?? open.model;
    if (choice !== undefined) this.#choice(open, choice);
    return true;
  }

  end(): Error | undefined {
    const open = this.#open;
    this.#close();
    return open !== undefined && open.finishReason === undefined ? cutOff("finish_reason") : undefined;
  }

  #completion(id: unknown, choice: Fields | undefined): OpenCompletion {
    // Some hosts give each chunk an id of its own: only after a finish reason is a new id a new completion.
    const isNext = this.#open?.finishReason !== undefined && choice !== undefined && id !== this.#open.id;
    if (this.#open !== undefined && !isNext) return this.#open;
    this.#close();
    this.#steps.begin();
    const message = new MessageEvents(`chat-${this.#count}`, this.#emit);
    this.#count += 1;
    this.#open = { id, message, model: undefined, finishReason: undefined, usage: undefined };
    return this.#open;
  }

  #choice(open: OpenCompletion, choice: Fields): void {
    const { message } = open;
    const delta = fieldsOf(choice.delta);
    message.reasoning(textOf(delta.reasoning_content) ?? textOf(delta.reasoning));
    message.text(textOf(delta.content));
    // In place of an answer, in words for the reader.
    message.text(textOf(delta.refusal));
    for (const annotation of listOf(delta.annotations)) message.cite(annotation);
    for (const image of listOf(delta.images)) message.image(fieldsOf(image));
    for (const [at, call] of listOf(delta.tool_calls).map(fieldsOf).entries()) {
      const { name, arguments: args } = fieldsOf(call.function);
      const custom = fieldsOf(call.custom);
      message.toolInput(String(call.index ?? at), {
        id: textOf(call.id),
        name: textOf(name) ?? textOf(custom.name),
        delta: textOf(args) ?? textOf(custom.input),
      });
    }
    open.finishReason = finishReasonOf(choice.finish_reason) ?? open.finishReason;
  }

  #close(): void {
    if (this.#open === undefined) return;
    const { message, finishReason, usage, model } = this.#open;
    this.#open = undefined;
    // A call that was cut off is no call.
    if (finishReason === undefined) message.closeBlock();
    else message.end();
    this.#steps.end({ finishReason, usage, model });
  }
}
