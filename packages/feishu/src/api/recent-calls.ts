/** The calls of one API that count at a time: those in flight, and those that were answered within the last minute. */
export class RecentCalls {
  /** Times of the answers, oldest first, in the clock's milliseconds. */
  readonly #answers: number[] = [];
  #inFlight = 0;

  /** Number of all calls that count. */
  get count(): number {
    return this.#answers.length + this.#inFlight;
  }

  /** Time of the oldest answer. */
  get oldestAnswer(): number | undefined {
    return this.#answers[0];
  }

  /** Notes that a call leaves. */
  leave(): void {
    this.#inFlight += 1;
  }

  /** Notes the end of a call. @param answeredAt `undefined` for a call that was never sent. */
  end(answeredAt: number | undefined): void {
    this.#inFlight -= 1;
    if (answeredAt !== undefined) this.#answers.push(answeredAt);
  }

  /** Forgets the answers up to a time. */
  forget(until: number): void {
    while ((this.#answers[0] ?? Number.POSITIVE_INFINITY) <= until) this.#answers.shift();
  }

  /**
   * Computes the time at which the next call may leave, so that no window has more than `limit` calls; `Infinity` where
   * it waits for an answer.
   */
  freeAt(limit: number, windowMs: number): number {
    const room = limit - this.#inFlight;
    if (room <= 0) return Number.POSITIVE_INFINITY;
    // With `room` calls left, the answer that many before the newest has to have left the window.
    const answer = this.#answers[this.#answers.length - room];
    return answer === undefined ? 0 : answer + windowMs;
  }
}
