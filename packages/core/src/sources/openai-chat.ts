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
 * Reads OpenAI's chat completions, and those of compatible services: DeepSeek with its `reasoning_content`, Qwen,
 * Doubao, OpenRouter, vLLM. Tells the first choice alone.
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
    // The usage comes last, in a chunk without choices. Some hosts send the sum so far with every chunk.
    if (choice === undefined && usage === undefined) return true;
    const open = this.#completion(chunk.id, choice);
    if (usage !== undefined) open.usage = usage;
    // The model's name is empty in Azure's first chunk.
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
    // Some hosts give each chunk an id of its own, so a new id is a new completion only after a finish reason.
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
    // A refusal stands in place of the answer, in words for the reader.
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
    // Without a finish reason the last call may be cut off: then it is no call.
    if (finishReason === undefined) message.closeBlock();
    else message.end();
    this.#steps.end({ finishReason, usage, model });
  }
}
