import type { CardWriteError } from "../contract/card-driver.ts";
import type { FinalizedBy } from "../contract/card-result.ts";

/** Ways to finalize a card, each one asking less of the platform than the one before. */
const rungs = ["changes", "close", "replace", "plain"] as const;

export type Rung = (typeof rungs)[number];

/** Outcomes that stay unknown make the next rung likelier to work than a third try on the same one. */
const TRIES_PER_RUNG = 2;

/**
 * How a card is finalized when the platform refuses: by the changes that are missing; by closing the stream over
 * what is shown, so that it says "generating" no longer; by replacing the card; by replacing it with plain text.
 */
export class FinalizeLadder {
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

  /** Nothing is left to be tried. */
  get isSpent(): boolean {
    return this.#rounds === MOST_ROUNDS;
  }

  /**
   * The platform accepted the rung that was tried.
   *
   * @returns how the card is finalized; `undefined` where there is more to do.
   */
  succeeded(): FinalizedBy | undefined {
    if (this.rung !== "close") return this.rung;
    this.#isClosed = true;
    this.#climb();
    return this.isSpent ? "close" : undefined;
  }

  failed({ outcome, isRetryable, isAboutContent }: CardWriteError): void {
    // A rate, or a reader who is clicking: what was asked is all right, only not now.
    if (outcome === "refused" && isRetryable) return;
    this.#tries += 1;
    if (outcome === "refused") {
      this.#refuse(this.rung);
      // Less to draw helps only where drawing is the trouble.
      if (this.rung === "replace" && !isAboutContent) this.#refuse("plain");
    } else if (this.#tries < TRIES_PER_RUNG) return;
    this.#climb();
  }

  #refuse(rung: Rung): void {
    this.#refused = [...this.#refused, rung];
  }

  /** On to the next rung that was not refused, from the last one back to the first. */
  #climb(): void {
    this.#tries = 0;
    for (const _ of rungs) {
      this.#at = (this.#at + 1) % rungs.length;
      if (!this.#refused.includes(this.rung) && !(this.rung === "close" && this.#isClosed)) return;
    }
    // All are refused. A card that still says "generating" is worth a second round.
    this.#rounds = this.#isClosed ? MOST_ROUNDS : this.#rounds + 1;
    this.#refused = [];
    this.#at = 0;
  }
}

const MOST_ROUNDS = 2;
