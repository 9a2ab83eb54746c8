import type { Clock } from "../clock.ts";
import type { CardBlock, TextBlock } from "../contract/card-block.ts";
import type { CardDriver, CardWriteError, OpenedCard } from "../contract/card-driver.ts";
import type { CardIds, FinalizedBy } from "../contract/card-result.ts";
import { KeptLayout } from "../pages/keep-layout.ts";
import { footSize } from "../pages/least-room.ts";
import { Paginator } from "../pages/paginate.ts";
import type { RunTimes } from "../run/run-times.ts";
import type { LayoutInfo, ResolvedBlockOptions } from "../view/block-options.ts";
import type { RunView } from "../view/run-view.ts";
import type { ResolvedPace, RunSpending } from "../writes/pace.ts";
import { type PageHost, PageWriter } from "../writes/page-writer.ts";
import type { PageContent } from "../writes/write-planner.ts";
import type { RunImages } from "./run-images.ts";

export interface CardPagesOptions {
  readonly driver: CardDriver;
  readonly clock: Clock;
  readonly pace: ResolvedPace;
  readonly sentenceMs: number;
  readonly spending: RunSpending;
  readonly view: RunView;
  readonly blocks: ResolvedBlockOptions;
  readonly images: RunImages;
  /** Cards are made when they are final. */
  readonly isStreaming: boolean;
  readonly times: Pick<RunTimes, "lastInputAt" | "inputGapMs">;
  readonly listener: CardPagesListener;
}

/** Who is told of what becomes of the cards. */
export interface CardPagesListener {
  onOpened(card: CardIds): void;
  /** The first card could not be made. */
  onUnopened(): void;
  /** The platform acknowledged text for the first time. */
  onFirstText(): void;
  onTrouble(error: CardWriteError): void;
  /** The layout did what it must not do. */
  onMisuse(error: unknown): void;
  /** Nothing has succeeded for too long after the run's end. */
  onGivenUp(afterMs: number): void;
  /** The run has ended, and each of its cards is finalized or given up. */
  onSettled(pages: CardPages): void;
}

/**
 * After the end of the run, its cards are given up when nothing has succeeded for so long. One call that hangs
 * leaves room for another; what remains of 15 seconds is for a plain message.
 */
const SETTLE_MS = 12_000;

/** A slice is closed when it has been written to so many times, and is not smaller or larger than this. */
const SLICE_WRITES = 5;
const LEAST_SLICE_BYTES = 110;
const MOST_SLICE_BYTES = 2_500;

/** At that time, a call that is under way has so much longer. */
const LAST_ANSWER_MS = 1_500;

/** Undecided text is shown as it stands after this time. */
const HOLD_MS = 1_000;

/** The cards of one run: puts its text on pages and keeps a writer for each. */
export class CardPages implements PageHost {
  readonly #options: CardPagesOptions;
  readonly #paginator: Paginator;
  readonly #hasSpares: boolean;
  #writers: readonly PageWriter[] = [];
  /** By page, like all lists here. */
  readonly #layouts: KeptLayout[] = [];
  #unsettled: readonly PageWriter[] = [];
  #held: { readonly shownLength: number; readonly timer: unknown } | undefined;
  #deadline: unknown;
  #textSince = 0;
  #isReleasing = false;
  /** Text of pages that were let go of before all of it was acknowledged. */
  readonly #unshown: string[] = [];
  #hasShownText = false;
  #isSettled = false;
  /** Nothing new is sent any more. */
  #isOver = false;
  #isGivenUp = false;
  /** A page has no card, and will have none. */
  #isCutOff = false;

  constructor(options: CardPagesOptions) {
    this.#options = options;
    const { view, images, blocks, driver } = options;
    const { profile } = driver;
    // Who lays out a card is not shown what has no content.
    this.#hasSpares =
      profile.structure === "elements" && profile.text === "prefix" && blocks.layout === undefined;
    this.#paginator = new Paginator({
      profile,
      foot: footSize(profile, blocks),
      hasSpares: this.#hasSpares,
      view,
      images,
    });
  }

  /** The first card is being made. */
  get hasBegun(): boolean {
    return this.#writers.length > 0;
  }

  get cards(): CardIds[] {
    return this.#writers.flatMap(({ card }) =>
      card === undefined ? [] : [{ cardId: card.cardId, messageId: card.messageId }],
    );
  }

  /** Something changed: opens, writes and finalizes what can be. */
  kick(): void {
    if (this.#isOver) return;
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
    if (this.#isOver) return;
    const { clock } = this.#options;
    clock.clearTimeout(this.#deadline);
    this.#deadline = clock.setTimeout(() => {
      // Who waits for a budget that is shared with others has not failed.
      if (this.#options.driver.isWaiting) this.finish();
      else this.#stopSending();
    }, SETTLE_MS);
  }

  /** The first half of giving up: what was sent is waited for a little, because its answer tells what the reader has. */
  #stopSending(): void {
    this.#isOver = true;
    for (const writer of this.#unsettled) writer.stopSending();
    this.#deadline = this.#options.clock.setTimeout(() => this.#giveUp(), LAST_ANSWER_MS);
    this.#giveUpIfIdle();
  }

  #giveUpIfIdle(): void {
    if (!this.#unsettled.some(({ isBusy }) => isBusy)) this.#giveUp();
  }

  #giveUp(): void {
    if (this.#isGivenUp) return;
    this.#isGivenUp = true;
    this.#options.clock.clearTimeout(this.#deadline);
    this.#options.listener.onGivenUp(SETTLE_MS);
    for (const writer of this.#writers) writer.giveUp();
    this.#settleIfDone();
  }

  /** The last resort that any of the cards needed; `undefined` where one is not finalized. */
  get finalizedBy(): FinalizedBy | undefined {
    const ways = this.#writers.map((writer) => writer.finalizedBy);
    return ways.includes(undefined) ? undefined : resorts.findLast((way) => ways.includes(way));
  }

  /**
   * The text that is on no card, as far as the platform acknowledged it.
   *
   * @returns `undefined` when every card is finalized with all of its text.
   */
  rest(): { readonly text: string; readonly isNothingShown: boolean } | undefined {
    this.#options.images.giveUp();
    this.#paginator.update(this.#options.view.lanes);
    const pages = Array.from({ length: this.#paginator.pageCount }, (_, page) => page);
    const text = pages.map((page) => this.#unshownText(page)).join("");
    const isFinalized = pages.every((page) => this.#writers[page]?.isFinalized);
    if (isFinalized && text === "") return undefined;
    const isShown = ({ acknowledged }: PageWriter) =>
      acknowledged.some((block) => isAnswer(block) && block.text !== "");
    return { text, isNothingShown: !this.#writers.some(isShown) };
  }

  #unshownText(page: number): string {
    const shown = (this.#writers[page]?.acknowledged ?? []).flatMap((block) =>
      block.type === "text" ? [[block.id, block.text.length] as const] : [],
    );
    return `${this.#unshown[page] ?? ""}${this.#paginator.sourceAfter(page, new Map(shown))}`;
  }

  #addWriter(): void {
    const writer = new PageWriter(this.#options, this.#writers.length, this);
    // One is usual: an array that grows by pushing has room for 17 at once.
    this.#writers = this.#writers.concat(writer);
    this.#unsettled = this.#unsettled.concat(writer);
  }

  turn(page: number): Promise<void> | undefined {
    return this.#writers[page - 1]?.lastAnswer;
  }

  opened(writer: PageWriter, card: OpenedCard): void {
    this.#options.listener.onOpened({ cardId: card.cardId, messageId: card.messageId });
    this.written(writer);
    this.kick();
  }

  idle(): void {
    this.#giveUpIfIdle();
  }

  settled(writer: PageWriter): void {
    const { page } = writer;
    this.#unsettled = this.#unsettled.filter((other) => other !== writer);
    if (page === 0 && writer.card === undefined) this.#options.listener.onUnopened();
    if (writer.card === undefined) this.#cutOff(page);
    if (page < this.#paginator.pageCount - 1) {
      this.#unshown[page] = this.#unshownText(page);
      this.#paginator.forget(page);
    }
    // The cards behind it may have waited for this one.
    this.kick();
  }

  /** What comes after text that no card shows is told behind it, not on cards before it. */
  #cutOff(page: number): void {
    this.#isCutOff = true;
    for (const later of this.#writers.slice(page + 1)) later.giveUp();
  }

  content(page: number): PageContent {
    const { view, images } = this.#options;
    if (view.isHurried) images.giveUp();
    this.#paginator.sliceBytes = this.#sliceBytes();
    this.#paginator.update(view.lanes, this.#isReleasing);
    this.#isReleasing = false;
    this.#watchHeld();
    const isComplete = this.#isComplete;
    const { sources } = view;
    if (isComplete && sources !== undefined) this.#paginator.placeSources(sources);
    const known = this.#writers.length;
    while (this.#writers.length < this.#paginator.pageCount && !this.#isCutOff) this.#addWriter();
    // Before that, the page is opened when the one before it is.
    if (this.#writers[known - 1]?.card !== undefined) this.#writers[known]?.kick();
    const isLast = page === this.#paginator.pageCount - 1;
    const isFinal = !isLast || isComplete;
    const placed = this.#paginator.page(page);
    // How the run ended is said when its last image is there.
    const isAwaiting = this.#options.spending.hasEnded && !isComplete;
    const foot = isAwaiting ? [] : view.foot(page);
    const texts = isFinal ? placed : [...visible(placed, this.#hasSpares), ...this.#paginator.spares(page)];
    // Kept by the card: an array that is spread into another one has room for 17 at once.
    const blocks = texts.concat(isLast ? foot : continued);
    const summary = isFinal ? view.summary : undefined;
    // The next card waits for this one.
    const isHurried = view.isHurried || !isLast;
    return { blocks: this.#laidOut(blocks, { card: page, isLast, isFinal }), summary, isHurried };
  }

  /** The run is over, and everything that it produced is there. */
  get #isComplete(): boolean {
    const { spending, images } = this.#options;
    return spending.hasEnded && (!images.isPending || this.#isOver);
  }

  #laidOut(blocks: readonly CardBlock[], info: LayoutInfo): readonly CardBlock[] {
    const { layout } = this.#options.blocks;
    const { profile } = this.#options.driver;
    if (layout === undefined || profile.structure === "slots") return blocks;
    const { listener } = this.#options;
    const onMisuse = (error: unknown) => listener.onMisuse(error);
    const kept = this.#layouts[info.card] ?? new KeptLayout({ layout, measure: profile.measure, onMisuse });
    this.#layouts[info.card] = kept;
    return kept.apply(blocks, info, (size, instead) => this.#paginator.takeRoom(info.card, size, instead));
  }

  /**
   * A slice is sent whole with each write, so it should be small; where a new one begins, some text waits for a write
   * of its own, so it should be large where much text comes between two writes.
   */
  #sliceBytes(): number {
    const { textBytes } = this.#paginator;
    const now = this.#options.clock.now();
    if (textBytes === 0) this.#textSince = now;
    const periodMs = this.#unsettled.at(-1)?.periodMs ?? 0;
    const perWrite = (textBytes * periodMs) / Math.max(now - this.#textSince, periodMs, 1);
    const bytes = perWrite * SLICE_WRITES;
    return Math.min(Math.max(bytes, LEAST_SLICE_BYTES), MOST_SLICE_BYTES);
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

  written(writer: PageWriter): void {
    if (this.#options.spending.hasEnded) this.finish();
    if (this.#hasShownText) return;
    if (!writer.acknowledged.some((block) => block.type === "text" && isVisible(block))) return;
    this.#hasShownText = true;
    this.#options.listener.onFirstText();
  }

  #settleIfDone(): void {
    if (this.#isSettled || !this.#options.spending.hasEnded) return;
    if (this.#unsettled.length > 0) return;
    this.#isSettled = true;
    this.#options.clock.clearTimeout(this.#held?.timer);
    this.#options.clock.clearTimeout(this.#deadline);
    this.#options.listener.onSettled(this);
  }
}

const resorts: readonly FinalizedBy[] = ["changes", "replace", "plain", "close"];

const continued: readonly CardBlock[] = [{ type: "status", id: "status", status: { phase: "continued" } }];

/** Leaves out text that is blank so far, and what would hold nothing else; a text that may stand ready is empty until then. */
function visible(blocks: readonly CardBlock[], hasSpares: boolean): CardBlock[] {
  const shown = blocks.flatMap((block): CardBlock[] => {
    if (block.type !== "text" || isVisible(block)) return [block];
    return hasSpares && block.within === undefined ? [{ ...block, text: "" }] : [];
  });
  if (shown.length === blocks.length) return shown;
  const filled = new Set(shown.map(({ within }) => within));
  return shown.filter((block) => block.type !== "reasoning" || filled.has(block.id));
}

function isVisible(block: TextBlock): boolean {
  return block.text.trim() !== "";
}

function isAnswer(block: CardBlock): block is TextBlock {
  return block.type === "text" && block.isReasoning !== true;
}
