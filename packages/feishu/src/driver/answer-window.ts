const SECOND_MS = 1_000;

/**
 * Rate of one card: a number of operations a second, kept without knowing when each of them arrives.
 *
 * An operation counts at its answer, the latest time at which it can have arrived. The next one is sent sooner than a
 * second later, by the shortest time that an operation takes, because it arrives no sooner than that. Where the last
 * ones took different times the next may be quicker than any of them, by as much as they differ.
 *
 * A network that becomes far quicker at once is noticed with the first answer over it. That one operation may come too
 * early; a platform that refuses it lets it come again.
 *
 * Spread over the second, each operation waits for its share of it, and for the same share of what the last round trip
 * took longer than the shortest.
 */
export class AnswerWindow {
  /** Times of the last answers, as many as a second has room for; the oldest is overwritten next. */
  readonly #answers: number[];
  /** Durations of these operations, in milliseconds. */
  readonly #trips: number[] = [];
  #oldest = 0;
  #minTripMs = 0;
  /** Time at which the last operation left. */
  #sentAt = Number.NEGATIVE_INFINITY;
  /** Duration of the last operation that succeeded, in milliseconds. */
  #lastTripMs = 0;

  /** @param perSecond Number of operations that the platform takes in a second. */
  constructor(perSecond: number) {
    this.#answers = new Array<number>(perSecond).fill(-SECOND_MS);
  }

  /** Time in the clock's milliseconds from which on the limit allows the next operation; in the past while there is room. */
  get freeAt(): number {
    return (this.#answers[this.#oldest] ?? 0) + SECOND_MS - this.#minTripMs;
  }

  /** Time in the clock's milliseconds at which the next operation leaves where operations are spread over the second. */
  get spreadAt(): number {
    const shareMs = SECOND_MS / this.#answers.length;
    const delayMs = Math.max(0, this.#lastTripMs - this.#minTripMs);
    const spread = Math.ceil(this.#sentAt + shareMs + (delayMs * shareMs) / SECOND_MS);
    return Math.max(spread, this.freeAt);
  }

  /** Notes an answer, and the time at which its operation had left. */
  answered(now: number, sentAt: number): void {
    this.#note(now, sentAt);
    this.#lastTripMs = now - sentAt;
  }

  /** Notes that an operation failed. Its duration delays no other, because it may have been a time limit. */
  failed(now: number, sentAt: number): void {
    this.#note(now, sentAt);
  }

  #note(now: number, sentAt: number): void {
    this.#sentAt = sentAt;
    this.#answers[this.#oldest] = now;
    this.#trips[this.#oldest] = now - sentAt;
    this.#oldest = (this.#oldest + 1) % this.#answers.length;
    const min = Math.min(...this.#trips);
    const difference = Math.max(...this.#trips) - min;
    this.#minTripMs = Math.max(0, min - difference);
  }
}
