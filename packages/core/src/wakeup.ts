import type { Clock } from "./clock.ts";

/** Timer that calls back once, at the earliest of the times it was set to. */
export class Wakeup {
  readonly #clock: Clock;
  readonly #wake: () => void;
  #timer: unknown;
  #at = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Sets the timer, unless it is set to an earlier time. @param time In the clock's milliseconds. */
  at(time: number): void {
    if (time >= this.#at) return;
    this.#clock.clearTimeout(this.#timer);
    this.#at = time;
    this.#timer = this.#clock.setTimeout(() => {
      this.clear();
      this.#wake();
    }, time - this.#clock.now());
  }

  /** Cancels the timer. */
  clear(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#at = Number.POSITIVE_INFINITY;
  }
}
