import { type Clock, StreamcardError } from "@streamcard/core";

/** The fate of a message that comes while the one before it is being answered. */
export type WhenBusy =
  /** The message waits for its turn. */
  | "queue"
  /** The run before it is stopped, and the messages that wait are dropped. */
  | "replace"
  /** The message is not answered. */
  | "drop";

export interface RunQueueOptions {
  readonly clock: Clock;
  readonly whenBusy: WhenBusy;
  /** Longest time that one run keeps the others of its conversation waiting, in milliseconds. */
  readonly maxRunMs: number;
  /** Largest number of runs that wait in one conversation; more are dropped. */
  readonly maxWaiting: number;
  /** Called for each run that was dropped because too many wait. */
  readonly onOverflow: () => void;
}

type Run = (signal: AbortSignal) => Promise<void>;

interface WaitingRun {
  readonly run: Run;
  readonly settle: () => void;
}

interface BusyConversation {
  readonly controller: AbortController;
  waiting: WaitingRun[];
}

/** Time from a run's abort to the next run's start, in milliseconds, where the aborted one does not end sooner. */
const YIELD_MS = 2_000;

/** Carries out one run at a time in each conversation. */
export class RunQueue {
  readonly #options: RunQueueOptions;
  readonly #busy = new Map<string, BusyConversation>();
  readonly #closing = new AbortController();

  constructor(options: RunQueueOptions) {
    this.#options = options;
  }

  /**
   * Starts a run, or lets it wait, or drops it.
   *
   * @param run Must not reject.
   * @returns a promise that resolves once the run has ended, or at once where it was dropped.
   */
  async add(conversationId: string, run: Run, whenBusy = this.#options.whenBusy): Promise<void> {
    const busy = this.#busy.get(conversationId);
    if (busy === undefined) return this.#start(conversationId, run, []);
    if (whenBusy === "drop") return;
    if (whenBusy === "queue" && busy.waiting.length >= this.#options.maxWaiting) {
      this.#options.onOverflow();
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    if (whenBusy === "replace") {
      for (const { settle } of busy.waiting) settle();
      busy.waiting = [];
      busy.controller.abort(new ReplacedError());
    }
    busy.waiting.push({ run, settle: resolve });
    return promise;
  }

  /** Aborts every run and drops those that wait. A run that is added afterwards starts with its signal aborted. */
  abort(reason: unknown): void {
    this.#closing.abort(reason);
    for (const { controller, waiting } of this.#busy.values()) {
      controller.abort(reason);
      for (const { settle } of waiting.splice(0)) settle();
    }
  }

  async #start(conversationId: string, run: Run, waiting: WaitingRun[]): Promise<void> {
    const { clock, maxRunMs } = this.#options;
    const controller = new AbortController();
    const conversation: BusyConversation = { controller, waiting };
    this.#busy.set(conversationId, conversation);
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const limit = clock.setTimeout(() => {
      controller.abort(new DOMException(`The run went on for ${maxRunMs} ms.`, "TimeoutError"));
    }, maxRunMs);
    let grace: unknown;
    controller.signal.addEventListener("abort", () => {
      grace = clock.setTimeout(release, YIELD_MS);
    });
    if (this.#closing.signal.aborted) controller.abort(this.#closing.signal.reason);
    // A run that ignores its signal goes on by itself; the conversation does not wait for it.
    await Promise.race([run(controller.signal), released]);
    clock.clearTimeout(limit);
    clock.clearTimeout(grace);
    this.#next(conversationId, conversation);
  }

  #next(conversationId: string, { waiting }: BusyConversation): void {
    const next = waiting.shift();
    if (next === undefined) {
      this.#busy.delete(conversationId);
      return;
    }
    void this.#start(conversationId, next.run, waiting).then(next.settle);
  }
}

/** Reason of the signal of a run that a newer message took the place of. */
class ReplacedError extends StreamcardError {
  override readonly name = "AbortError";

  constructor() {
    super({ code: "replaced", message: "A newer message took the place of this one." });
  }
}
