import type { CardBlock, SourcesBlock, TextBlock } from "../contract/card-block.ts";
import type { TextPart } from "../run/run-part.ts";
import type { LaneView } from "../view/lane-view.ts";
import type { Page } from "./page.ts";
import { PageList } from "./page-list.ts";
import type { Pager, PagerOptions, UpdateOptions } from "./pager.ts";
import { Slice } from "./slice.ts";
import type { PageTurner, PlacedSlice } from "./slice-writer.ts";
import { SlotValues } from "./slot-values.ts";
import { TextFlow } from "./text-flow.ts";

/**
 * Pager of a platform whose cards have slots: one streamed text for the whole answer, and named values beside it.
 * Texts of a run follow each other in it, each when the one before it is complete.
 */
export class SlotPager implements Pager, PageTurner {
  /** Infinity, because the text is cut only at the end of a card. */
  readonly sliceBytes = Number.POSITIVE_INFINITY;
  readonly #options: PagerOptions;
  readonly #pages: PageList;
  readonly #values: SlotValues;
  readonly #flows = new Map<TextPart, TextFlow>();
  /** Values of the pages that were left, as they were then. */
  readonly #leftValues: CardBlock[][] = [];
  #lanes: readonly LaneView[] = [];

  constructor(options: PagerOptions) {
    this.#options = options;
    this.#pages = new PageList(options);
    this.#values = new SlotValues(options);
  }

  get pageCount(): number {
    return this.#pages.count;
  }

  get current(): Page {
    return this.#pages.current;
  }

  get isHolding(): boolean {
    return [...this.#flows.values()].some(({ isHolding }) => isHolding);
  }

  get shownLength(): number {
    return this.#pages.length;
  }

  get textBytes(): number {
    return this.#pages.textBytes;
  }

  update(lanes: readonly LaneView[], { isReleasing = false }: UpdateOptions = {}): void {
    this.#lanes = lanes;
    for (const lane of lanes) {
      for (const part of lane.parts) {
        if (part.type !== "text") continue;
        const flow = this.#flowOf(part, lane);
        flow.read(isReleasing);
        if (!flow.isDone) return;
      }
    }
  }

  placeSources(block: SourcesBlock): void {
    this.#values.sources ??= block;
  }

  blocks(pageIndex: number, isFinal: boolean): CardBlock[] {
    const page = this.#pages.at(pageIndex);
    const values = this.#leftValues[pageIndex] ?? this.#values.blocks(this.#lanes, pageIndex);
    const text = (page?.slices ?? []).map((slice) => this.#textBlock(slice));
    return [...text.filter((block) => block.text !== "" && (isFinal || block.text.trim() !== "")), ...values];
  }

  takeRoom(): boolean {
    return false;
  }

  textAfter(pageIndex: number, shown: ReadonlyMap<string, number>): string {
    return this.#pages.textAfter(pageIndex, shown);
  }

  forget(pageIndex: number): void {
    this.#pages.forget(pageIndex);
  }

  noteWritten(): void {}

  noteRefused(): void {}

  /** Gives a text its place in the one text of the card. The separator closes the Markdown of the text before it. */
  openSlice(text: TextPart): PlacedSlice & { readonly separator: string } {
    const page = this.current;
    const [shared] = page.slices;
    if (shared !== undefined) return { slice: shared, page, separator: `${this.#closing(shared)}\n\n` };
    const slice = new Slice("text-1", text);
    page.slices.push(slice);
    page.room.take(this.#options.profile.measure({ type: "text", id: "text-1", text: "" }));
    page.root.insert(slice);
    return { slice, page, separator: "" };
  }

  turnPage(): void {
    const { current } = this;
    this.#leftValues.push(this.#values.blocks(this.#lanes, this.#pages.count - 1));
    this.#values.leave(this.#lanes);
    for (const flow of this.#flows.values()) flow.leave(current);
    this.#pages.add();
  }

  #flowOf(text: TextPart, lane: LaneView): TextFlow {
    const known = this.#flows.get(text);
    if (known !== undefined) return known;
    const { profile, images } = this.#options;
    const flow = new TextFlow({ text, lane: { key: lane.key }, profile, pages: this, images });
    this.#flows.set(text, flow);
    return flow;
  }

  #textBlock(slice: Slice): TextBlock {
    const isOpen = [...this.#flows.values()].some((flow) => flow.slice === slice && !flow.isDone);
    const close = this.#options.profile.tail === "close" ? this.#closing(slice) : "";
    return {
      type: "text",
      id: slice.id,
      text: slice.text,
      ...(isOpen && { isOpen: true }),
      ...(close !== "" && { close }),
    };
  }

  /** Returns the text that closes the Markdown which is open at the end of a slice. */
  #closing(slice: Slice): string {
    return [...this.#flows.values()].findLast((flow) => flow.slice === slice)?.closing(slice.text) ?? "";
  }
}
