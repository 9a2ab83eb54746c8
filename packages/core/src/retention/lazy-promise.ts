/** Promise that is made when it is asked for. A rejection that was never asked for is not reported as unhandled. */
export class LazyPromise<Value> {
  #promise: Promise<Value> | undefined;
  #settle: Pick<PromiseWithResolvers<Value>, "resolve" | "reject"> | undefined;

  /** The promise. */
  get promise(): Promise<Value> {
    if (this.#promise === undefined) {
      const { promise, ...settle } = Promise.withResolvers<Value>();
      promise.catch(() => {});
      this.#promise = promise;
      this.#settle = settle;
    }
    return this.#promise;
  }

  /** Resolves the promise. Only the first end counts. */
  resolve(value: Value): void {
    if (this.#settle !== undefined) this.#settle.resolve(value);
    else this.#promise ??= Promise.resolve(value);
  }

  /** Rejects the promise. Only the first end counts. */
  reject(error: unknown): void {
    if (this.#settle !== undefined) this.#settle.reject(error);
    else if (this.#promise === undefined) {
      this.#promise = Promise.reject(error);
      this.#promise.catch(() => {});
    }
  }
}
