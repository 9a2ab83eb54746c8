import type { Clock } from "@streamcard/core";

/** A time limit on silence: it expires once, when a run has shown no activity for that long. */
export class SilenceLimit {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #expire: () => void;
  #lastAt: number;
  #timer: unknown;

  /** @param limitMs Milliseconds of silence; 0 for no limit. */
  constructor(clock: Clock, limitMs: number, expire: () => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#expire = expire;
    this.#lastAt = clock.now();
    if (limitMs > 0) this.#arm(limitMs);
  }

  /** Begins the silence anew. */
  noteActivity(): void {
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
