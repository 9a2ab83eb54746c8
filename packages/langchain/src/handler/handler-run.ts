import type { CardResult } from "@streamcard/core";
import type { HandledRun } from "../runs/handled-run.ts";
import type { RunCallbacks } from "./run-callbacks.ts";
import { type Watchable, watchStream } from "./watch-stream.ts";

/**
 * Options with which an agent, a chain or a model is run once: `agent.invoke(input, run)`, or
 * `agent.invoke(input, { ...run, configurable })`. With `batch()` each input gets a card of its own, and they stop
 * together.
 */
export class HandlerRun {
  /** The handler. */
  readonly callbacks: RunCallbacks[];
  /** Aborted by the reader's Stop, a time limit of the card and the caller's own `signal`. */
  readonly signal: AbortSignal;
  /** Key by which the handler knows the run again. */
  readonly metadata: { readonly streamcard: { readonly run: string } };
  readonly #run: HandledRun;

  /** @internal made by `CardHandler.run()` */
  constructor(handler: RunCallbacks, run: HandledRun, key: string) {
    this.callbacks = [handler];
    this.signal = run.signal;
    this.metadata = { streamcard: { run: key } };
    // Private, so that a copy of the object has no field that LangChain does not know.
    this.#run = run;
  }

  /** Resolves once the card is final; rejects only when there could be no card. */
  get result(): Promise<CardResult> {
    return this.#run.result;
  }

  /** Wraps the run's stream, so that leaving the loop over it ends the card, and the run, at once. */
  watch<Chunk>(stream: Watchable<Chunk>): AsyncGenerator<Chunk, void, undefined> {
    return watchStream(stream, this.#run);
  }

  /**
   * Stops the card, and the run by its signal. A run that has not started yet stops as soon as it starts. Not named
   * `stop`, because models take that option for their stop words.
   *
   * @param reason An error, or one of `"reader"`, `"timeout"` and `"aborted"`.
   */
  abort(reason?: unknown): Promise<CardResult> {
    return this.#run.stop(reason);
  }
}
