/** Hands a promise to whoever keeps the process alive until it is settled: Next.js's `after`, a worker's `ctx.waitUntil`. */
export type WaitUntil = (promise: Promise<unknown>) => unknown;

/** Takes work that goes on after a request was answered. */
export type StartWork = (work: () => Promise<void>) => void;

/** Work that goes on after a request was answered. */
export class Background {
  readonly #open = new Set<Promise<void>>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Starts work. What it throws is reported, never unhandled. @returns a promise that is kept once it is done. */
  start(work: () => Promise<void>): Promise<void> {
    const done = (async () => {
      try {
        await work();
      } catch (error) {
        this.#onError(error);
      }
    })();
    this.#open.add(done);
    void done.then(() => this.#open.delete(done));
    return done;
  }

  /** Resolves once nothing is open, also not what was started meanwhile. */
  async drain(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
  }
}
