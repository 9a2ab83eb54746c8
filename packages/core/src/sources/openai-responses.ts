import { StreamcardError } from "../errors.ts";
import { type Fields, fieldsOf, isFields, parseJson, textOf } from "../read-fields.ts";
import { usageOf } from "../run/add-usage.ts";
import { finishReasonOf } from "./finish-reason.ts";
import { MessageEvents } from "./message-events.ts";
import type { Emit, RunSteps } from "./run-steps.ts";
import type { SourceTranslator } from "./source-translator.ts";
import { cutOff } from "./stream-cut-off.ts";

/**
 * Reads the events of OpenAI's Responses API.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class OpenAiResponses implements SourceTranslator {
  readonly #emit: Emit;
  readonly #steps: RunSteps;
  #count = 0;
  #message: MessageEvents | undefined;
  #hasCalls = false;

  constructor(emit: Emit, steps: RunSteps) {
    this.#emit = emit;
    this.#steps = steps;
  }

  read(chunk: unknown): boolean {
    if (!isFields(chunk) || typeof chunk.type !== "string") return false;
    // Errors of other streams have no sequence number.
    if (chunk.type === "error" && "sequence_number" in chunk) {
      this.#fail(textOf(chunk.message), chunk.code);
      return true;
    }
    if (!chunk.type.startsWith("response.")) return false;
    this.#event(chunk.type.slice("response.".length), chunk);
    return true;
  }

  end(): Error | undefined {
    if (this.#message === undefined) return undefined;
    this.#message.closeBlock();
    this.#close(undefined, {});
    return cutOff("response.completed event");
  }

  #event(type: string, event: Fields): void {
    const message = this.#current();
    const key = String(event.output_index ?? event.item_id);
    switch (type) {
      case "output_text.delta":
      case "refusal.delta":
        message.text(textOf(event.delta), `${key}.${event.content_index ?? 0}`);
        return;
      case "output_text.annotation.added":
        message.cite(event.annotation);
        return;
      case "reasoning_summary_text.delta":
      case "reasoning_text.delta":
        message.reasoning(textOf(event.delta), `${key}.${event.summary_index ?? event.content_index ?? 0}`);
        return;
      case "output_item.added":
        this.#item(message, key, fieldsOf(event.item), { isDone: false });
        return;
      case "output_item.done":
        this.#item(message, key, fieldsOf(event.item), { isDone: true });
        return;
      case "function_call_arguments.delta":
      case "custom_tool_call_input.delta":
        message.toolInput(key, { delta: textOf(event.delta) });
        return;
      case "completed":
      case "incomplete":
      case "failed":
        this.#finish(type, fieldsOf(event.response));
        return;
    }
  }

  #current(): MessageEvents {
    if (this.#message !== undefined) return this.#message;
    this.#steps.begin();
    this.#message = new MessageEvents(`response-${this.#count}`, this.#emit);
    this.#count += 1;
    this.#hasCalls = false;
    return this.#message;
  }

  #item(message: MessageEvents, key: string, item: Fields, { isDone }: { isDone: boolean }): void {
    const type = String(item.type);
    if (!type.endsWith("_call")) return;
    const id = textOf(item.call_id) ?? textOf(item.id) ?? key;
    // A tool that the platform runs by itself has no name but its type, such as `web_search_call`.
    const isOurs = type === "function_call" || type === "custom_tool_call";
    const name = textOf(item.name) ?? type.slice(0, -"_call".length);
    if (isOurs) {
      this.#hasCalls = true;
      const input = textOf(item.arguments) ?? textOf(item.input);
      if (!isDone) message.toolInput(key, { id, name });
      else message.toolCall(id, name, input === undefined ? {} : parseJson(input), key);
      return;
    }
    message.toolCall(id, name, item.action ?? {}, key);
    if (!isDone) return;
    if (type === "image_generation_call") {
      message.image({ type: "image", mimeType: `image/${item.output_format ?? "png"}`, data: item.result });
    }
    const output = item.results ?? item.outputs ?? item.output;
    if (item.status === "failed")
      this.#emit({ type: "tool-error", toolCallId: id, toolName: name, error: item.error });
    else this.#emit({ type: "tool-result", toolCallId: id, toolName: name, output });
  }

  #finish(type: string, response: Fields): void {
    const reason = type === "incomplete" ? fieldsOf(response.incomplete_details).reason : type;
    this.#message?.end();
    this.#close(this.#hasCalls && type === "completed" ? "tool-calls" : finishReasonOf(reason), response);
    if (type === "failed") {
      const { message, code } = fieldsOf(response.error);
      this.#fail(textOf(message), code);
    }
  }

  #close(finishReason: string | undefined, { usage, model }: Fields): void {
    this.#message = undefined;
    this.#steps.end({ finishReason, usage: usageOf(usage), model: textOf(model) });
  }

  #fail(message = "The response failed.", code: unknown): void {
    const error = new StreamcardError({ code: textOf(code) ?? "response-failed", message });
    this.#emit({ type: "error", error });
  }
}
