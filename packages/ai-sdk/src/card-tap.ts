import type { CardInput, CardStream, Clock, PartLike } from "@streamcard/core";
import { internalsOf } from "@streamcard/core/internal";

/** Time that a run has for its next attempt, in milliseconds, after an attempt that closed without an end. */
const NEXT_ATTEMPT_MS = 2_000;

/**
 * The connection of one run to its card. With the retries of version 7 a run is several streams, one for each
 * attempt.
 */
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

  /** True while another attempt may go on with the run. */
  get isWaiting(): boolean {
    return this.#timer !== undefined;
  }

  /** Goes on with the next attempt of the run. */
  resume(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  push(part: PartLike): void {
    this.#hasEnd ||= part.type === "finish" || part.type === "abort" || part.type === "error";
    this.#card.push(part);
  }

  /**
   * Takes in that the stream closed. The run is over at once if it told its end, else unless another attempt comes in
   * time.
   */
  close(): void {
    if (this.#hasEnd) void this.#card.finish();
    else this.#timer = this.#clock.setTimeout(() => this.#giveUp(), NEXT_ATTEMPT_MS);
  }

  /** Takes in that the stream broke, or that its reader left. */
  cancel(reason: unknown): void {
    // A dead socket has an error; a reader may leave without a reason.
    if (reason === undefined) void this.#card.stop();
    else void this.#writer.abort(reason);
  }

  #giveUp(): void {
    this.#timer = undefined;
    void this.#card.finish();
  }
}
