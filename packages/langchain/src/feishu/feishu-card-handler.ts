import { type CardResult, InvalidOptionError } from "@streamcard/core";
import { checkFeishuCardOptions } from "@streamcard/feishu";
import type { FeishuCardHandlerOptions, RunOptions } from "../handler/handler-options.ts";
import { HandlerRun } from "../handler/handler-run.ts";
import { RunCallbacks } from "../handler/run-callbacks.ts";
import { type Watchable, watchStream } from "../handler/watch-stream.ts";
import { CardRuns } from "../runs/handled-runs.ts";

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
export class FeishuCardHandler extends RunCallbacks {
  readonly name = "FeishuCardHandler";
  readonly #runs: CardRuns;

  constructor(options: FeishuCardHandlerOptions = {}) {
    checkOptions(options);
    const runs = new CardRuns(options);
    super(options, runs);
    this.#runs = runs;
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

  /**
   * Ends the card of a run whose end LangChain will not tell. Without effect on a run that has ended.
   *
   * @returns `undefined` where no run has started yet
   * @throws {InvalidOptionError} like `result()`
   */
  async finish(runId?: string): Promise<CardResult | undefined> {
    return this.#runs.started("handler.finish()", runId)?.finish();
  }

  /** The same for a run that failed. @throws {InvalidOptionError} like `result()` */
  async fail(error: unknown, runId?: string): Promise<CardResult | undefined> {
    return this.#runs.started("handler.fail()", runId)?.fail(error);
  }

  /**
   * Stops the card, and the run where it was given the signal. Without effect on a run that has ended.
   *
   * @param reason an error, or one of `"reader"`, `"timeout"` and `"aborted"`
   * @throws {InvalidOptionError} like `result()`
   */
  async stop(reason?: unknown, runId?: string): Promise<CardResult | undefined> {
    return this.#runs.started("handler.stop()", runId)?.stop(reason);
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
}

function checkOptions(options: RunOptions): void {
  const { maxSilenceMs = 0 } = options;
  checkFeishuCardOptions(options);
  if (maxSilenceMs >= 0 && maxSilenceMs <= 2 ** 31 - 1) return;
  throw new InvalidOptionError(
    `maxSilenceMs must be a number of milliseconds from 0 (no limit) to ${2 ** 31 - 1}, received ${String(maxSilenceMs)}.`,
  );
}
