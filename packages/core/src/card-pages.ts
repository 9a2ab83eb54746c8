import type { CardDriver, CardWriteError } from "./card-driver.ts";
import type { CardIds } from "./card-result.ts";
import type { TextRun } from "./card-state.ts";
import type { CardBlock, CardStatus, TextBlock } from "./card-view.ts";
import type { Clock } from "./clock.ts";
import { type PageContent, PageWriter } from "./page-writer.ts";
import { Paginator } from "./paginate.ts";

/** What all cards of a run should show now, before it is put on pages. */
export interface RunView {
  readonly texts: readonly TextRun[];
  readonly status?: CardStatus | undefined;
  /** The line for the chat list. */
  readonly summary: () => string;
  readonly hasEnded: boolean;
}

export interface CardPagesOptions {
  readonly driver: CardDriver;
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly view: () => RunView;
  readonly lastInputAt: () => number;
  readonly onOpened: (card: CardIds) => void;
  /** The first card could not be made. */
  readonly onUnopened: () => void;
  /** The platform acknowledged text for the first time. */
  readonly onFirstText: () => void;
  readonly onTrouble: (error: CardWriteError) => void;
  /** The run has ended, and each of its cards is finalized or given up. */
  readonly onSettled: () => void;
}

/** After the end of the run, its cards are given up when nothing has succeeded for so long. */
const SETTLE_MS = 15_000;

/** Undecided text is shown as it stands after this time. */
const HOLD_MS = 1_000;

/** The cards of one run: puts its text on pages and keeps a writer for each. */
export class CardPages {
  readonly #options: CardPagesOptions;
  readonly #paginator: Paginator;
  readonly #writers: PageWriter[] = [];
  #unsettled: readonly PageWriter[] = [];
  #held: { readonly shownLength: number; readonly timer: unknown } | undefined;
  #deadline: unknown;
  #isReleasing = false;
  #hasShownText = false;
  #isSettled = false;

  constructor(options: CardPagesOptions) {
    this.#options = options;
    this.#paginator = new Paginator(options.driver.profile);
  }

  get cards(): CardIds[] {
    return this.#writers.flatMap(({ card }) =>
      card === undefined ? [] : [{ cardId: card.cardId, messageId: card.messageId }],
    );
  }

  /** Something changed: opens, writes and finalizes what can be. */
  kick(): void {
    if (this.#writers.length === 0) this.#addWriter();
    for (const writer of this.#unsettled) {
      writer.kick();
      // The reader's messages come in the order of their pages.
      if (writer.card === undefined && !writer.isSettled) return;
    }
    this.#settleIfDone();
  }

  /** The run has ended: from now on the cards settle, with what was acknowledged if there is no more to be had. */
  finish(): void {
    const { clock } = this.#options;
    clock.clearTimeout(this.#deadline);
    this.#deadline = clock.setTimeout(() => {
      for (const writer of this.#writers) writer.giveUp();
    }, SETTLE_MS);
  }

  /**
   * The text that is on no card, as far as the platform acknowledged it.
   *
   * @returns `undefined` when every card is finalized with all of its text.
   */
  rest(): { readonly text: string; readonly isNothingShown: boolean } | undefined {
    this.#paginator.update(this.#options.view().texts);
    let text = "";
    let isNothingShown = true;
    let isFinalized = this.#writers.length === this.#paginator.pageCount;
    for (let page = 0; page < this.#paginator.pageCount; page += 1) {
      const writer = this.#writers[page];
      isFinalized &&= writer?.isFinalized === true;
      const shown = new Map((writer?.acknowledged ?? []).map((block) => [block.id, block]));
      if ([...shown.values()].some((block) => block.type === "text" && block.text !== ""))
        isNothingShown = false;
      for (const block of this.#paginator.page(page)) {
        const known = shown.get(block.id);
        text += block.text.slice(known?.type === "text" ? known.text.length : 0);
      }
    }
    return isFinalized && text === "" ? undefined : { text, isNothingShown };
  }

  #addWriter(): void {
    const page = this.#writers.length;
    const { driver, clock, intervalMs, lastInputAt, onOpened, onTrouble } = this.#options;
    const writer = new PageWriter({
      page,
      driver,
      clock,
      intervalMs,
      lastInputAt,
      onTrouble,
      onOpened: (card) => {
        onOpened(card);
        this.#noteProgress(writer);
        this.kick();
      },
      content: () => this.#content(page),
      onWritten: () => this.#noteProgress(writer),
      onSettled: () => {
        this.#unsettled = this.#unsettled.filter((other) => other !== writer);
        if (page === 0 && writer.card === undefined) this.#options.onUnopened();
        if (writer.isFinalized && page < this.#paginator.pageCount - 1) this.#paginator.forget(page);
        this.#settleIfDone();
      },
    });
    this.#writers.push(writer);
    this.#unsettled = [...this.#unsettled, writer];
  }

  #content(page: number): PageContent {
    const view = this.#options.view();
    this.#paginator.update(view.texts, this.#isReleasing);
    this.#isReleasing = false;
    this.#watchHeld();
    const known = this.#writers.length;
    while (this.#writers.length < this.#paginator.pageCount) this.#addWriter();
    // Before that, the page is opened when the one before it is.
    if (this.#writers[known - 1]?.card !== undefined) this.#writers[known]?.kick();
    const isLast = page === this.#paginator.pageCount - 1;
    const isFinal = !isLast || view.hasEnded;
    const texts = this.#paginator.page(page).filter((block) => isFinal || isVisible(block));
    const status: CardStatus | undefined = isLast ? view.status : { phase: "continued" };
    const blocks: CardBlock[] =
      status === undefined ? texts : [...texts, { type: "status", id: "status", status }];
    return { blocks, summary: isFinal ? view.summary() : undefined };
  }

  /** Lets go of text that has been undecided for too long. */
  #watchHeld(): void {
    const { clock } = this.#options;
    const { isHolding, shownLength } = this.#paginator;
    if (isHolding && this.#held?.shownLength === shownLength) return;
    clock.clearTimeout(this.#held?.timer);
    this.#held = undefined;
    if (!isHolding) return;
    const timer = clock.setTimeout(() => {
      this.#held = undefined;
      this.#isReleasing = true;
      this.kick();
    }, HOLD_MS);
    this.#held = { shownLength, timer };
  }

  #noteProgress(writer: PageWriter): void {
    if (this.#options.view().hasEnded) this.finish();
    if (this.#hasShownText) return;
    if (!writer.acknowledged.some((block) => block.type === "text" && isVisible(block))) return;
    this.#hasShownText = true;
    this.#options.onFirstText();
  }

  #settleIfDone(): void {
    if (this.#isSettled || !this.#options.view().hasEnded) return;
    if (this.#unsettled.length > 0) return;
    this.#isSettled = true;
    this.#options.clock.clearTimeout(this.#held?.timer);
    this.#options.clock.clearTimeout(this.#deadline);
    this.#options.onSettled();
  }
}

function isVisible(block: TextBlock): boolean {
  return block.text.trim() !== "";
}
