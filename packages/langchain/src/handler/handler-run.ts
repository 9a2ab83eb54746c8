import type { CardResult } from "@streamcard/core";
import type { FeishuCardHandler } from "../feishu/feishu-card-handler.ts";
import type { CardRun } from "../runs/handled-run.ts";
import { type Watchable, watchStream } from "./watch-stream.ts";

/**
 * What to run an agent, a chain or a model with, once: `agent.invoke(input, run)`, or
 * `agent.invoke(input, { ...run, configurable })`. With `batch()` each input gets a card of its own, and they stop
 * together.
 */
export class HandlerRun {
  readonly callbacks: FeishuCardHandler[];
  /** Aborted by the reader's Stop, a time limit of the card and the caller's own `signal`. */
  readonly signal: AbortSignal;
  readonly metadata: { readonly streamcard: { readonly run: string } };
  readonly #run: CardRun;

  /** @internal made by `FeishuCardHandler.run()` */
  constructor(handler: FeishuCardHandler, run: CardRun, key: string) {
    this.callbacks = [handler];
    this.signal = run.signal;
    this.metadata = { streamcard: { run: key } };
    // Not enumerable, so that a copy of the object has nothing that LangChain does not know.
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
   * Stops the card, and the run by its signal; before it starts, so that it stops at once. Not named `stop`, which models take for
   * their stop words.
   */
  abort(reason?: unknown): Promise<CardResult> {
    return this.#run.stop(reason);
  }
}
