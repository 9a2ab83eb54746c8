import type { CardWriteError } from "../contract/card-driver.ts";
import type { FinalizedBy } from "../contract/card-result.ts";

/** Ways to finalize a card, in the order in which they are tried: what reads best first, closing the stream as soon as that fails. */
const rungs = ["changes", "close", "replace", "plain"] as const;

export type Rung = (typeof rungs)[number];

/** Tries of one rung that end without an answer, after which the next rung is likelier to work. */
const MAX_TRIES_PER_RUNG = 2;

/** Rounds over all rungs, because a card that still says "generating" is worth a second one. */
const MAX_ROUNDS = 2;

/**
 * Order of the ways to finalize a card when the platform refuses: write the missing changes; close the stream over the
 * blocks that are shown, so that the card says "generating" no longer; replace the card; replace it with plain text.
 */
export class FinalizeLadder {
  /** Index of the rung that is tried next. */
  #at = 0;
  #tries = 0;
  #rounds = 0;
  #isClosed = false;
  #refused: readonly Rung[] = [];

  get rung(): Rung {
    return rungs[this.#at] ?? "plain";
  }

  /** The stream is closed, although the card does not show its final state. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** No rung is left to be tried. */
  get isExhausted(): boolean {
    return this.#rounds === MAX_ROUNDS;
  }

  /**
   * Notes that the platform accepted the rung that was tried.
   *
   * @returns the way in which the card is finalized; `undefined` where there is more to do.
   */
  succeeded(): FinalizedBy | undefined {
    if (this.rung !== "close") return this.rung;
    this.#isClosed = true;
    this.#climb();
    return this.isExhausted ? "close" : undefined;
  }

  /** Notes that the rung failed, and takes another one unless the same may work later. */
  failed({ outcome, isRetryable, isAboutContent }: CardWriteError): void {
    // A rate limit, or a reader who is clicking: the same write may work later.
    if (outcome === "refused" && isRetryable) return;
    this.#tries += 1;
    if (outcome === "refused") {
      this.#refuse(this.rung);
      // Less to draw helps only where drawing is the trouble.
      if (this.rung === "replace" && !isAboutContent) this.#refuse("plain");
    } else if (this.#tries < MAX_TRIES_PER_RUNG) return;
    this.#climb();
  }

  #refuse(rung: Rung): void {
    this.#refused = [...this.#refused, rung];
  }

  /** Goes on to the next rung that was not refused, and from the last one back to the first. */
  #climb(): void {
    this.#tries = 0;
    for (const _ of rungs) {
      this.#at = (this.#at + 1) % rungs.length;
      if (!this.#refused.includes(this.rung) && !(this.rung === "close" && this.#isClosed)) return;
    }
    // All are refused. A closed card needs no second round.
    this.#rounds = this.#isClosed ? MAX_ROUNDS : this.#rounds + 1;
    this.#refused = [];
    this.#at = 0;
  }
}
