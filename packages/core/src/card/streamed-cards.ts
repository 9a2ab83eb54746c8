import type { CardBlock } from "../contract/card-block.ts";
import type { CardWrite, CardWriteError, OpenedCard } from "../contract/card-driver.ts";
import type { CardIds, FinalizedBy } from "../contract/card-result.ts";
import { Wakeup } from "../wakeup.ts";
import { CardPump, type CardPumpParts } from "../writes/card-pump.ts";
import type { CardHost, LiveCard } from "../writes/live-card.ts";
import type { CardContent } from "../writes/next-step.ts";
import type { CardContents } from "./card-contents.ts";
import { lastResortOf, type MissingText, type RunCards, type RunCardsListener } from "./run-cards.ts";
import { Settling } from "./settling.ts";
import { SliceSize } from "./slice-size.ts";

export interface StreamedCardsParts extends CardPumpParts {
  readonly contents: CardContents;
  readonly listener: RunCardsListener;
}

/** Cards of one run that show it while it goes on: a pump for each, and one look at the run per wake-up. */
export class StreamedCards implements RunCards, CardHost {
  readonly #parts: StreamedCardsParts;
  readonly #contents: CardContents;
  readonly #settling: Settling;
  readonly #wakeup: Wakeup;
  readonly #sliceSize = new SliceSize();
  readonly #pumps: CardPump[] = [];
  #hasShownText = false;
  /** A card could not be made or was lost, so the text behind it is sent in a message. */
  #isCutOff = false;

  constructor(parts: StreamedCardsParts) {
    const { clock, driver, contents } = parts;
    this.#parts = parts;
    this.#contents = contents;
    this.#wakeup = new Wakeup(clock, () => this.wake());
    this.#settling = new Settling({
      clock,
      isWaiting: () => driver.isWaiting === true,
      onLastAnswers: () => this.#awaitLastAnswers(),
      onGivenUp: (afterMs) => this.#giveUp(afterMs),
    });
  }

  get hasBegun(): boolean {
    return this.#pumps.length > 0;
  }

  get cards(): CardIds[] {
    return this.#lives.flatMap(({ opened }) =>
      opened === undefined ? [] : [{ cardId: opened.cardId, messageId: opened.messageId }],
    );
  }

  get finalizedBy(): FinalizedBy | undefined {
    return lastResortOf(this.#lives.map(({ finalizedBy }) => finalizedBy));
  }

  get missing(): MissingText | undefined {
    const settled = this.#lives.map(({ progress, finalizedBy }) => ({
      blocks: progress.shown.blocks,
      isFinalized: finalizedBy !== undefined,
    }));
    return this.#contents.missing(settled);
  }

  /** Looks at the run once, then lets each card take its next step. */
  wake(): void {
    if (this.#settling.stage === "last-answers" && !this.#isCalling) this.#settling.answered();
    if (!this.#settling.isSending) return;
    const now = this.#parts.clock.now();
    if (!this.hasBegun) this.#addPump();
    const readyAt = Math.min(...this.#open.map((pump) => pump.readyFrom(now)));
    this.#lookAgainAt(readyAt > now ? readyAt : this.#takeSteps(now));
    if (this.#open.length === 0) this.#settleIfDone();
  }

  finish(): void {
    this.#settling.progressed();
  }

  get isSending(): boolean {
    return this.#settling.isSending;
  }

  content(cardIndex: number): CardContent {
    return this.#contents.content(cardIndex);
  }

  mayShow(cardIndex: number): Promise<void> | undefined {
    return this.#lives[cardIndex - 1]?.finalAnswer;
  }

  opened(live: LiveCard, { cardId, messageId }: OpenedCard): void {
    this.#parts.listener.onOpened({ cardId, messageId });
    this.#succeeded(live);
  }

  written(live: LiveCard, write: CardWrite): void {
    this.#contents.noteWritten(write);
    this.#succeeded(live);
  }

  failed(_live: LiveCard, error: CardWriteError, write?: CardWrite): void {
    const isForGood = error.outcome === "refused" && !error.isRetryable;
    if (write !== undefined && isForGood) this.#contents.noteRefused(write);
    this.#parts.listener.onTrouble(error);
  }

  settled(live: LiveCard): void {
    const { cardIndex, opened, progress } = live;
    if (cardIndex === 0 && opened === undefined) this.#parts.listener.onUnopened();
    if (opened === undefined) this.#cutOff(cardIndex);
    this.#contents.letGo(cardIndex, progress.shown.blocks);
  }

  get #lives(): LiveCard[] {
    return this.#pumps.map(({ card }) => card);
  }

  /** Pumps of cards that are not settled. */
  get #open(): CardPump[] {
    return this.#pumps.filter(({ card }) => !card.isSettled);
  }

  get #isCalling(): boolean {
    return this.#lives.some(({ isCalling }) => isCalling);
  }

  /** Has each open card take its next step. @returns the time of the next look, in the clock's milliseconds. */
  #takeSteps(now: number): number {
    this.#contents.advance(
      now,
      this.#sliceSize.at(now, this.#contents.textBytes, this.#open.at(-1)?.periodMs ?? 0),
    );
    while (this.#pumps.length < this.#contents.cardCount && !this.#isCutOff) this.#addPump();
    let nextAt = this.#contents.heldUntil;
    for (const pump of this.#open) {
      nextAt = Math.min(nextAt, pump.step(this.content(pump.card.cardIndex)));
      // The reader's messages come in the order of their cards.
      if (pump.card.opened === undefined && !pump.card.isSettled) break;
    }
    return nextAt;
  }

  #lookAgainAt(time: number): void {
    if (time !== Number.POSITIVE_INFINITY) this.#wakeup.at(time);
  }

  #addPump(): void {
    this.#pumps.push(new CardPump(this.#parts, this, this.#pumps.length));
  }

  /** Gives up the cards behind one that is not there, because text after a gap must not stand on a card. */
  #cutOff(cardIndex: number): void {
    this.#isCutOff = true;
    for (const later of this.#lives.slice(cardIndex + 1)) later.giveUp();
  }

  #succeeded({ progress }: LiveCard): void {
    if (this.#parts.spending.hasEnded) this.#settling.progressed();
    if (this.#hasShownText || !progress.shown.blocks.some(isVisibleText)) return;
    this.#hasShownText = true;
    this.#parts.listener.onFirstText();
  }

  #settleIfDone(): void {
    if (!this.#parts.spending.hasEnded || this.#settling.stage === "settled") return;
    this.#settling.settle();
    this.#conclude();
  }

  #awaitLastAnswers(): void {
    if (!this.#isCalling) this.#settling.answered();
  }

  #giveUp(afterMs: number): void {
    this.#contents.conclude();
    this.#parts.listener.onGivenUp(afterMs);
    for (const live of this.#lives) live.giveUp();
    this.#conclude();
  }

  #conclude(): void {
    this.#wakeup.clear();
    this.#contents.conclude();
    this.#parts.listener.onSettled(this);
  }
}

function isVisibleText(block: CardBlock): boolean {
  return block.type === "text" && block.text.trim() !== "";
}
