import type { CardResult, CardStream } from "@streamcard/core";
import { internalsOf, stopWith } from "@streamcard/core/internal";
import type { AnswerRule } from "./answer-rule.ts";
import type { Metadata } from "./callback-arguments.ts";
import { RunEvents } from "./run-events.ts";
import type { RunNode } from "./run-tree.ts";
import { SilenceLimit } from "./silence-limit.ts";

/** The top-level run that a card is made for. */
export interface RunInfo {
  /** LangChain's id of the run. */
  readonly runId: string;
  /** The run's own name, else the name of its class. */
  readonly name: string;
  /** The caller's own fields, and LangChain's. May hold secrets. */
  readonly metadata: Metadata;
}

/** Options of one top-level run and its card, with all defaults filled in. */
export interface HandledRunOptions {
  /** Makes the card. The run goes on without one when this throws. */
  readonly makeCard: (run: RunInfo) => CardStream;
  readonly isAnswer: AnswerRule | undefined;
  readonly awaitCard: boolean;
  /** 0 for no limit. */
  readonly maxSilenceMs: number;
  /** The caller's signals: the first that is aborted stops the card. */
  readonly signals: readonly AbortSignal[];
}

type State =
  | { readonly is: "waiting" }
  | {
      readonly is: "open";
      readonly card: CardStream;
      readonly events: RunEvents;
      readonly silence: SilenceLimit;
    }
  | { readonly is: "ended" | "failed" }
  /** The run has started, and there could be no card for it. */
  | { readonly is: "cardless" };

/** One top-level run and its card, from before the run starts to the end of the card. */
export class HandledRun {
  readonly #options: HandledRunOptions;
  readonly #controller: AbortController;
  readonly #result = Promise.withResolvers<CardResult>();
  #isStoppable: boolean;
  #state: State = { is: "waiting" };

  constructor(options: HandledRunOptions, { controller = new AbortController(), isStoppable = false } = {}) {
    this.#options = options;
    this.#controller = controller;
    this.#isStoppable = isStoppable;
    this.#result.promise.catch(() => {});
  }

  /** Makes another run with the same options and the same signal, as `batch()` starts them. */
  sibling(): HandledRun {
    const shared = { controller: this.#controller, isStoppable: this.#isStoppable };
    return new HandledRun(this.#options, shared);
  }

  /** Signal for the run, aborted when the card is stopped. Asking for it makes the card offer a Stop. */
  get signal(): AbortSignal {
    this.#isStoppable = true;
    // The card draws a Stop because its own signal was asked for.
    if (this.#state.is === "open") void this.#state.card.signal;
    return this.#options.signals.length === 0 ? this.#controller.signal : this.#anySignal();
  }

  /** Rejects when there could be no card. */
  get result(): Promise<CardResult> {
    return this.#result.promise;
  }

  get hasStarted(): boolean {
    return this.#state.is !== "waiting";
  }

  get awaitCard(): boolean {
    return this.#options.awaitCard;
  }

  /** The events of the run, for a callback to add to; `undefined` while there is no card. Counts as activity. */
  get events(): RunEvents | undefined {
    if (this.#state.is !== "open") return undefined;
    this.#state.silence.noteActivity();
    return this.#state.events;
  }

  /** Signal that is aborted when the card is stopped. Asking for it, unlike `signal`, offers no Stop. */
  get stopped(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Opens the card of a run that starts.
   *
   * @throws whatever `makeCard` throws.
   */
  start(root: RunNode): CardStream {
    try {
      const card = this.#options.makeCard({ runId: root.id, name: root.name, metadata: root.metadata });
      this.#open(card, root);
      return card;
    } catch (error) {
      this.#state = { is: "cardless" };
      this.#result.reject(error);
      throw error;
    }
  }

  #open(card: CardStream, root: RunNode): void {
    const { isAnswer, maxSilenceMs } = this.#options;
    const { clock, stopped } = internalsOf(card);
    const expire = () => void this.stop(silenceError(maxSilenceMs));
    this.#state = {
      is: "open",
      card,
      events: new RunEvents((event) => card.push(event), root, isAnswer),
      silence: new SilenceLimit(clock, maxSilenceMs, expire),
    };
    if (this.#isStoppable) void card.signal;
    stopped.listen(() => this.#onStop(stopped.reason));
    stopWith(this.#anySignal(), card);
    void card.result.then((result) => {
      this.#close("ended");
      this.#result.resolve(result);
    });
  }

  /** Ends the card of a run that ended well. @param outputs Output of the root. */
  finish(outputs?: unknown): Promise<CardResult> {
    if (this.#state.is === "open") this.#state.events.finish(outputs);
    return this.#end("ended", (card) => card.finish());
  }

  /** Ends the card of a run that ended with an error: its own, or that of an abort. */
  reject(error: unknown): Promise<CardResult> {
    if (this.#state.is === "open") this.#state.events.fail(error);
    return this.#end("failed", (card) => {
      card.abort(error).catch(() => card.fail(error));
    });
  }

  fail(error: unknown): Promise<CardResult> {
    return this.#end("failed", (card) => card.fail(error));
  }

  /** Stops the card, and the run by its signal. A run that has no card yet is aborted before it starts. */
  stop(reason?: unknown): Promise<CardResult> {
    if (this.#state.is === "waiting" || this.#state.is === "cardless") this.#controller.abort(reason);
    return this.#end("ended", (card) => card.stop(reason));
  }

  #end(how: "ended" | "failed", end: (card: CardStream) => unknown): Promise<CardResult> {
    const card = this.#close(how);
    if (card !== undefined) void end(card);
    return this.result;
  }

  /** @returns The card, if it was open. */
  #close(how: "ended" | "failed"): CardStream | undefined {
    if (this.#state.is !== "open") return undefined;
    const { card, silence } = this.#state;
    silence.stop();
    this.#state = { is: how };
    return card;
  }

  /** A run that has failed needs no stop, and others may have the same signal. */
  #onStop(reason: unknown): void {
    if (this.#state.is !== "failed") this.#controller.abort(reason);
  }

  #anySignal(): AbortSignal {
    return AbortSignal.any([this.#controller.signal, ...this.#options.signals]);
  }
}

function silenceError(silenceMs: number): Error {
  const message = `Nothing was heard of the run, or of the tool it runs, for ${silenceMs} ms (maxSilenceMs).`;
  return new DOMException(message, "TimeoutError");
}
