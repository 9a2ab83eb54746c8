import type { CardBlock } from "../contract/card-block.ts";
import { type CardWriteError, type OpenedCard, toCardWriteError } from "../contract/card-driver.ts";
import type { CardIds, FinalizedBy } from "../contract/card-result.ts";
import { Wakeup } from "../wakeup.ts";
import { Backoff } from "../writes/backoff.ts";
import { plainBlocks } from "../writes/card-progress.ts";
import { lastResortOf, type MissingText, type RunCards } from "./run-cards.ts";
import { Settling } from "./settling.ts";
import { MAX_SLICE_BYTES } from "./slice-size.ts";
import type { StreamedCardsParts } from "./streamed-cards.ts";

/** Longest wait in milliseconds before a card is tried again. */
const MAX_WAIT_MS = 3_000;

interface SentCard extends CardIds {
  readonly blocks: readonly CardBlock[];
  readonly by: FinalizedBy;
}

/** Cards of one run that are sent once, when it is over: each whole and final, one after the other. */
export class UnstreamedCards implements RunCards {
  readonly #parts: StreamedCardsParts;
  readonly #settling: Settling;
  readonly #wakeup: Wakeup;
  readonly #backoff = new Backoff();
  readonly #sent: SentCard[] = [];
  /** Next card to be sent. It is plain text once the platform refused to draw its content. */
  #next = { attempt: 0, isPlain: false };
  #isCalling = false;
  /** A card could not be made, so its text and the text behind it are sent in a message. */
  #isCutOff = false;

  constructor(parts: StreamedCardsParts) {
    const { clock, driver } = parts;
    this.#parts = parts;
    this.#wakeup = new Wakeup(clock, () => this.wake());
    this.#settling = new Settling({
      clock,
      isWaiting: () => driver.isWaiting === true,
      onLastAnswers: () => this.wake(),
      onGivenUp: (afterMs) => this.#giveUp(afterMs),
    });
  }

  get hasBegun(): boolean {
    return this.#sent.length > 0 || this.#isCalling;
  }

  get cards(): CardIds[] {
    return this.#sent.map(({ cardId, messageId }) => ({ cardId, messageId }));
  }

  get finalizedBy(): FinalizedBy | undefined {
    return this.#isCutOff ? undefined : lastResortOf(this.#sent.map(({ by }) => by));
  }

  get missing(): MissingText | undefined {
    return this.#parts.contents.missing(this.#sent.map(({ blocks }) => ({ blocks, isFinalized: true })));
  }

  finish(): void {
    this.#settling.progressed();
  }

  wake(): void {
    const { clock, contents } = this.#parts;
    if (this.#isCalling) return;
    this.#settling.answered();
    if (!this.#settling.isSending || !contents.isComplete) return;
    const now = clock.now();
    const from = this.#backoff.until(MAX_WAIT_MS);
    if (from > now) {
      this.#wakeup.at(from);
      return;
    }
    contents.advance(now, MAX_SLICE_BYTES);
    // The last look at the run may have begun to upload an image.
    if (!contents.isComplete) return;
    if (this.#isCutOff || this.#sent.length === contents.cardCount) this.#settle();
    else this.#send();
  }

  #send(): void {
    const { clock, driver, contents } = this.#parts;
    const cardIndex = this.#sent.length;
    const { attempt, isPlain } = this.#next;
    const { blocks: drawn, summary } = contents.content(cardIndex);
    const blocks = isPlain ? plainBlocks(drawn) : drawn;
    const sentAt = clock.now();
    const isWanted = () => this.#settling.isSending;
    this.#isCalling = true;
    const answered = (handle: () => void) => {
      this.#isCalling = false;
      if (this.#settling.stage !== "settled") handle();
      this.wake();
    };
    driver.open({ blocks, cardIndex, attempt, summary, isWanted }).then(
      (card) => answered(() => this.#opened(card, isPlain ? "plain" : "changes")),
      (thrown) => answered(() => this.#failed(toCardWriteError(thrown), clock.now() - sentAt)),
    );
  }

  #opened({ cardId, messageId, blocks }: OpenedCard, by: FinalizedBy): void {
    const { listener } = this.#parts;
    this.#sent.push({ cardId, messageId, blocks, by });
    this.#next = { attempt: 0, isPlain: false };
    this.#backoff.succeeded();
    this.#settling.progressed();
    listener.onOpened({ cardId, messageId });
    if (this.#sent.length === 1) listener.onFirstText();
  }

  #failed(error: CardWriteError, tookMs: number): void {
    const { clock, listener } = this.#parts;
    listener.onTrouble(error);
    this.#backoff.failed(clock.now(), error, tookMs);
    if (error.isRetryable) return;
    if (error.isAboutContent && !this.#next.isPlain) {
      this.#next = { attempt: this.#next.attempt + 1, isPlain: true };
      return;
    }
    this.#isCutOff = true;
    this.#backoff.succeeded();
    if (this.#sent.length === 0) listener.onUnopened();
  }

  #giveUp(afterMs: number): void {
    const { listener } = this.#parts;
    listener.onGivenUp(afterMs);
    this.#isCutOff = true;
    if (this.#sent.length === 0) listener.onUnopened();
    this.#conclude();
  }

  #settle(): void {
    this.#settling.settle();
    this.#conclude();
  }

  #conclude(): void {
    this.#wakeup.clear();
    this.#parts.contents.conclude();
    this.#parts.listener.onSettled(this);
  }
}
