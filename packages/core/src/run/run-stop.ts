/** Stop of a run. Its `AbortSignal` is made when it is asked for, because most runs do without. */
export class RunStop {
  /** The run was stopped. */
  aborted = false;
  /** Reason of the stop. */
  reason: unknown;
  #controller: AbortController | undefined;
  #listeners: (() => void)[] = [];

  /** The signal was asked for, so that a stop reaches the run. */
  get hasSignal(): boolean {
    return this.#controller !== undefined;
  }

  /** Its AbortSignal. Asking for it marks the run as stoppable. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }

  /** Stops the run. Only the first stop counts. Listeners must not throw. */
  stop(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#controller?.abort(reason);
    for (const listener of this.#listeners) listener();
    this.#listeners = [];
  }

  /** Calls back at the stop, at once after it. */
  listen(listener: () => void): void {
    if (this.aborted) listener();
    else this.#listeners.push(listener);
  }

  /** Takes a listener away. */
  unlisten(listener: () => void): void {
    this.#listeners = this.#listeners.filter((other) => other !== listener);
  }
}
