/** A rate limit: at most `max` events in any `windowMs` milliseconds. */
export class SlidingWindow {
  readonly #max: number;
  readonly #windowMs: number;
  #times: number[] = [];
  #first = 0;

  constructor(max: number, windowMs: number) {
    this.#max = max;
    this.#windowMs = windowMs;
  }

  /** Computes the milliseconds until one more event fits; 0 if one fits now. */
  waitMs(now: number): number {
    this.#forget(now);
    const inWindow = this.#times.length - this.#first;
    if (inWindow < this.#max) return 0;
    const oldestToLeave = this.#times[this.#first + inWindow - this.#max];
    return oldestToLeave === undefined ? this.#windowMs : oldestToLeave + this.#windowMs - now;
  }

  /** Counts an event. */
  add(now: number): void {
    if (this.#max !== Number.POSITIVE_INFINITY) this.#times.push(now);
  }

  #forget(now: number): void {
    let oldest = this.#times[this.#first];
    while (oldest !== undefined && oldest <= now - this.#windowMs) oldest = this.#times[++this.#first];
    if (this.#first > 1000) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
  }
}
