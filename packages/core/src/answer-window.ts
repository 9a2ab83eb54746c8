const SECOND_MS = 1_000;

/**
 * A limit of so many operations a second, kept without knowing when they arrive: one may be sent a second after the
 * answer to the one that many before it.
 */
export class AnswerWindow {
  readonly #perSecond: number;
  /** When the last operations were answered, as many as a second has room for. */
  readonly #answers: number[] = [];

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** When the next operation may be sent; 0 while there is room. */
  get freeAt(): number {
    return this.#answers.length < this.#perSecond ? 0 : (this.#answers[0] ?? 0) + SECOND_MS;
  }

  answered(now: number): void {
    this.#answers.push(now);
    if (this.#answers.length > this.#perSecond) this.#answers.shift();
  }
}
