import type { CardInput, CardStream, Clock, PartLike } from "@streamcard/core";
import { internalsOf } from "@streamcard/core/internal";

/** How long a run has for its next attempt, when an attempt closed without a word on how it ended. */
const NEXT_ATTEMPT_MS = 2_000;

/** What one run says to its card. With version 7's retries a run is several streams, one for each attempt. */
export class CardTap {
  readonly #card: CardStream;
  readonly #clock: Clock;
  readonly #writer: WritableStreamDefaultWriter<CardInput>;
  #hasEnd = false;
  #timer: unknown;

  /** @throws {TypeError} when something else is being piped into the card. */
  constructor(card: CardStream) {
    this.#card = card;
    this.#clock = internalsOf(card).clock;
    this.#writer = card.getWriter();
    void card.result.then(() => {
      this.#hasEnd = true;
      this.#clock.clearTimeout(this.#timer);
    });
  }

  /** Whether another attempt may go on with the run. */
  get isWaiting(): boolean {
    return this.#timer !== undefined;
  }

  /** Another attempt goes on with the run. */
  resume(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  push(part: PartLike): void {
    this.#hasEnd ||= part.type === "finish" || part.type === "abort" || part.type === "error";
    this.#card.push(part);
  }

  /** The stream closed: the run is over if it said so, and else if no other attempt comes. */
  close(): void {
    if (this.#hasEnd) void this.#card.finish();
    else this.#timer = this.#clock.setTimeout(() => this.#giveUp(), NEXT_ATTEMPT_MS);
  }

  /** The stream broke, or its reader left. */
  cancel(reason: unknown): void {
    // A socket dies of something; a reader may leave without a word.
    if (reason === undefined) void this.#card.stop();
    else void this.#writer.abort(reason);
  }

  #giveUp(): void {
    this.#timer = undefined;
    void this.#card.finish();
  }
}
