import { type CardBlock, hasText, type TextBlock } from "../contract/card-block.ts";
import type { CardWrite, CardWriteError, DriverProfile } from "../contract/card-driver.ts";
import type { FinalizedBy } from "../contract/card-result.ts";
import { Backoff } from "./backoff.ts";
import { FinalizeLadder, type Rung } from "./finalize-ladder.ts";
import { afterUnknown, afterWrite, initiallyShown, type Shown, shownLength } from "./reconcile.ts";

/** Longest time, in milliseconds, that a card is left open for its last text to be typed. */
const MAX_TYPING_MS = 1_000;

/**
 * Refusals after which a kind of write is not tried again: text becomes a change, a change a replacement of the card.
 */
const MAX_REFUSALS = 3;

const NOTHING_SHOWN: Shown = initiallyShown([]);

/** State of one card: the blocks that the platform acknowledged, and the kinds of writes that it refused. */
export class CardProgress {
  readonly #profile: Pick<DriverProfile, "text" | "typingMs">;
  /** Absent while there is no card. */
  #shown: Shown | undefined;
  #ladder = new FinalizeLadder();
  /** Back-off of its own, because text that gets through is no reason to try refused changes sooner. */
  readonly #structureBackoff = new Backoff();
  readonly #refusals = { text: 0, structure: 0 };
  #isTextFailing = false;
  #isPlain = false;
  #isStuck = false;

  constructor(profile: Pick<DriverProfile, "text" | "typingMs">) {
    this.#profile = profile;
  }

  /** There is a card that takes writes. */
  get isOpen(): boolean {
    return this.#shown !== undefined;
  }

  get shown(): Shown {
    return this.#shown ?? NOTHING_SHOWN;
  }

  /** Way in which the platform takes text that grows. */
  get typing(): DriverProfile["text"] {
    return this.#profile.text;
  }

  /** The next way to finalize the card. */
  get rung(): Rung {
    return this.#ladder.rung;
  }

  /** No way to finalize the card is left. */
  get isExhausted(): boolean {
    return this.#ladder.isExhausted;
  }

  /** The platform closed the card's stream, whatever the card shows. */
  get isClosed(): boolean {
    return this.#ladder.isClosed;
  }

  /** A write of text failed, and no write has succeeded since. */
  get isTextFailing(): boolean {
    return this.#isTextFailing;
  }

  /** The platform refuses to draw the content, so the answer is shown as plain text. */
  get isPlain(): boolean {
    return this.#isPlain;
  }

  /** The platform refused to replace the card even by plain text, so only finalizing may still work. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** Text was refused too often to be streamed; it is written as a change of its block. */
  get cannotStreamText(): boolean {
    return this.#refusals.text >= MAX_REFUSALS;
  }

  /** Changes were refused too often; the card is replaced instead. */
  get cannotChange(): boolean {
    return this.#refusals.structure >= MAX_REFUSALS;
  }

  /** Time in the clock's milliseconds from which a change of the structure may be tried. */
  get structureFrom(): number {
    return this.#structureBackoff.until();
  }

  /** The reader sees text of the run. */
  get hasText(): boolean {
    return this.shown.blocks.some(hasText);
  }

  /** Returns the blocks as the platform is known to draw them: plain text once it refused more. */
  drawable(blocks: readonly CardBlock[]): readonly CardBlock[] {
    return this.#isPlain ? plainBlocks(blocks) : blocks;
  }

  /** Returns the time in milliseconds that a client takes to type the characters which a write adds to a text. */
  typingMs(block: TextBlock): number {
    const characters = block.text.length - shownLength(this.shown, block.id);
    return Math.min(characters * (this.#profile.typingMs ?? 0), MAX_TYPING_MS);
  }

  /** Notes that the card is there with these blocks. */
  opened(blocks: readonly CardBlock[]): void {
    this.#shown = initiallyShown(blocks);
  }

  /** Notes that the card is gone and another one takes its place. */
  startedAnew(): void {
    this.#shown = undefined;
    this.#ladder = new FinalizeLadder();
    this.#isStuck = false;
  }

  /** Notes that the platform acknowledged a write. @returns the resort by which the card is final, if it is. */
  succeeded(write: CardWrite): FinalizedBy | undefined {
    if (write.type !== "text") this.#structureBackoff.succeeded();
    this.#shown = afterWrite(this.shown, write);
    this.#isStuck = false;
    this.#isTextFailing = false;
    if (write.type !== "finalize") return undefined;
    const by = this.#ladder.succeeded();
    // A card that had become plain text before its end is final as such.
    return this.#isPlain && (by === "changes" || by === "replace") ? "plain" : by;
  }

  /** Notes that a write failed. @param tookMs Time from its leaving to the failure, in milliseconds. */
  failed(write: CardWrite, error: CardWriteError, { now, tookMs }: { now: number; tookMs: number }): void {
    if (write.type === "text") this.#isTextFailing = true;
    if (write.type === "structure") this.#structureBackoff.failed(now, error, tookMs);
    if (error.outcome === "unknown") this.#shown = afterUnknown(this.shown);
    if (write.type === "finalize") this.#ladder.failed(error);
    else if (error.outcome === "refused" && !error.isRetryable) this.#refused(write, error);
  }

  /** Falls back: after a refused change the card is replaced, after a refused replacement it is plain text. */
  #refused(write: Exclude<CardWrite, { type: "finalize" }>, error: CardWriteError): void {
    this.#shown = afterUnknown(this.shown);
    if (write.type !== "replace") {
      this.#refusals[write.type] += 1;
      return;
    }
    this.#isStuck = this.#isPlain || !error.isAboutContent;
    this.#isPlain ||= error.isAboutContent;
  }
}

/** Reduces blocks to those that any platform can draw: the answer as plain text, and the status. */
export function plainBlocks(blocks: readonly CardBlock[]): CardBlock[] {
  return blocks.flatMap((block): CardBlock[] => {
    if (block.type === "status") return [block];
    if (block.type !== "text" || block.isReasoning || block.text === "") return [];
    const { within: _within, ...text } = block;
    return [{ ...text, isPlain: true }];
  });
}
