const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

/** How long to wait after failures: as long as the platform says, else longer each time. */
export class Backoff {
  #failedAt = Number.NEGATIVE_INFINITY;
  #waitMs = 0;
  #penaltyMs = 0;
  /** The last failure was said to be mended. */
  #isHoping = false;

  /** @param mostMs Longest wait. */
  until(mostMs = Number.POSITIVE_INFINITY): number {
    return this.#failedAt + Math.min(this.#waitMs, mostMs);
  }

  /** @param tookMs Time that what failed took. Who has waited long for an answer need not wait much more. */
  failed(now: number, error: { readonly retryAfterMs?: number | undefined }, tookMs: number): void {
    this.#failedAt = now;
    this.#penaltyMs = Math.min(Math.max(this.#penaltyMs * 2, FIRST_WAIT_MS), LONGEST_WAIT_MS);
    // What is said to help at once, and does not, must not go on at full speed.
    const isHopeful = error.retryAfterMs !== undefined && (error.retryAfterMs > 0 || !this.#isHoping);
    this.#isHoping = error.retryAfterMs === 0;
    this.#waitMs = isHopeful ? (error.retryAfterMs ?? 0) : Math.max(0, this.#penaltyMs - tookMs);
  }

  succeeded(): void {
    this.#penaltyMs = 0;
    this.#isHoping = false;
    this.#waitMs = 0;
  }
}
