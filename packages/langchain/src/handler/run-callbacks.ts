import { type CardResult, StreamcardError } from "@streamcard/core";
import type {
  ContentBlockEvent,
  LLMResultLike,
  Metadata,
  NewTokenFields,
  SerializedLike,
} from "../runs/callback-arguments.ts";
import type { HandledRun } from "../runs/handled-run.ts";
import type { HandledRuns } from "../runs/handled-runs.ts";
import type { RunEvents } from "../runs/run-events.ts";
import { type RunKind, type RunNode, RunTree } from "../runs/run-tree.ts";
import type { HandlerOptions } from "./handler-options.ts";

interface StartArguments {
  readonly serialized: SerializedLike | undefined;
  readonly runId: string;
  readonly parentRunId: string | undefined;
  readonly tags: readonly string[] | undefined;
  readonly metadata: Metadata | undefined;
  readonly runName: string | undefined;
}

/**
 * The methods that LangChain calls, by the names and in the order of arguments of its `BaseCallbackHandler`. That class
 * need not be extended, so one build serves all versions. Each call finds its run and returns at once.
 */
export class RunCallbacks {
  /**
   * Keeps the calls out of LangChain's background queue, which all handlers of a process share. Nothing here takes
   * time.
   */
  awaitHandlers = true;
  raiseError = false;
  ignoreLLM = false;
  ignoreChain = false;
  ignoreAgent = false;
  ignoreRetriever = false;
  ignoreCustomEvent = true;
  /** Makes `invoke()` stream as well, if the model can. */
  readonly lc_prefer_streaming = true;
  readonly #options: HandlerOptions;
  readonly #runs: HandledRuns;
  readonly #tree = new RunTree();

  constructor(options: HandlerOptions, runs: HandledRuns) {
    this.#options = options;
    this.#runs = runs;
  }

  handleChatModelStart(
    llm: SerializedLike,
    _messages: unknown,
    runId: string,
    parentRunId?: string,
    _extraParams?: Metadata,
    tags?: string[],
    metadata?: Metadata,
    runName?: string,
  ): void {
    this.#start("model", { serialized: llm, runId, parentRunId, tags, metadata, runName }, (events, node) =>
      events.startModel(node),
    );
  }

  handleLLMStart(
    llm: SerializedLike,
    _prompts: string[],
    runId: string,
    parentRunId?: string,
    extraParams?: Metadata,
    tags?: string[],
    metadata?: Metadata,
    runName?: string,
  ): void {
    this.handleChatModelStart(llm, undefined, runId, parentRunId, extraParams, tags, metadata, runName);
  }

  handleLLMNewToken(
    token: string,
    idx: { completion?: number } | undefined,
    runId: string,
    _parentRunId?: string,
    _tags?: string[],
    fields?: NewTokenFields,
  ): void {
    this.#event(runId, (events, node) => {
      // The card shows the first of several answers to one question.
      if ((idx?.completion ?? 0) === 0) events.token(node, token, fields?.chunk);
    });
  }

  /** Called in place of `handleLLMNewToken` when another handler of the run asks for content blocks. */
  handleChatModelStreamEvent(event: ContentBlockEvent, runId: string): void {
    this.#event(runId, (events, node) => events.contentBlock(node, event));
  }

  handleLLMEnd(output: LLMResultLike, runId: string): Promise<void> | undefined {
    return this.#end(runId, undefined, (events, node) => events.endModel(node, output));
  }

  handleLLMError(error: unknown, runId: string): Promise<void> | undefined {
    return this.#fail(runId, error);
  }

  // The type in `@langchain/core` 1.1.7 and later has `runType` in fourth place, but the parent's id is passed there.
  handleChainStart(
    chain: SerializedLike,
    inputs: unknown,
    runId: string,
    parentRunId?: string,
    tags?: string[],
    metadata?: Metadata,
    _runType?: string,
    runName?: string,
  ): void {
    this.#start("chain", { serialized: chain, runId, parentRunId, tags, metadata, runName }, (events, node) =>
      events.startChain(node, inputs),
    );
  }

  handleChainEnd(outputs: unknown, runId: string): Promise<void> | undefined {
    return this.#end(runId, outputs, (events, node) => events.endChain(node, outputs));
  }

  handleChainError(error: unknown, runId: string): Promise<void> | undefined {
    return this.#fail(runId, error);
  }

  handleToolStart(
    tool: SerializedLike,
    input: string,
    runId: string,
    parentRunId?: string,
    tags?: string[],
    metadata?: Metadata,
    runName?: string,
    toolCallId?: string,
  ): void {
    this.#start("tool", { serialized: tool, runId, parentRunId, tags, metadata, runName }, (events, node) =>
      events.startTool(node, input, toolCallId),
    );
  }

  handleToolEvent(chunk: unknown, runId: string): void {
    this.#event(runId, (events, node) => events.toolProgress(node, chunk));
  }

  handleToolEnd(output: unknown, runId: string): Promise<void> | undefined {
    return this.#end(runId, undefined, (events, node) => events.endTool(node, output));
  }

  handleToolError(error: unknown, runId: string): Promise<void> | undefined {
    return this.#fail(runId, error);
  }

  handleRetrieverStart(
    retriever: SerializedLike,
    _query: string,
    runId: string,
    parentRunId?: string,
    tags?: string[],
    metadata?: Metadata,
    name?: string,
  ): void {
    const start = { serialized: retriever, runId, parentRunId, tags, metadata, runName: name };
    this.#start("retriever", start, (events) => events.keepAlive());
  }

  handleRetrieverEnd(documents: unknown, runId: string): Promise<void> | undefined {
    return this.#end(runId, undefined, (events, node) => events.endRetriever(node, documents));
  }

  handleRetrieverError(error: unknown, runId: string): Promise<void> | undefined {
    return this.#fail(runId, error);
  }

  #start(kind: RunKind, start: StartArguments, tell: (events: RunEvents, node: RunNode) => void): void {
    this.#safely(() => {
      const { serialized, runId: id, parentRunId: parentId, tags = [], metadata = {}, runName } = start;
      const name = runName ?? serialized?.name ?? serialized?.id?.at(-1) ?? kind;
      const node = this.#tree.start({ id, parentId, kind, name, tags, metadata });
      if (node === undefined) return;
      if (node.parent === undefined) this.#open(node);
      const events = this.#runs.of(node)?.events;
      if (events !== undefined) tell(events, node);
    });
  }

  #event(runId: string, tell: (events: RunEvents, node: RunNode) => void): void {
    this.#safely(() => {
      const node = this.#tree.event(runId);
      const events = node && this.#runs.of(node)?.events;
      if (node !== undefined && events !== undefined) tell(events, node);
    });
  }

  /** @returns For a root, a promise that the run waits for. */
  #end(
    runId: string,
    outputs: unknown,
    tell: (events: RunEvents, node: RunNode) => void,
  ): Promise<void> | undefined {
    return this.#safely(() => {
      const node = this.#tree.end(runId);
      const run = node && this.#runs.of(node);
      if (node === undefined || run === undefined) return undefined;
      if (run.events !== undefined) tell(run.events, node);
      return node.parent === undefined ? settled(run, run.finish(outputs)) : undefined;
    });
  }

  #fail(runId: string, error: unknown): Promise<void> | undefined {
    return this.#safely(() => {
      const node = this.#tree.end(runId);
      const run = node && this.#runs.of(node);
      if (node === undefined || run === undefined) return undefined;
      run.events?.failChild(node, error);
      return node.parent === undefined ? settled(run, run.reject(error)) : undefined;
    });
  }

  #open(root: RunNode): void {
    const run = this.#runs.open(root);
    const forget = () => {
      this.#tree.close(root);
      this.#runs.close(root);
    };
    run.result.then(forget, forget);
    const card = run.start(root);
    const { id: runId, name, metadata } = root;
    try {
      this.#options.onCard?.(card, { runId, name, metadata });
    } catch (error) {
      this.#warn("onCard threw.", { code: "callback-threw", name: nameOf(error) });
    }
  }

  /** Runs an action whose errors go to the logger, because the run goes on whatever becomes of its card. */
  #safely<Value>(action: () => Value): Value | undefined {
    try {
      return action();
    } catch (error) {
      // The message of an error that is not ours may hold text of the conversation.
      const words = StreamcardError.isInstance(error) ? error.message : nameOf(error);
      this.#warn(`A run goes on without its card: ${words}`, { code: "no-card" });
      return undefined;
    }
  }

  #warn(message: string, details: Readonly<Record<string, unknown>>): void {
    (this.#options.logger ?? console).warn(message, details);
  }
}

function settled(run: HandledRun, result: Promise<CardResult>): Promise<void> | undefined {
  if (!run.awaitCard) return undefined;
  return result.then(
    () => {},
    () => {},
  );
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
