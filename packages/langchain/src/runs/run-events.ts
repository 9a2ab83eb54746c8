import {
  documentSources,
  type Emit,
  type Interrupt,
  langChainMessageOf,
  MessageEvents,
  messagesIn,
  RunSteps,
  ToolCalls,
} from "@streamcard/core/internal";
import { type AnswerRule, isAnswer, isBelowTool, isSilent } from "./answer-rule.ts";
import type { ContentBlockEvent, LLMResultLike } from "./callback-arguments.ts";
import { KnownMessages } from "./known-messages.ts";
import { ModelEvents } from "./model-events.ts";
import { interruptsOf, isRecursionLimit } from "./run-errors.ts";
import { markSpoken, type RunNode } from "./run-tree.ts";

/** The callbacks of all runs below one root as the events of one card. */
export class RunEvents {
  readonly #root: RunNode;
  readonly #rule: AnswerRule | undefined;
  readonly #steps: RunSteps;
  readonly #tools: ToolCalls;
  readonly #models: ModelEvents;
  readonly #known = new KnownMessages();
  #isGraph = false;
  #isInterrupted = false;

  /** @param rule The caller's; `undefined` for the default. */
  constructor(emit: Emit, root: RunNode, rule: AnswerRule | undefined) {
    this.#root = root;
    this.#rule = rule;
    this.#tools = new ToolCalls(emit);
    this.#steps = new RunSteps(emit);
    this.#models = new ModelEvents({ emit: this.#tools.emit, steps: this.#steps, known: this.#known });
  }

  startModel(node: RunNode): void {
    this.#models.start(node, isAnswer(node, this.#rule));
  }

  token(node: RunNode, token: unknown, generation: object | undefined): void {
    if (!this.#models.token(node, token, generation)) this.keepAlive();
  }

  contentBlock(node: RunNode, event: ContentBlockEvent): void {
    if (!this.#models.contentBlock(node, event)) this.keepAlive();
  }

  endModel(node: RunNode, result: LLMResultLike): void {
    this.#models.end(node, result);
  }

  startChain(node: RunNode, inputs: unknown): void {
    if (!isGraphNode(node)) return;
    this.#isGraph = true;
    for (const message of messagesIn(inputs)) this.#known.add(message);
  }

  /** Tells the messages that a graph's node returns and that no model below it has said. */
  endChain(node: RunNode, outputs: unknown): void {
    if (!isGraphNode(node)) return;
    for (const message of messagesIn(outputs)) {
      if (this.#tools.isOpen(message)) this.#tools.result(message);
      if (message.role !== "ai" || this.#known.has(message)) continue;
      this.#known.add(message);
      if (!node.hasSpoken && isAnswer(node, this.#rule)) {
        this.#models.tellWhole(`${node.id}-${message.id}`, message);
      }
    }
    if (messagesIn(outputs).some(({ role }) => role === "ai")) markSpoken(node);
  }

  /** Tells that a run below the root failed, which may be made good, or paused, which is no failure. */
  failChild(node: RunNode, error: unknown): void {
    const interrupts = interruptsOf(error);
    if (interrupts !== undefined) this.#pause(node, interrupts);
    else if (node.kind === "model") this.#models.fail(node);
    else if (node.kind === "tool") this.#tools.fail(node.id, error);
    else this.keepAlive();
  }

  #pause(node: RunNode, interrupts: readonly Interrupt[]): void {
    // A question of a graph inside a tool is the tool's own, asked once the interrupt has ended the tool, too.
    if (isBelowTool(node)) return;
    this.#isInterrupted = true;
    this.keepAlive();
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

  /** @param documents The documents that a retriever found. */
  endRetriever(node: RunNode, documents: unknown): void {
    this.keepAlive();
    if (!isSilent(node)) for (const source of documentSources(documents)) this.#tools.emit(source);
  }

  /** Tells the card that the run is alive, though there is nothing to show. */
  keepAlive(): void {
    this.#tools.emit({ type: "text-delta", text: "" });
  }

  /** Tells that the root ended well. */
  finish(outputs: unknown): void {
    if (this.#isInterrupted) {
      this.#tools.waitForUnrun();
      this.#steps.finish("waiting");
      return;
    }
    if (!this.#isGraph && !this.#root.hasSpoken) this.#tellOutput(outputs);
    const { finishReason } = this.#steps;
    if (finishReason !== "tool-calls") this.#tools.closeUnrun();
    // Once the last model's calls have their results, calling them is not how the run ended.
    const isOver = finishReason === "tool-calls" && this.#tools.open.length === 0;
    this.#steps.finish(isOver ? "stop" : finishReason);
  }

  /** Tells that the root ended with an error. */
  fail(error: unknown): void {
    if (isRecursionLimit(error)) this.#steps.finish("step-limit");
  }

  /** Tells the output of a chain in which no model said anything. */
  #tellOutput(outputs: unknown): void {
    const message = langChainMessageOf(outputs);
    if (message?.role === "ai" && !this.#known.has(message)) {
      this.#models.tellWhole(this.#root.id, message);
      return;
    }
    const output =
      typeof outputs === "object" && outputs !== null && "output" in outputs ? outputs.output : outputs;
    if (typeof output !== "string" || this.#root.kind !== "chain") return;
    const events = new MessageEvents(this.#root.id, this.#tools.emit);
    events.text(output);
    events.end();
  }
}

function isGraphNode({ kind, name, metadata, tags }: RunNode): boolean {
  return kind === "chain" && name === metadata.langgraph_node && !tags.includes("langsmith:hidden");
}
