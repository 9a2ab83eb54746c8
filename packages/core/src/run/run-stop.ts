/** Whether a run was stopped. Becomes an `AbortSignal` for those who ask for one, which most runs do without. */
export class RunStop {
  aborted = false;
  reason: unknown;
  #controller: AbortController | undefined;
  #listeners: readonly (() => void)[] = [];

  /** Whether somebody has asked for `signal`, so that a stop reaches the run. */
  get hasSignal(): boolean {
    return this.#controller !== undefined;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }

  /** The first stop counts. Those who listen must not throw. */
  stop(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#controller?.abort(reason);
    for (const listener of this.#listeners) listener();
    this.#listeners = [];
  }

  listen(listener: () => void): void {
    if (this.aborted) listener();
    else this.#listeners = this.#listeners.concat(listener);
  }

  unlisten(listener: () => void): void {
    this.#listeners = this.#listeners.filter((other) => other !== listener);
  }
}
