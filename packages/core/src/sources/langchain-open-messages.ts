import type { TokenUsage } from "../contract/card-event.ts";
import type { Fields } from "../read-fields.ts";
import { addUsage } from "../run/add-usage.ts";
import { ContentBlocks } from "./langchain-content-blocks.ts";
import { type LangChainMessage, messageEndOf, tellCalls, tellMessage } from "./langchain-message.ts";
import { MessageEvents } from "./message-events.ts";
import type { Emit, MessageEnd, RunSteps } from "./run-steps.ts";

interface OpenMessage {
  readonly events: MessageEvents;
  readonly blocks: ContentBlocks;
  readonly place: MessagePlace;
  id: string | undefined;
  finishReason: string | undefined;
  usage: TokenUsage | undefined;
  model: string | undefined;
}

/** The place of a message among those of a stream. */
export interface MessagePlace {
  /** Key of the message: the same for all of its chunks, and for no other open message. */
  readonly key: string;
  /** Namespace of the graph. */
  readonly graph?: string;
  /** Step of that graph. Messages of one step may be open at the same time. */
  readonly step?: unknown;
  /** Name by which the application asked for the model. */
  readonly model?: string | undefined;
}

/** The open messages of a LangChain stream: one for each model that runs. */
export class LangChainMessages {
  readonly #emit: Emit;
  readonly #steps: RunSteps;
  readonly #open = new Map<string, OpenMessage>();
  /** Ids of messages that were told, or were there before the run. */
  readonly #told = new Set<string>();
  #count = 0;

  constructor(emit: Emit, steps: RunSteps) {
    this.#emit = emit;
    this.#steps = steps;
  }

  chunk(message: LangChainMessage, place: MessagePlace): void {
    const known = this.#open.get(place.key);
    // Only the usage may come after the finish reason: content belongs to the next message.
    const isNext = known?.finishReason !== undefined && known.id !== message.id && hasContent(message);
    if (isNext) this.close(place.key);
    const open = this.#message(place, message.id);
    tellMessage(message, open.events);
    const { finishReason, usage, model } = messageEndOf(message);
    open.finishReason = finishReason ?? open.finishReason;
    open.usage = addUsage(open.usage, usage);
    open.model = model ?? open.model;
  }

  /** Tells a message that comes whole, unless it was told before. */
  whole(message: LangChainMessage, place: MessagePlace): void {
    if (message.id !== undefined && this.#told.has(message.id)) return;
    const open = this.#message(place, message.id);
    tellMessage(message, open.events);
    const end = messageEndOf(message);
    open.finishReason = end.finishReason;
    open.usage = end.usage;
    open.model = end.model ?? open.model;
    this.close(place.key);
  }

  /** Notes messages that were there before the run, so that they are not told. */
  skip(messages: readonly LangChainMessage[]): void {
    for (const { id } of messages) if (id !== undefined) this.#told.add(id);
  }

  blockEvent(event: Fields, place: MessagePlace): void {
    const open = this.#message(place, undefined);
    if (!open.blocks.read(event)) return;
    const { finishReason, usage, model } = open.blocks.end;
    open.finishReason = finishReason;
    open.usage = usage;
    open.model = model ?? open.model;
    this.close(place.key);
  }

  /** Tells what the chunks of a message left out, and closes it: the model is done with it. */
  finish(message: LangChainMessage, place: MessagePlace): void {
    const open = this.#message(place, message.id);
    if (!open.events.hasOutput) tellMessage(message, open.events);
    else tellCalls(message.fields, open.events);
    const end = messageEndOf(message);
    open.finishReason = end.finishReason ?? open.finishReason;
    open.usage = end.usage ?? open.usage;
    open.model = end.model ?? open.model;
    this.close(place.key);
  }

  /** Closes the messages of earlier steps of the same graph. */
  closeBefore({ graph, step }: Pick<MessagePlace, "graph" | "step">): void {
    for (const [key, { place }] of this.#open) {
      if (place.graph === graph && place.step !== step) this.close(key);
    }
  }

  close(key: string): void {
    const open = this.#open.get(key);
    if (open === undefined) return;
    this.#open.delete(key);
    open.events.end();
    const end: MessageEnd = { finishReason: open.finishReason, usage: open.usage, model: open.model };
    this.#steps.end(end);
  }

  closeAll(): void {
    for (const key of [...this.#open.keys()]) this.close(key);
  }

  #message(place: MessagePlace, id: string | undefined): OpenMessage {
    if (id !== undefined) this.#told.add(id);
    const known = this.#open.get(place.key);
    if (known !== undefined) {
      known.id ??= id;
      return known;
    }
    this.closeBefore(place);
    this.#steps.begin();
    const events = new MessageEvents(`message-${this.#count}`, this.#emit);
    this.#count += 1;
    const blocks = new ContentBlocks(events);
    const { model } = place;
    const open = { events, blocks, place, id, finishReason: undefined, usage: undefined, model };
    this.#open.set(place.key, open);
    return open;
  }
}

function hasContent({ fields: { content, tool_call_chunks } }: LangChainMessage): boolean {
  const calls = Array.isArray(tool_call_chunks) && tool_call_chunks.length > 0;
  return calls || (Array.isArray(content) ? content.length > 0 : Boolean(content));
}
