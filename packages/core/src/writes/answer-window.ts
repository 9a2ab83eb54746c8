const SECOND_MS = 1_000;

/**
 * A limit of so many operations a second, kept without knowing when they arrive.
 *
 * Each counts at its answer, the latest that it can have arrived, and the next one when its own answer can be expected
 * at the earliest: it is sent sooner by the time that an operation takes at the least. Where the last ones took
 * different times, the next may be quicker than any of them, by as much as they differ.
 *
 * That a way becomes far quicker at once is told by the first answer over it. That one operation may come too early, by
 * what the way has become quicker; a limit that takes no such operation makes it come again.
 */
export class AnswerWindow {
  /** When the last operations were answered, as many as a second has room for; the oldest is overwritten next. */
  readonly #answers: number[];
  /** How long each of them took. */
  readonly #trips: number[] = [];
  #oldest = 0;
  #leastTripMs = 0;

  constructor(perSecond: number) {
    this.#answers = new Array<number>(perSecond).fill(-SECOND_MS);
  }

  /** When the next operation may be sent; a time that has passed while there is room. */
  get freeAt(): number {
    return (this.#answers[this.#oldest] ?? 0) + SECOND_MS - this.#leastTripMs;
  }

  /** The least time that the next operation is expected to take. */
  get leastTripMs(): number {
    return this.#leastTripMs;
  }

  answered(now: number, sentAt: number): void {
    this.#answers[this.#oldest] = now;
    this.#trips[this.#oldest] = now - sentAt;
    this.#oldest = (this.#oldest + 1) % this.#answers.length;
    const least = Math.min(...this.#trips);
    const spread = Math.max(...this.#trips) - least;
    this.#leastTripMs = Math.max(0, least - spread);
  }
}
