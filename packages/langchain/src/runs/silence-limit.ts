import type { Clock } from "@streamcard/core";

/** Tells once when nothing was heard for a time, whatever the run is doing. */
export class SilenceLimit {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #expire: () => void;
  #lastAt: number;
  #timer: unknown;

  /** @param limitMs 0 for none */
  constructor(clock: Clock, limitMs: number, expire: () => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#expire = expire;
    this.#lastAt = clock.now();
    if (limitMs > 0) this.#arm(limitMs);
  }

  sign(): void {
    this.#lastAt = this.#clock.now();
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
  }

  #arm(delayMs: number): void {
    this.#timer = this.#clock.setTimeout(() => {
      const leftMs = this.#lastAt + this.#limitMs - this.#clock.now();
      if (leftMs > 0) this.#arm(leftMs);
      else this.#expire();
    }, delayMs);
  }
}
