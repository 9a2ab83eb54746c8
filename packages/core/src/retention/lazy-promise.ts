/** A promise that is made when it is asked for. Nobody has to: a rejection that nobody saw is not reported. */
export class LazyPromise<Value> {
  #promise: Promise<Value> | undefined;
  #settle: Pick<PromiseWithResolvers<Value>, "resolve" | "reject"> | undefined;

  get promise(): Promise<Value> {
    if (this.#promise === undefined) {
      const { promise, ...settle } = Promise.withResolvers<Value>();
      promise.catch(() => {});
      this.#promise = promise;
      this.#settle = settle;
    }
    return this.#promise;
  }

  resolve(value: Value): void {
    if (this.#settle !== undefined) this.#settle.resolve(value);
    else this.#promise ??= Promise.resolve(value);
  }

  reject(error: unknown): void {
    if (this.#settle !== undefined) this.#settle.reject(error);
    else if (this.#promise === undefined) {
      this.#promise = Promise.reject(error);
      this.#promise.catch(() => {});
    }
  }
}
