import type { CardResult, CardStream } from "@streamcard/core";
import { feishuCard } from "@streamcard/feishu";
import { runTarget, withoutTarget } from "../feishu/run-target.ts";
import {
  DEFAULT_SILENCE_MS,
  type FeishuCardHandlerOptions,
  type RunOptions,
} from "../handler/handler-options.ts";
import { RunEvents } from "./run-events.ts";
import type { RunNode } from "./run-tree.ts";
import { SilenceLimit } from "./silence-limit.ts";

/** One top-level run and its card, from before the run starts to the end of the card. */
export class CardRun {
  readonly #handlerOptions: FeishuCardHandlerOptions;
  readonly #options: RunOptions;
  readonly #controller: AbortController;
  readonly #result = Promise.withResolvers<CardResult>();
  #isStoppable: boolean;
  #hasStarted = false;
  #card: CardStream | undefined;
  #events: RunEvents | undefined;
  #silence: SilenceLimit | undefined;
  #hasEnded = false;
  #hasFailed = false;

  constructor(
    handlerOptions: FeishuCardHandlerOptions,
    options: RunOptions = {},
    { controller = new AbortController(), isStoppable = false } = {},
  ) {
    this.#handlerOptions = handlerOptions;
    this.#options = options;
    this.#controller = controller;
    this.#isStoppable = isStoppable;
    this.#result.promise.catch(() => {});
  }

  /** Another run with the same options and the same signal, as `batch()` starts them. */
  sibling(): CardRun {
    const shared = { controller: this.#controller, isStoppable: this.#isStoppable };
    return new CardRun(this.#handlerOptions, this.#options, shared);
  }

  /** Aborted when the card is stopped. To be given to the run, so a stop can be offered. */
  get signal(): AbortSignal {
    this.#isStoppable = true;
    // Asking the card for its signal is what tells it.
    void this.#card?.signal;
    const signals = this.#callersSignals();
    return signals.length === 0
      ? this.#controller.signal
      : AbortSignal.any([this.#controller.signal, ...signals]);
  }

  /** Rejects when there could be no card. */
  get result(): Promise<CardResult> {
    return this.#result.promise;
  }

  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  get awaitCard(): boolean {
    return this.#options.awaitCard ?? this.#handlerOptions.awaitCard ?? true;
  }

  /** What the run says; `undefined` while there is no card to say it on. */
  get events(): RunEvents | undefined {
    this.#silence?.sign();
    return this.#events;
  }

  /** Fires when the card is stopped, by whomever. */
  get stopped(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * The run starts: opens its card.
   *
   * @throws {InvalidOptionError} when there is no target, or an option can never work.
   * @throws {FeishuConfigError} when credentials are missing.
   */
  start(root: RunNode): CardStream {
    this.#hasStarted = true;
    try {
      const card = this.#makeCard(root);
      this.#card = card;
      if (this.#isStoppable) void card.signal;
      card.stopped.listen(() => this.#onStop(card.stopped.reason));
      const isAnswer = this.#options.isAnswer ?? this.#handlerOptions.isAnswer;
      this.#events = new RunEvents((event) => card.push(event), root, isAnswer);
      const silenceMs = this.#options.maxSilenceMs ?? this.#handlerOptions.maxSilenceMs ?? DEFAULT_SILENCE_MS;
      this.#silence = new SilenceLimit(card.clock, silenceMs, () => void this.stop(silenceError(silenceMs)));
      void card.result.then((result) => {
        this.#over();
        this.#result.resolve(result);
      });
      return card;
    } catch (error) {
      this.#hasEnded = true;
      this.#result.reject(error);
      throw error;
    }
  }

  /** The run ended well. @param outputs what the root gave */
  finish(outputs?: unknown): Promise<CardResult> {
    this.#events?.finish(outputs);
    return this.#end((card) => card.finish());
  }

  /** The run ended with an error: its own, or that of an abort. */
  reject(error: unknown): Promise<CardResult> {
    this.#events?.fail(error);
    this.#hasFailed = true;
    return this.#end((card) => {
      card.abort(error).catch(() => card.fail(error));
    });
  }

  fail(error: unknown): Promise<CardResult> {
    this.#hasFailed = true;
    return this.#end((card) => card.fail(error));
  }

  stop(reason?: unknown): Promise<CardResult> {
    if (this.#card === undefined) this.#controller.abort(reason);
    return this.#end((card) => card.stop(reason));
  }

  #end(end: (card: CardStream) => unknown): Promise<CardResult> {
    if (this.#card !== undefined && !this.#hasEnded) {
      this.#over();
      void end(this.#card);
    }
    return this.result;
  }

  /** A run that has failed needs no stop, and others may have the same signal. */
  #onStop(reason: unknown): void {
    if (!this.#hasFailed) this.#controller.abort(reason);
  }

  #over(): void {
    this.#hasEnded = true;
    this.#events = undefined;
    this.#silence?.stop();
  }

  #makeCard(root: RunNode): CardStream {
    const {
      feishu,
      isAnswer: _1,
      onCard: _2,
      awaitCard: _3,
      maxSilenceMs: _4,
      ...shared
    } = this.#handlerOptions;
    const { isAnswer: _5, awaitCard: _6, maxSilenceMs: _7, ...own } = this.#options;
    const options = {
      ...withoutTarget(shared),
      ...withoutTarget(own),
      ...runTarget(own, root.metadata, shared),
      signal: AbortSignal.any([this.#controller.signal, ...this.#callersSignals()]),
    };
    return feishu === undefined ? feishuCard(options) : feishu.card(options);
  }

  #callersSignals(): AbortSignal[] {
    return [this.#handlerOptions.signal, this.#options.signal].filter((signal) => signal !== undefined);
  }
}

function silenceError(silenceMs: number): Error {
  const message = `Nothing was heard of the run, or of the tool it runs, for ${silenceMs} ms (maxSilenceMs).`;
  return new DOMException(message, "TimeoutError");
}
