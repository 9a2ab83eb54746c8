import type { CardEvent } from "@streamcard/core";
import {
  ContentBlocks,
  documentSources,
  type Interrupt,
  type LangChainMessage,
  langChainMessageOf,
  MessageEvents,
  messageEndOf,
  messagesIn,
  RunSteps,
  ToolCalls,
  tellCalls,
  tellMessage,
  usageOf,
} from "@streamcard/core/internal";
import { type AnswerCandidate, isAnswer, isBelowTool, isSilent } from "./answer-rule.ts";
import type { ContentBlockEvent, LLMResultLike } from "./callback-arguments.ts";
import { interruptsOf, isRecursionLimit } from "./run-errors.ts";
import { ancestorsOf, type RunNode } from "./run-tree.ts";

interface ModelRun {
  /** What it tells; `undefined` where its text does not belong to the answer. */
  readonly events: MessageEvents | undefined;
  readonly blocks: ContentBlocks | undefined;
}

/** What the runs below one root say, as the events of one card. */
export class RunEvents {
  readonly #push: (event: CardEvent) => void;
  readonly #root: RunNode;
  readonly #rule: ((run: AnswerCandidate) => boolean) | undefined;
  readonly #steps: RunSteps;
  readonly #tools: ToolCalls;
  readonly #models = new Map<string, ModelRun>();
  /** Messages that were told, or were there before. */
  readonly #known = new WeakSet<object>();
  readonly #knownIds = new Set<string>();
  #isGraph = false;
  #isInterrupted = false;

  constructor(
    push: (event: CardEvent) => void,
    root: RunNode,
    rule: ((run: AnswerCandidate) => boolean) | undefined,
  ) {
    this.#push = push;
    this.#root = root;
    this.#rule = rule;
    this.#tools = new ToolCalls((event) => push(event));
    this.#steps = new RunSteps((event) => push(event));
  }

  startModel(node: RunNode): void {
    if (!isAnswer(node, this.#rule)) {
      this.#models.set(node.id, { events: undefined, blocks: undefined });
      return;
    }
    this.#steps.begin();
    const events = new MessageEvents(node.id, this.#tools.emit);
    this.#models.set(node.id, { events, blocks: new ContentBlocks(events) });
  }

  /** @param generation with the message's chunk, where a chat model made it: the token may be the JSON of a tool's input. */
  token(node: RunNode, token: unknown, generation: object | undefined): void {
    const events = this.#models.get(node.id)?.events;
    const hasMessage = generation !== undefined && "message" in generation;
    const chunk = hasMessage ? langChainMessageOf(generation.message) : undefined;
    const text = chunk === undefined ? token : textOfMessage(chunk);
    if (text !== "" && !isBelowTool(node)) markSpoken(node);
    if (events === undefined) this.silence();
    else if (chunk !== undefined) tellMessage(chunk, events);
    else if (typeof token === "string") events.text(token);
  }

  contentBlock(node: RunNode, event: ContentBlockEvent): void {
    const blocks = this.#models.get(node.id)?.blocks;
    if (event.delta?.type === "text-delta" && !isBelowTool(node)) markSpoken(node);
    if (blocks === undefined) this.silence();
    else blocks.read({ ...event });
  }

  endModel(node: RunNode, result: LLMResultLike): void {
    const model = this.#models.get(node.id);
    this.#models.delete(node.id);
    const generation = result.generations[0]?.[0];
    const message = langChainMessageOf(generation?.message);
    if (message !== undefined) this.#know(message);
    const end = message === undefined ? {} : messageEndOf(message);
    const usage = end.usage ?? usageOf(result.llmOutput?.tokenUsage) ?? model?.blocks?.end.usage;
    const finishReason = end.finishReason ?? model?.blocks?.end.finishReason;
    const modelName = end.model ?? model?.blocks?.end.model ?? askedModel(node);
    const hasText = generation?.text !== undefined && generation.text !== "";
    if (hasText && !isBelowTool(node)) markSpoken(node);
    const events = model?.events;
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
    this.#steps.end({ finishReason, usage, model: modelName });
  }

  failModel(node: RunNode): void {
    const events = this.#models.get(node.id)?.events;
    this.#models.delete(node.id);
    if (events === undefined) return;
    // What it was writing when it failed is no call.
    events.closeBlock();
    this.#steps.end({});
  }

  startChain(node: RunNode, inputs: unknown): void {
    if (!isGraphNode(node)) return;
    this.#isGraph = true;
    for (const message of messagesIn(inputs)) this.#know(message);
  }

  /** What a graph's node returns that no model below it has said is told as it is. */
  endChain(node: RunNode, outputs: unknown): void {
    if (!isGraphNode(node)) return;
    for (const message of messagesIn(outputs)) {
      if (this.#tools.isOpen(message)) this.#tools.result(message);
      if (message.role !== "ai" || this.#isKnown(message)) continue;
      this.#know(message);
      if (!node.hasSpoken && isAnswer(node, this.#rule)) this.#tellWhole(`${node.id}-${message.id}`, message);
    }
    if (messagesIn(outputs).some(({ role }) => role === "ai")) markSpoken(node);
  }

  /** Failures below the root may be made good; a pause is no failure. */
  failChild(node: RunNode, error: unknown): void {
    const interrupts = interruptsOf(error);
    if (interrupts !== undefined) this.#pause(node, interrupts);
    else if (node.kind === "model") this.failModel(node);
    else if (node.kind === "tool") this.#tools.fail(node.id, error);
    else this.silence();
  }

  #pause(node: RunNode, interrupts: readonly Interrupt[]): void {
    // What a graph inside a tool asks is the tool's question, once it ends the tool itself.
    if (isBelowTool(node)) return;
    this.#isInterrupted = true;
    this.silence();
    for (const one of interrupts) this.#tools.ask(one, node.kind === "tool" ? node.id : undefined);
  }

  startTool(node: RunNode, input: string, toolCallId: string | undefined): void {
    if (isSilent(node)) return;
    this.#tools.start(node.id, { name: node.name, toolCallId, input });
  }

  toolProgress(node: RunNode, output: unknown): void {
    if (!isSilent(node)) this.#tools.progress(node.id, output);
  }

  endTool(node: RunNode, output: unknown): void {
    if (!isSilent(node)) this.#tools.end(node.id, output);
  }

  /** @param documents what a retriever found */
  endRetriever(node: RunNode, documents: unknown): void {
    this.silence();
    if (!isSilent(node)) for (const source of documentSources(documents)) this.#push(source);
  }

  /** A sign of life. */
  silence(): void {
    this.#push({ type: "text-delta", text: "" });
  }

  /** The root ended well. */
  finish(outputs: unknown): void {
    if (this.#isInterrupted) {
      this.#tools.waitForUnrun();
      this.#steps.finish("waiting");
      return;
    }
    if (!this.#isGraph && !this.#root.hasSpoken) this.#tellOutput(outputs);
    const { finishReason } = this.#steps;
    if (finishReason !== "tool-calls") this.#tools.closeUnrun();
    // After the last model's calls have their results, calling them was not how the run ended.
    const isOver = finishReason === "tool-calls" && this.#tools.open.length === 0;
    this.#steps.finish(isOver ? "stop" : finishReason);
  }

  /** The root ended with an error. */
  fail(error: unknown): void {
    if (isRecursionLimit(error)) this.#steps.finish("step-limit");
  }

  /** The answer of a chain in which no model said anything. */
  #tellOutput(outputs: unknown): void {
    const message = langChainMessageOf(outputs);
    if (message?.role === "ai" && !this.#isKnown(message)) {
      this.#tellWhole(this.#root.id, message);
      return;
    }
    const output =
      typeof outputs === "object" && outputs !== null && "output" in outputs ? outputs.output : outputs;
    if (typeof output !== "string" || this.#root.kind !== "chain") return;
    const events = new MessageEvents(this.#root.id, this.#tools.emit);
    events.text(output);
    events.end();
  }

  #tellWhole(id: string, message: LangChainMessage): void {
    this.#steps.begin();
    const events = new MessageEvents(id, this.#tools.emit);
    tellMessage(message, events);
    events.end();
    this.#steps.end(messageEndOf(message));
  }

  #know({ id, fields }: LangChainMessage): void {
    this.#known.add(fields);
    if (id !== undefined) this.#knownIds.add(id);
  }

  #isKnown({ id, fields }: LangChainMessage): boolean {
    return this.#known.has(fields) || (id !== undefined && this.#knownIds.has(id));
  }
}

function markSpoken(node: RunNode): void {
  node.hasSpoken = true;
  for (const ancestor of ancestorsOf(node)) ancestor.hasSpoken = true;
}

/** The name by which the application asked for the model. */
function askedModel({ metadata: { ls_model_name } }: RunNode): string | undefined {
  return typeof ls_model_name === "string" && ls_model_name !== "" ? ls_model_name : undefined;
}

function isGraphNode({ kind, name, metadata, tags }: RunNode): boolean {
  return kind === "chain" && name === metadata.langgraph_node && !tags.includes("langsmith:hidden");
}

function textOfMessage({ fields: { content } }: LangChainMessage): string {
  if (typeof content === "string") return content;
  const parts: readonly { type?: unknown; text?: unknown }[] = Array.isArray(content) ? content : [];
  return parts.map(({ type, text }) => (type === "text" && typeof text === "string" ? text : "")).join("");
}
