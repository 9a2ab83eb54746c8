import { type Fields, fieldsOf, listOf, textOf } from "../read-fields.ts";
import { usageOf } from "../run/add-usage.ts";
import { finishReasonOf } from "./finish-reason.ts";
import { modelOf } from "./langchain-message.ts";
import type { MessageEvents } from "./message-events.ts";
import type { MessageEnd } from "./run-steps.ts";

const names: ReadonlySet<unknown> = new Set([
  "message-start",
  "content-block-start",
  "content-block-delta",
  "content-block-finish",
  "usage",
  "message-finish",
  "provider",
  "error",
]);

/** Tells whether a chunk is an event of the protocol in which LangChain 1.x streams content blocks. */
export function isContentBlockEvent(chunk: Fields): boolean {
  return names.has(chunk.event) && !("run_id" in chunk && "name" in chunk);
}

/** Reads one message that is streamed in content blocks. */
export class ContentBlocks {
  readonly #events: MessageEvents;
  /** Indexes of the blocks that had content. */
  readonly #told = new Set<string>();
  #end: MessageEnd = {};

  constructor(events: MessageEvents) {
    this.#events = events;
  }

  /** End of the message, as far as it is known. */
  get end(): MessageEnd {
    return this.#end;
  }

  /** Reads an event. @returns Whether the message is over. */
  read(event: Fields): boolean {
    const key = String(event.index);
    switch (event.event) {
      case "content-block-start":
        this.#block(key, fieldsOf(event.content));
        return false;
      case "content-block-delta":
        this.#delta(key, fieldsOf(event.delta));
        return false;
      case "content-block-finish":
        this.#finish(key, fieldsOf(event.content));
        return false;
      case "message-start":
      case "usage":
        this.#end = { ...this.#end, usage: usageOf(event.usage) ?? this.#end.usage };
        return false;
      case "message-finish":
        this.#end = {
          usage: usageOf(event.usage) ?? this.#end.usage,
          finishReason: finishReasonOf(event.reason),
          model: modelOf(fieldsOf(event.responseMetadata)),
        };
        return true;
      default:
        return false;
    }
  }

  #block(key: string, block: Fields): void {
    const text = textOf(block.text) ?? textOf(block.reasoning);
    if (text !== undefined) this.#told.add(key);
    if (block.type === "text") this.#events.text(textOf(block.text));
    else if (block.type === "reasoning") this.#events.reasoning(textOf(block.reasoning));
    else if (block.type === "image") this.#events.image(block);
    else if (block.type === "tool_call_chunk") this.#call(key, block);
  }

  #delta(key: string, delta: Fields): void {
    this.#told.add(key);
    if (delta.type === "text-delta") this.#events.text(textOf(delta.text));
    else if (delta.type === "reasoning-delta") this.#events.reasoning(textOf(delta.reasoning));
    else if (delta.type === "block-delta") this.#call(key, fieldsOf(delta.fields));
  }

  #finish(key: string, block: Fields): void {
    const name = textOf(block.name);
    if (block.type === "tool_call" && name !== undefined) {
      this.#events.toolCall(textOf(block.id) ?? key, name, block.args, key);
      return;
    }
    if (!this.#told.has(key)) this.#block(key, block);
    for (const citation of listOf(block.annotations)) this.#events.cite(citation);
  }

  /** Reads a call whose arguments come as a snapshot: all of them so far. */
  #call(key: string, call: Fields): void {
    if (call.type !== "tool_call_chunk" && call.type !== undefined) return;
    const piece = { id: textOf(call.id), name: textOf(call.name) };
    this.#events.toolInputSnapshot(key, piece, textOf(call.args) ?? "");
  }
}
