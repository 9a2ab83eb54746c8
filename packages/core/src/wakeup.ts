import type { Clock } from "./clock.ts";

/** One timer that calls back at the earliest of the times that it was given. */
export class Wakeup {
  readonly #clock: Clock;
  readonly #wake: () => void;
  #timer: unknown;
  #at = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  at(time: number): void {
    if (time >= this.#at) return;
    this.#clock.clearTimeout(this.#timer);
    this.#at = time;
    this.#timer = this.#clock.setTimeout(() => {
      this.clear();
      this.#wake();
    }, time - this.#clock.now());
  }

  clear(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#at = Number.POSITIVE_INFINITY;
  }
}
