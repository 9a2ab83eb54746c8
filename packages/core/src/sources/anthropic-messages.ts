import type { TokenUsage } from "../contract/card-event.ts";
import { type Fields, fieldsOf, isFields, textOf } from "../read-fields.ts";
import { usageOf } from "../run/add-usage.ts";
import { finishReasonOf } from "./finish-reason.ts";
import { MessageEvents } from "./message-events.ts";
import type { Emit, RunSteps } from "./run-steps.ts";
import type { SourceTranslator } from "./source-translator.ts";
import { cutOff } from "./stream-cut-off.ts";

const types: ReadonlySet<unknown> = new Set([
  "message_start",
  "content_block_start",
  "content_block_delta",
  "content_block_stop",
  "message_delta",
  "message_stop",
]);

interface OpenMessage {
  readonly events: MessageEvents;
  /** Kinds of the content blocks, by index. */
  readonly blocks: Map<unknown, string>;
  model: string | undefined;
  finishReason: string | undefined;
  usage: TokenUsage | undefined;
}

/**
 * Reads the events of Anthropic's Messages API.
 *
 * Adjoining text blocks become one block of the answer, because the platform splits sentences at citations.
 *
 * @see https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export class AnthropicMessages implements SourceTranslator {
  readonly #emit: Emit;
  readonly #steps: RunSteps;
  #count = 0;
  #open: OpenMessage | undefined;

  constructor(emit: Emit, steps: RunSteps) {
    this.#emit = emit;
    this.#steps = steps;
  }

  read(chunk: unknown): boolean {
    if (!isFields(chunk) || !types.has(chunk.type)) return false;
    if (chunk.type === "message_start") this.#close();
    const open = this.#current();
    switch (chunk.type) {
      case "message_start":
        open.usage = usageOf(fieldsOf(chunk.message).usage);
        open.model = textOf(fieldsOf(chunk.message).model);
        break;
      case "content_block_start":
        this.#startBlock(open, String(chunk.index), fieldsOf(chunk.content_block));
        break;
      case "content_block_delta":
        this.#delta(open.events, String(chunk.index), fieldsOf(chunk.delta));
        break;
      case "content_block_stop":
        if (open.blocks.get(String(chunk.index)) === "tool") open.events.endToolInput(String(chunk.index));
        break;
      case "message_delta":
        open.finishReason = finishReasonOf(fieldsOf(chunk.delta).stop_reason) ?? open.finishReason;
        open.usage = cumulative(open.usage, usageOf(chunk.usage));
        break;
      case "message_stop":
        this.#close();
        break;
    }
    return true;
  }

  end(): Error | undefined {
    if (this.#open === undefined) return undefined;
    this.#close();
    return cutOff("message_stop event");
  }

  #current(): OpenMessage {
    if (this.#open !== undefined) return this.#open;
    this.#steps.begin();
    const events = new MessageEvents(`message-${this.#count}`, this.#emit);
    this.#count += 1;
    this.#open = { events, blocks: new Map(), model: undefined, finishReason: undefined, usage: undefined };
    return this.#open;
  }

  #startBlock({ events, blocks }: OpenMessage, key: string, block: Fields): void {
    const type = String(block.type);
    if (type === "tool_use" || type === "server_tool_use" || type === "mcp_tool_use") {
      blocks.set(key, "tool");
      events.toolInput(key, { id: textOf(block.id), name: textOf(block.name) });
      return;
    }
    blocks.set(key, type);
    const toolCallId = textOf(block.tool_use_id);
    if (type.endsWith("_tool_result") && toolCallId !== undefined) {
      const output = block.content;
      const isError = block.is_error === true || String(fieldsOf(output).type).endsWith("_error");
      if (isError) this.#emit({ type: "tool-error", toolCallId, error: output });
      else this.#emit({ type: "tool-result", toolCallId, output });
      return;
    }
    if (type === "text") events.text(textOf(block.text));
    if (type === "thinking") events.reasoning(textOf(block.thinking), key);
  }

  #delta(events: MessageEvents, key: string, delta: Fields): void {
    switch (delta.type) {
      case "text_delta":
        events.text(textOf(delta.text));
        return;
      case "thinking_delta":
        events.reasoning(textOf(delta.thinking), key);
        return;
      case "input_json_delta":
        events.toolInput(key, { delta: textOf(delta.partial_json) });
        return;
      case "citations_delta":
        events.cite(delta.citation);
        return;
    }
  }

  #close(): void {
    if (this.#open === undefined) return;
    const { events, finishReason, usage, model } = this.#open;
    this.#open = undefined;
    // Without a stop reason the last call may be cut off: then it is no call.
    if (finishReason === undefined) events.closeBlock();
    else events.end();
    this.#steps.end({ finishReason, usage, model });
  }
}

/** Replaces earlier counts by later ones. The last event counts the output alone. */
function cumulative(known: TokenUsage | undefined, now: TokenUsage | undefined): TokenUsage | undefined {
  if (now === undefined) return known;
  const inputTokens = now.inputTokens ?? known?.inputTokens;
  const outputTokens = now.outputTokens ?? known?.outputTokens;
  return { inputTokens, outputTokens, totalTokens: (inputTokens ?? 0) + (outputTokens ?? 0) };
}
