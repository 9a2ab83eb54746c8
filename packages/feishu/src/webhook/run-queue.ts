import { type Clock, StreamcardError } from "@streamcard/core";

/** What happens to a message that comes while the one before it is being answered. */
export type WhenBusy =
  /** It waits for its turn. */
  | "queue"
  /** The run before it is stopped, and what waits is dropped. */
  | "replace"
  /** It is not answered. */
  | "drop";

export interface RunQueueOptions {
  readonly clock: Clock;
  readonly whenBusy: WhenBusy;
  /** Longest that one run keeps the others of its conversation waiting. */
  readonly maxRunMs: number;
  /** Runs that may wait in one conversation; more are dropped. */
  readonly maxWaiting: number;
  readonly onOverflow: () => void;
}

type Run = (signal: AbortSignal) => Promise<void>;

interface Waiting {
  readonly run: Run;
  readonly settle: () => void;
}

interface Conversation {
  readonly controller: AbortController;
  waiting: Waiting[];
}

/** A run that took the place of another gives it so long to end. */
const YIELD_MS = 2_000;

/** One run at a time for each conversation. */
export class RunQueue {
  readonly #options: RunQueueOptions;
  readonly #busy = new Map<string, Conversation>();
  readonly #closing = new AbortController();

  constructor(options: RunQueueOptions) {
    this.#options = options;
  }

  /**
   * Runs, or lets wait, or drops.
   *
   * @returns a promise that is kept once it has ended, or at once where it was dropped.
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

  /** Stops every run, and starts no other. */
  abort(reason: unknown): void {
    this.#closing.abort(reason);
    for (const { controller, waiting } of this.#busy.values()) {
      controller.abort(reason);
      for (const { settle } of waiting.splice(0)) settle();
    }
  }

  async #start(conversationId: string, run: Run, waiting: Waiting[]): Promise<void> {
    const { clock, maxRunMs } = this.#options;
    const controller = new AbortController();
    const conversation: Conversation = { controller, waiting };
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

  #next(conversationId: string, { waiting }: Conversation): void {
    const next = waiting.shift();
    if (next === undefined) {
      this.#busy.delete(conversationId);
      return;
    }
    void this.#start(conversationId, next.run, waiting).then(next.settle);
  }
}

/** The reason of the signal of a run that a newer message took the place of. */
class ReplacedError extends StreamcardError {
  override readonly name = "AbortError";

  constructor() {
    super({ code: "replaced", message: "A newer message took the place of this one." });
  }
}
