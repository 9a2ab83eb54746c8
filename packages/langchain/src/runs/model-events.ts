import {
  ContentBlocks,
  type Emit,
  type LangChainMessage,
  langChainMessageOf,
  MessageEvents,
  messageEndOf,
  type RunSteps,
  tellCalls,
  tellMessage,
  usageOf,
} from "@streamcard/core/internal";
import { isBelowTool } from "./answer-rule.ts";
import type { ContentBlockEvent, LLMResultLike } from "./callback-arguments.ts";
import type { KnownMessages } from "./known-messages.ts";
import { markSpoken, type RunNode } from "./run-tree.ts";

/** The places that the models of a run write to. */
interface ModelEventsParts {
  readonly emit: Emit;
  readonly steps: RunSteps;
  readonly known: KnownMessages;
}

/** A model that is speaking. Both fields are absent if its text does not belong to the answer. */
interface OpenModel {
  readonly events?: MessageEvents;
  readonly blocks?: ContentBlocks;
}

/** The messages of a run's models, from their callbacks. */
export class ModelEvents {
  readonly #emit: Emit;
  readonly #steps: RunSteps;
  readonly #known: KnownMessages;
  /** Models that are speaking, by the id of their run. */
  readonly #open = new Map<string, OpenModel>();

  constructor({ emit, steps, known }: ModelEventsParts) {
    this.#emit = emit;
    this.#steps = steps;
    this.#known = known;
  }

  /** Begins a message. @param isAnswer Whether the model's text belongs to the answer. */
  start(node: RunNode, isAnswer: boolean): void {
    if (!isAnswer) {
      this.#open.set(node.id, {});
      return;
    }
    this.#steps.begin();
    const events = new MessageEvents(node.id, this.#emit);
    this.#open.set(node.id, { events, blocks: new ContentBlocks(events) });
  }

  /**
   * Takes a token in.
   *
   * @param generation Has the message's chunk if a chat model made it; the token may then be JSON of a tool's input.
   * @returns Whether the token belongs to the answer.
   */
  token(node: RunNode, token: unknown, generation: object | undefined): boolean {
    const events = this.#open.get(node.id)?.events;
    const hasMessage = generation !== undefined && "message" in generation;
    const chunk = hasMessage ? langChainMessageOf(generation.message) : undefined;
    const text = chunk === undefined ? token : textOfMessage(chunk);
    if (text !== "" && !isBelowTool(node)) markSpoken(node);
    if (events === undefined) return false;
    if (chunk !== undefined) tellMessage(chunk, events);
    else if (typeof token === "string") events.text(token);
    return true;
  }

  /** Takes an event of a content block in. @returns Whether it belongs to the answer. */
  contentBlock(node: RunNode, event: ContentBlockEvent): boolean {
    const blocks = this.#open.get(node.id)?.blocks;
    if (event.delta?.type === "text-delta" && !isBelowTool(node)) markSpoken(node);
    blocks?.read({ ...event });
    return blocks !== undefined;
  }

  end(node: RunNode, result: LLMResultLike): void {
    const { events, blocks } = this.#take(node);
    const generation = result.generations[0]?.[0];
    const message = langChainMessageOf(generation?.message);
    if (message !== undefined) this.#known.add(message);
    const end = message === undefined ? {} : messageEndOf(message);
    const usage = end.usage ?? usageOf(result.llmOutput?.tokenUsage) ?? blocks?.end.usage;
    const hasText = generation?.text !== undefined && generation.text !== "";
    if (hasText && !isBelowTool(node)) markSpoken(node);
    if (events === undefined) {
      this.#steps.addUsage(usage);
      return;
    }
    if (message === undefined) {
      if (!events.hasText) events.text(generation?.text);
    } else if (!events.hasOutput) tellMessage(message, events);
    else {
      if (!events.hasText) events.text(textOfMessage(message));
      tellCalls(message.fields, events);
    }
    events.end();
    const finishReason = end.finishReason ?? blocks?.end.finishReason;
    const model = end.model ?? blocks?.end.model ?? askedModel(node);
    this.#steps.end({ finishReason, usage, model });
  }

  fail(node: RunNode): void {
    const { events } = this.#take(node);
    if (events === undefined) return;
    // A tool call that was still being written when the model failed is no call.
    events.closeBlock();
    this.#steps.end({});
  }

  /** Tells a message that came whole. @param id Unlike that of any other message of the run. */
  tellWhole(id: string, message: LangChainMessage): void {
    this.#steps.begin();
    const events = new MessageEvents(id, this.#emit);
    tellMessage(message, events);
    events.end();
    this.#steps.end(messageEndOf(message));
  }

  #take(node: RunNode): OpenModel {
    const model = this.#open.get(node.id) ?? {};
    this.#open.delete(node.id);
    return model;
  }
}

/** Reads the name by which the application asked for the model. */
function askedModel({ metadata: { ls_model_name } }: RunNode): string | undefined {
  return typeof ls_model_name === "string" && ls_model_name !== "" ? ls_model_name : undefined;
}

function textOfMessage({ fields: { content } }: LangChainMessage): string {
  if (typeof content === "string") return content;
  const parts: readonly { type?: unknown; text?: unknown }[] = Array.isArray(content) ? content : [];
  return parts.map(({ type, text }) => (type === "text" && typeof text === "string" ? text : "")).join("");
}
