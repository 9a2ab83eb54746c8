const SECOND_MS = 1_000;

/**
 * A limit of so many operations a second, kept without knowing when they arrive: one may be sent a second after the
 * answer to the one that many before it.
 */
export class AnswerWindow {
  /** When the last operations were answered, as many as a second has room for; the oldest is overwritten next. */
  readonly #answers: number[];
  #oldest = 0;

  constructor(perSecond: number) {
    this.#answers = new Array<number>(perSecond).fill(-SECOND_MS);
  }

  /** When the next operation may be sent; 0 while there is room. */
  get freeAt(): number {
    return (this.#answers[this.#oldest] ?? 0) + SECOND_MS;
  }

  answered(now: number): void {
    this.#answers[this.#oldest] = now;
    this.#oldest = (this.#oldest + 1) % this.#answers.length;
  }
}
