const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 8_000;

/** Waits after failures: for as long as the platform says, else twice as long after each failure. */
export class Backoff {
  #failedAt = Number.NEGATIVE_INFINITY;
  #waitMs = 0;
  /** Wait after the last failure where the platform says nothing. */
  #penaltyMs = 0;
  /** The platform said after the last failure that trying again would help at once. */
  #lastSaidRetryNow = false;

  /** Returns the time in the clock's milliseconds from which on to try again. @param maxMs Longest wait. */
  until(maxMs = Number.POSITIVE_INFINITY): number {
    return this.#failedAt + Math.min(this.#waitMs, maxMs);
  }

  /** @param tookMs Time that the failed call took, in milliseconds. It counts towards a wait of our own choice. */
  failed(now: number, error: { readonly retryAfterMs?: number | undefined }, tookMs: number): void {
    this.#failedAt = now;
    this.#penaltyMs = Math.min(Math.max(this.#penaltyMs * 2, FIRST_WAIT_MS), MAX_WAIT_MS);
    // Trying again at once helps once; where it failed again, it must not go on at full speed.
    const isHopeful = error.retryAfterMs !== undefined && (error.retryAfterMs > 0 || !this.#lastSaidRetryNow);
    this.#lastSaidRetryNow = error.retryAfterMs === 0;
    this.#waitMs = isHopeful ? (error.retryAfterMs ?? 0) : Math.max(0, this.#penaltyMs - tookMs);
  }

  succeeded(): void {
    this.#failedAt = Number.NEGATIVE_INFINITY;
    this.#waitMs = 0;
    this.#penaltyMs = 0;
    this.#lastSaidRetryNow = false;
  }
}
