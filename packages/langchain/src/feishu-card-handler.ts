import { type CardResult, InvalidOptionError, StreamcardError } from "@streamcard/core";
import { checkFeishuTarget } from "@streamcard/feishu";
import type {
  ContentBlockEvent,
  LLMResultLike,
  Metadata,
  NewTokenFields,
  SerializedLike,
} from "./callback-arguments.ts";
import type { CardRun } from "./card-run.ts";
import { CardRuns } from "./card-runs.ts";
import type { FeishuCardHandlerOptions, RunOptions } from "./handler-options.ts";
import { HandlerRun } from "./handler-run.ts";
import type { RunEvents } from "./run-events.ts";
import { type RunKind, type RunNode, RunTree } from "./run-tree.ts";
import { type Watchable, watchStream } from "./watch-stream.ts";

/**
 * A LangChain callback handler that shows each top-level run on a Feishu card, and always finishes the card.
 *
 * One handler serves a whole bot: every run gets a card of its own, where its options, the run's
 * `metadata: { streamcard: { to } }` or `FEISHU_TO` say. Works with `@langchain/core` 0.3.80 and later, and 1.x.
 * Whatever goes wrong with a card leaves the run alone: see `result`, `onDeliveryError` and the logger.
 *
 * @throws {InvalidOptionError} from the constructor, when an option can never work.
 * @example
 * await agent.invoke(input, { callbacks: [new FeishuCardHandler({ to: "oc_…" })] });
 * @example
 * const handler = new FeishuCardHandler();
 * await agent.invoke(input, handler.run({ to: "oc_…" })); // the form in which a stop reaches the run
 */
export class FeishuCardHandler {
  readonly name = "FeishuCardHandler";
  /** In the background, all handlers of a process would stand in one queue. Nothing here takes time. */
  awaitHandlers = true;
  raiseError = false;
  ignoreLLM = false;
  ignoreChain = false;
  ignoreAgent = false;
  ignoreRetriever = false;
  ignoreCustomEvent = true;
  /** Makes `invoke()` stream as well, where the model can. */
  readonly lc_prefer_streaming = true;
  readonly #options: FeishuCardHandlerOptions;
  readonly #tree = new RunTree();
  readonly #runs: CardRuns;

  constructor(options: FeishuCardHandlerOptions = {}) {
    checkOptions(options);
    this.#options = options;
    this.#runs = new CardRuns(options);
  }

  /**
   * What to give to one run, in which a stop reaches it: `agent.invoke(input, handler.run({ to }))`.
   *
   * @param options in place of the handler's
   * @throws {InvalidOptionError} when an option can never work.
   */
  run(options: RunOptions = {}): HandlerRun {
    checkOptions(options);
    const { run, key } = this.#runs.prepare(options);
    return new HandlerRun(this, run, key);
  }

  /**
   * Aborted when the card is stopped: for a handler with one run at a time, to be given to that run as its `signal`.
   *
   * @throws {InvalidOptionError} when several runs are open; each needs a `handler.run()` of its own.
   */
  get signal(): AbortSignal {
    return this.#runs.next("handler.signal").signal;
  }

  /**
   * How the card of a run came out: of the one that is open, else of the last one, else of the next one.
   *
   * @param runId LangChain's id of the top-level run
   * @returns a promise that rejects only when there could be no card.
   * @throws {InvalidOptionError} when several runs are open and none is named, or the one named is unknown.
   */
  result(runId?: string): Promise<CardResult> {
    return this.#runs.find("handler.result()", runId).result;
  }

  /** Ends the card of a run whose end LangChain will not tell. @throws {InvalidOptionError} like `result()` */
  finish(runId?: string): Promise<CardResult> {
    return this.#runs.find("handler.finish()", runId).finish();
  }

  /** The same for a run that failed. @throws {InvalidOptionError} like `result()` */
  fail(error: unknown, runId?: string): Promise<CardResult> {
    return this.#runs.find("handler.fail()", runId).fail(error);
  }

  /**
   * Stops the card, and the run where it was given the signal.
   *
   * @param reason an error, or one of `"reader"`, `"timeout"` and `"aborted"`
   * @throws {InvalidOptionError} like `result()`
   */
  stop(reason?: unknown, runId?: string): Promise<CardResult> {
    return this.#runs.find("handler.stop()", runId).stop(reason);
  }

  /**
   * Wraps the stream of a run, so that leaving the loop over it ends the card at once. LangChain tells nobody that a
   * loop was left, and without this the card waits for its time limit.
   *
   * @throws {InvalidOptionError} when several runs are open: use `handler.run().watch()`.
   * @example
   * for await (const chunk of handler.watch(agent.stream(input, { callbacks: [handler] }))) …
   */
  watch<Chunk>(stream: Watchable<Chunk>): AsyncGenerator<Chunk, void, undefined> {
    return watchStream(stream, this.#runs.next("handler.watch()"));
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
      // Of several answers to one question the card shows the first.
      if ((idx?.completion ?? 0) === 0) events.token(node, token, fields?.chunk);
    });
  }

  /** What models call in place of `handleLLMNewToken` when another handler of the run asks for it. */
  handleChatModelStreamEvent(event: ContentBlockEvent, runId: string): void {
    this.#event(runId, (events, node) => events.contentBlock(node, event));
  }

  handleLLMEnd(output: LLMResultLike, runId: string): Promise<void> | undefined {
    return this.#end(runId, undefined, (events, node) => events.endModel(node, output));
  }

  handleLLMError(error: unknown, runId: string): Promise<void> | undefined {
    return this.#fail(runId, error);
  }

  // The type in `@langchain/core` 1.1.7 and later has `runType` in fourth place; what is passed there is the parent.
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
    this.#start("retriever", start, (events) => events.silence());
  }

  handleRetrieverEnd(_documents: unknown, runId: string): Promise<void> | undefined {
    return this.#end(runId, undefined, (events) => events.silence());
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

  /** @returns for a root what the run waits for */
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

  /** A run goes on, whatever becomes of its card. */
  #safely<Value>(action: () => Value): Value | undefined {
    try {
      return action();
    } catch (error) {
      // The words of an error that is not ours may be those of the conversation.
      const words = StreamcardError.isInstance(error) ? error.message : nameOf(error);
      this.#warn(`A run goes on without its card: ${words}`, { code: "no-card" });
      return undefined;
    }
  }

  #warn(message: string, details: Readonly<Record<string, unknown>>): void {
    (this.#options.logger ?? console).warn(message, details);
  }
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}

interface StartArguments {
  readonly serialized: SerializedLike | undefined;
  readonly runId: string;
  readonly parentRunId: string | undefined;
  readonly tags: readonly string[] | undefined;
  readonly metadata: Metadata | undefined;
  readonly runName: string | undefined;
}

function settled(run: CardRun, result: Promise<CardResult>): Promise<void> | undefined {
  if (!run.awaitCard) return undefined;
  return result.then(
    () => {},
    () => {},
  );
}

function checkOptions(options: RunOptions): void {
  const { to, replyTo, maxSilenceMs = 0 } = options;
  if (to !== undefined || replyTo !== undefined) checkFeishuTarget(options);
  if (maxSilenceMs >= 0 && maxSilenceMs <= 2 ** 31 - 1) return;
  throw new InvalidOptionError(
    `maxSilenceMs must be a number of milliseconds from 0 (no limit) to ${2 ** 31 - 1}, received ${String(maxSilenceMs)}.`,
  );
}
