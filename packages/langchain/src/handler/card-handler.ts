import type { CardResult } from "@streamcard/core";
import { requireOption } from "@streamcard/core/internal";
import { HandledRuns } from "../runs/handled-runs.ts";
import {
  aCardMaker,
  type CardHandlerOptions,
  checkRunOptions,
  handledRunOptions,
  type RunOptions,
} from "./handler-options.ts";
import { HandlerRun } from "./handler-run.ts";
import { RunCallbacks } from "./run-callbacks.ts";
import { type Watchable, watchStream } from "./watch-stream.ts";

/**
 * A LangChain callback handler that shows each top-level run on a card of any platform, and always finishes the card.
 *
 * One handler serves a whole bot: every run gets a card of its own, made by the option `card`. Works with
 * `@langchain/core` 0.3.80 and later, and 1.x. Trouble with a card leaves its run alone: see `result`,
 * `onDeliveryError` of the card, and the logger.
 *
 * @throws {InvalidOptionError} from the constructor, when an option can never work.
 * @example
 * const handler = new CardHandler({ card: () => feishu.card({ to: "oc_…" }) });
 * await agent.invoke(input, { callbacks: [handler] });
 * await agent.invoke(input, handler.run()); // the form in which a stop of the card reaches the run
 */
export class CardHandler extends RunCallbacks {
  /** Name of the handler in LangChain's own messages. */
  readonly name: string = "CardHandler";
  readonly #options: CardHandlerOptions;
  readonly #runs: HandledRuns;

  constructor(options: CardHandlerOptions) {
    requireOption("card", options?.card, aCardMaker);
    checkRunOptions(options);
    const runs = new HandledRuns(handledRunOptions(options));
    super(options, runs);
    this.#options = options;
    this.#runs = runs;
  }

  /**
   * Prepares one run, in which a stop of the card reaches the run: `agent.invoke(input, handler.run())`.
   *
   * @param options In place of the handler's.
   * @throws {InvalidOptionError} when an option can never work.
   */
  run(options: RunOptions = {}): HandlerRun {
    checkRunOptions(options);
    const { run, key } = this.#runs.prepare(handledRunOptions(this.#options, options));
    return new HandlerRun(this, run, key);
  }

  /**
   * Signal that is aborted when the card is stopped, for a handler with one run at a time: give it to that run as its
   * `signal`.
   *
   * @throws {InvalidOptionError} when several runs are open; each needs a `handler.run()` of its own.
   */
  get signal(): AbortSignal {
    return this.#runs.next("handler.signal").signal;
  }

  /**
   * Waits for the card of a run: of the one that is open, else of the last one, else of the next one.
   *
   * @param runId LangChain's id of the top-level run: an open one, or one of the last 32.
   * @returns A promise that rejects only when there could be no card.
   * @throws {InvalidOptionError} when several runs are open and none is named, or the one named is unknown.
   */
  result(runId?: string): Promise<CardResult> {
    return this.#runs.find("handler.result()", runId).result;
  }

  /**
   * Finishes the card of a run whose end LangChain will not tell. Without effect on a run that has ended.
   *
   * @returns The result of the card; `undefined` where no run has started yet.
   * @throws {InvalidOptionError} like `result()`.
   */
  async finish(runId?: string): Promise<CardResult | undefined> {
    return this.#runs.started("handler.finish()", runId)?.finish();
  }

  /**
   * Ends the card of a run as failed. Without effect on a run that has ended.
   *
   * @returns The result of the card; `undefined` where no run has started yet.
   * @throws {InvalidOptionError} like `result()`.
   */
  async fail(error: unknown, runId?: string): Promise<CardResult | undefined> {
    return this.#runs.started("handler.fail()", runId)?.fail(error);
  }

  /**
   * Stops the card, and the run if it was given the signal. Without effect on a run that has ended.
   *
   * @param reason An error, or one of `"reader"`, `"timeout"` and `"aborted"`.
   * @returns The result of the card; `undefined` where no run has started yet.
   * @throws {InvalidOptionError} like `result()`.
   */
  async stop(reason?: unknown, runId?: string): Promise<CardResult | undefined> {
    return this.#runs.started("handler.stop()", runId)?.stop(reason);
  }

  /**
   * Wraps the stream of a run, so that leaving the loop over it ends the card at once. Without this the card waits for
   * its time limit, because LangChain tells nobody that a loop was left.
   *
   * @throws {InvalidOptionError} when several runs are open: use `handler.run().watch()`.
   * @example
   * for await (const chunk of handler.watch(agent.stream(input, { callbacks: [handler] }))) …
   */
  watch<Chunk>(stream: Watchable<Chunk>): AsyncGenerator<Chunk, void, undefined> {
    return watchStream(stream, this.#runs.next("handler.watch()"));
  }
}
