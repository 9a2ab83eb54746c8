/** Hands a promise to the host that keeps the process alive until it settles: Next.js's `after`, a worker's `ctx.waitUntil`. */
export type WaitUntil = (promise: Promise<unknown>) => unknown;

/** Work that goes on after a request was answered. */
export class Background {
  readonly #open = new Set<Promise<void>>();
  readonly #onError: (error: unknown) => void;

  /** @param onError Told of everything that the work throws. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Starts work, and reports what it throws. @returns a promise that resolves once the work is done; never rejects. */
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

  /** Resolves once no work is open, work that was started meanwhile included. */
  async drain(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
  }
}
