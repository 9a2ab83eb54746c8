import type { CardBlock } from "../contract/card-block.ts";
import type { CardWrite, DriverProfile } from "../contract/card-driver.ts";
import { createPager } from "../pages/create-pager.ts";
import { KeptLayout } from "../pages/keep-layout.ts";
import type { Pager } from "../pages/pager.ts";
import { footSize } from "../pages/reserved-room.ts";
import type { LayoutInfo, ResolvedBlockOptions } from "../view/block-options.ts";
import type { RunView } from "../view/run-view.ts";
import type { CardContent } from "../writes/next-step.ts";
import type { RunSpending } from "../writes/pace.ts";
import type { MissingText } from "./run-cards.ts";
import type { RunImages } from "./run-images.ts";

/** Blocks of a card that the platform acknowledged, and whether it is final. */
export interface SettledCard {
  readonly blocks: readonly CardBlock[];
  readonly isFinalized: boolean;
}

export interface CardContentsParts {
  readonly profile: DriverProfile;
  readonly view: RunView;
  readonly blocks: ResolvedBlockOptions;
  readonly images: RunImages;
  readonly spending: Pick<RunSpending, "hasEnded">;
  /** Called with the error of a layout that cannot be followed. */
  readonly onMisuse: (error: unknown) => void;
}

/** Longest time in milliseconds that text waits because its Markdown is undecided. */
const MAX_HOLD_MS = 1_000;

const continued: CardBlock = { type: "status", id: "status", status: { phase: "continued" } };

/** Contents of the cards of one run: its output on pages, with a foot and in the user's layout. */
export class CardContents {
  readonly #parts: CardContentsParts;
  readonly #pager: Pager;
  /** Layouts by card index, where the user has given one. */
  readonly #layouts: KeptLayout[] = [];
  /** Contents that were asked for since the last `advance()`, by card index. */
  readonly #drawn = new Map<number, CardContent>();
  /** Text of cards that were let go of before all of it was acknowledged, by card index. */
  readonly #unshown: string[] = [];
  #held: { readonly shownLength: number; readonly until: number } | undefined;
  /** False from `conclude()` on. */
  #waitsForImages = true;

  constructor(parts: CardContentsParts) {
    const { profile, view, images, blocks } = parts;
    this.#parts = parts;
    const foot = footSize(profile, blocks);
    this.#pager = createPager({ profile, foot, view, images }, blocks.layout !== undefined);
  }

  /** Number of cards that the run needs so far. */
  get cardCount(): number {
    return this.#pager.pageCount;
  }

  /** Bytes of the texts on all cards. */
  get textBytes(): number {
    return this.#pager.textBytes;
  }

  /** Time in the clock's milliseconds at which text that is held back is shown as it stands; Infinity where none is. */
  get heldUntil(): number {
    return this.#held?.until ?? Number.POSITIVE_INFINITY;
  }

  /** The run is over, and every image that it produced is there or given up. */
  get isComplete(): boolean {
    const { spending, images } = this.#parts;
    return spending.hasEnded && !(this.#waitsForImages && images.isPending);
  }

  /**
   * Takes in the run's output since the last call, and lays it out anew. `content()` stays the same between two
   * calls.
   */
  advance(now: number, sliceBytes: number): void {
    const { view, images } = this.#parts;
    this.#drawn.clear();
    if (view.isHurried) images.stopWaiting();
    const isReleasing = this.heldUntil <= now;
    this.#pager.update(view.lanes, { isReleasing, sliceBytes });
    this.#watchHeld(now, isReleasing);
    const { sources } = view;
    if (this.isComplete && sources !== undefined) this.#pager.placeSources(sources);
  }

  /** Takes in the last output of the run, and stops waiting for images. */
  conclude(): void {
    this.#waitsForImages = false;
    this.#parts.images.stopWaiting();
    this.#drawn.clear();
    this.#pager.update(this.#parts.view.lanes);
  }

  /** Returns the blocks that a card should show, as of the last `advance()`. */
  content(cardIndex: number): CardContent {
    const known = this.#drawn.get(cardIndex);
    if (known !== undefined) return known;
    const drawn = this.#draw(cardIndex);
    this.#drawn.set(cardIndex, drawn);
    return drawn;
  }

  /** Returns the text that the cards do not show; `undefined` when all of them are final with all of the text. */
  missing(cards: readonly SettledCard[]): MissingText | undefined {
    const indices = Array.from({ length: this.#pager.pageCount }, (_, index) => index);
    const text = indices.map((index) => this.#unshownText(index, cards[index]?.blocks ?? [])).join("");
    const isFinalized = indices.every((index) => cards[index]?.isFinalized);
    if (isFinalized && text === "") return undefined;
    return { text, isNothingShown: !cards.some(({ blocks }) => blocks.some(isAnswer)) };
  }

  /**
   * Lets go of the text of a card that is settled and not the last one, except the text that the reader has not seen.
   */
  letGo(cardIndex: number, acknowledged: readonly CardBlock[]): void {
    if (cardIndex >= this.#pager.pageCount - 1) return;
    this.#unshown[cardIndex] = this.#unshownText(cardIndex, acknowledged);
    this.#pager.forget(cardIndex);
  }

  /** Notes that the platform acknowledged a write. */
  noteWritten(write: CardWrite): void {
    this.#pager.noteWritten(write);
  }

  /** Notes that the platform refused a write for good. */
  noteRefused(write: CardWrite): void {
    this.#pager.noteRefused(write);
  }

  /** Returns the run's text that a card holds, or was let go with, and that is not among the acknowledged blocks. */
  #unshownText(cardIndex: number, acknowledged: readonly CardBlock[]): string {
    const shown = acknowledged.flatMap((block) =>
      block.type === "text" ? [[block.id, block.text.length] as const] : [],
    );
    const letGo = this.#unshown[cardIndex] ?? "";
    return `${letGo}${this.#pager.textAfter(cardIndex, new Map(shown))}`;
  }

  #draw(cardIndex: number): CardContent {
    const { view, spending } = this.#parts;
    const { isComplete } = this;
    const isLast = cardIndex === this.#pager.pageCount - 1;
    const isFinal = !isLast || isComplete;
    // The foot tells the end of the run, so it comes when the last image is there.
    const isAwaiting = spending.hasEnded && !isComplete;
    const foot = isAwaiting ? [] : view.foot(cardIndex);
    const blocks = [...this.#pager.blocks(cardIndex, isFinal), ...(isLast ? foot : [continued])];
    return {
      blocks: this.#laidOut(blocks, { card: cardIndex, isLast, isFinal }),
      summary: isFinal ? view.summary : undefined,
      // The next card waits for this one.
      isHurried: view.isHurried || !isLast,
    };
  }

  #laidOut(blocks: readonly CardBlock[], info: LayoutInfo): readonly CardBlock[] {
    const { blocks: options, profile, onMisuse } = this.#parts;
    const { layout } = options;
    if (layout === undefined || profile.structure === "slots") return blocks;
    const { card: cardIndex } = info;
    this.#layouts[cardIndex] ??= new KeptLayout({ layout, measure: profile.measure, onMisuse });
    const kept = this.#layouts[cardIndex];
    return kept.apply(blocks, info, (size, instead) => this.#pager.takeRoom(cardIndex, size, instead));
  }

  /** Notes since when text is held back, so that it is shown in time. */
  #watchHeld(now: number, isReleasing: boolean): void {
    const { isHolding, shownLength } = this.#pager;
    if (!isHolding) this.#held = undefined;
    else if (isReleasing || this.#held?.shownLength !== shownLength) {
      this.#held = { shownLength, until: now + MAX_HOLD_MS };
    }
  }
}

function isAnswer(block: CardBlock): boolean {
  return block.type === "text" && block.isReasoning !== true && block.text !== "";
}
