import type { CardBlock, SourcesBlock, TextBlock } from "../contract/card-block.ts";
import { type BlockSize, type CardWrite, NO_SIZE } from "../contract/card-driver.ts";
import type { FilePart, TextPart, ToolPart } from "../run/run-part.ts";
import type { LanePlace, LaneView } from "../view/lane-view.ts";
import { Holder } from "./holder.ts";
import type { Page } from "./page.ts";
import { PageHolders } from "./page-holders.ts";
import { PageList } from "./page-list.ts";
import type { Pager, PagerOptions, UpdateOptions } from "./pager.ts";
import { ReadyTexts } from "./ready-texts.ts";
import { MIN_TEXT_BYTES } from "./reserved-room.ts";
import { Slice } from "./slice.ts";
import type { PageTurner, PlacedSlice } from "./slice-writer.ts";
import { TextFlow } from "./text-flow.ts";
import { ToolPlacement } from "./tool-placement.ts";

/** Bytes from which on a slice closes, until the pace of the run is known. */
const FIRST_SLICE_BYTES = 300;

/** Smallest number of links that are worth standing on a page. If only fewer fit, the page is turned. */
const MIN_SOURCES = 3;

/**
 * Pager of a platform whose cards take elements: texts are cut into slices, each in an element of its own, and
 * everything else stands whole. A slice and a page turn are cuts of the same kind, of different size.
 */
export class ElementPager implements Pager, PageTurner {
  sliceBytes = FIRST_SLICE_BYTES;
  readonly #options: PagerOptions;
  readonly #pages: PageList;
  readonly #holders: PageHolders;
  /** Exists from the run's first tool call. */
  #tools: ToolPlacement | undefined;
  readonly #ready: ReadyTexts;
  readonly #flows = new Map<TextPart, TextFlow>();
  readonly #placed = { files: [] as FilePart[], hasSources: false };

  /** @param hasReadyTexts Texts without a character may stand ready at the end of a page. */
  constructor(options: PagerOptions & { readonly hasReadyTexts: boolean }) {
    this.#options = options;
    this.#pages = new PageList(options);
    this.#holders = new PageHolders(this, options);
    this.#ready = new ReadyTexts(options.hasReadyTexts);
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

  update(
    lanes: readonly LaneView[],
    { isReleasing = false, sliceBytes = this.sliceBytes }: UpdateOptions = {},
  ): void {
    this.sliceBytes = sliceBytes;
    this.#holders.open(lanes, this.#pages.count === 1);
    for (const lane of lanes) this.#takeLane(lane, isReleasing);
    this.#holders.refresh(lanes);
  }

  placeSources(block: SourcesBlock): void {
    if (this.#placed.hasSources) return;
    let shown = block;
    for (;;) {
      const size = this.#options.profile.measure(shown);
      if (this.current.room.has(size)) {
        this.#placed.hasSources = true;
        this.current.room.take(size);
        this.current.root.insert({ id: block.id, order: Number.POSITIVE_INFINITY, block: shown, size });
        return;
      }
      if (shown.sources.length > (this.current.isEmpty ? 1 : MIN_SOURCES)) {
        shown = { ...shown, sources: shown.sources.slice(0, -1), more: shown.more + 1 };
      } else if (this.current.isEmpty) return;
      else this.turnPage();
    }
  }

  blocks(pageIndex: number, isFinal: boolean): CardBlock[] {
    const page = this.#pages.at(pageIndex);
    const blocks = page === undefined ? [] : this.#blocksIn(page.root);
    if (isFinal) return blocks;
    return [...this.#visible(blocks), ...(page === this.current ? this.#ready.blocks : [])];
  }

  takeRoom(pageIndex: number, size: BlockSize, instead: BlockSize): boolean {
    const page = this.#pages.at(pageIndex);
    if (page?.room.has(size, instead) !== true) return false;
    page.room.giveBack(instead);
    page.room.take(size);
    return true;
  }

  textAfter(pageIndex: number, shown: ReadonlyMap<string, number>): string {
    return this.#pages.textAfter(pageIndex, shown);
  }

  forget(pageIndex: number): void {
    this.#pages.forget(pageIndex);
  }

  noteWritten(write: CardWrite): void {
    this.#ready.noteWritten(write);
  }

  noteRefused(write: CardWrite): void {
    this.#ready.noteRefused(write);
  }

  /** Puts an empty slice behind everything that appeared before its text in the run. */
  openSlice(text: TextPart, lane: LanePlace): PlacedSlice & { readonly separator: string } {
    const size = this.#sizeOfText(text.type);
    const around = text.type === "text" ? NO_SIZE : this.#holders.sizeAround(text);
    this.#makeRoom(lane, {
      bytes: size.bytes + around.bytes + MIN_TEXT_BYTES,
      elements: size.elements + around.elements,
    });
    const holder = text.type === "text" ? this.#holders.of(lane) : this.#holders.ofThought(text, lane);
    const page = this.current;
    // Ready texts stand behind everything else, so only a slice in that place can use one.
    const isLast = text.type === "text" && holder === page.root && page.root.endsBefore(text.order);
    const ready = isLast ? this.#ready.take() : undefined;
    const slice = new Slice(ready ?? page.newId(text.type === "text" ? "text" : "thought"), text);
    page.slices.push(slice);
    if (ready === undefined) page.room.take(size);
    holder.insert(slice);
    // A short answer needs no ready texts.
    const isLong = this.#pages.count > 1 || page.textAmount.bytes >= this.sliceBytes;
    if (isLong && isLast) this.#ready.refill(page, size);
    return { slice, page, separator: "" };
  }

  turnPage(): void {
    const { current } = this;
    this.#ready.leave();
    for (const flow of this.#flows.values()) flow.leave(current);
    this.#tools?.leave();
    this.#holders.leave();
    this.#pages.add();
  }

  #takeLane(lane: LaneView, isReleasing: boolean): void {
    for (const part of lane.parts) {
      if (part.type === "tool") this.#takeTool(part, lane);
      else if (part.type === "file") this.#takeFile(part, lane);
      else {
        const flow = this.#flowOf(part, lane);
        flow.read(isReleasing);
        // Blocks behind a text that waits for an image could turn the page before the rest of the text.
        if (part.isEnded && !flow.isDone) return;
      }
    }
  }

  #takeTool(part: ToolPart, lane: LaneView): void {
    const tool = lane.tool(part);
    if (tool === undefined) return;
    this.#tools ??= new ToolPlacement(this.#pages, this.#options);
    if (this.#tools.isLeftBehind(part)) return;
    // The holder comes first, because opening it may turn the page.
    if (this.#tools.put(part, tool, this.#holders.of(lane))) return;
    this.turnPage();
    this.#tools.put(part, tool, this.#holders.of(lane));
  }

  #takeFile(file: FilePart, lane: LaneView): void {
    if (this.#placed.files.includes(file)) return;
    const { images, profile } = this.#options;
    const key = images.keyOf(file);
    if (key === undefined && !images.isLost(file)) return;
    this.#placed.files.push(file);
    const url = "url" in file.content && key === undefined ? file.content.url : undefined;
    const image = {
      type: "image",
      ...(key !== undefined && { key }),
      ...(url !== undefined && { url }),
    } as const;
    const size = profile.measure({ ...image, id: "image-99" });
    this.#makeRoom(lane, size);
    const holder = this.#holders.of(lane);
    const id = this.current.newId("image");
    this.current.room.take(size);
    holder.insert({ id, order: file.order, block: { ...image, id, ...holder.place }, size });
  }

  #flowOf(text: TextPart, lane: LaneView): TextFlow {
    const known = this.#flows.get(text);
    if (known !== undefined) return known;
    const { images, profile } = this.#options;
    const { key, head } = lane;
    const flow = new TextFlow({
      text,
      lane: head === undefined ? { key } : { key, head },
      profile,
      pages: this,
      images: text.type === "text" ? images : undefined,
    });
    this.#flows.set(text, flow);
    return flow;
  }

  /** Opens a lane, and turns the page where it has no room for the next block of the lane. */
  #makeRoom(lane: LanePlace, size: BlockSize): void {
    this.#holders.of(lane);
    if (!this.current.room.has(size) && !this.current.isEmpty) this.turnPage();
    this.#holders.of(lane);
  }

  #sizeOfText(type: TextPart["type"]): BlockSize {
    const empty: TextBlock =
      type === "text"
        ? { type: "text", id: "text-100", text: "" }
        : { type: "text", id: "thought-100", text: "", isReasoning: true };
    return this.#options.profile.measure(empty);
  }

  #blocksIn({ entries, block: holder }: Holder): CardBlock[] {
    return entries.flatMap((entry): CardBlock[] => {
      // A slice is empty where the page was turned before its first character.
      if (entry instanceof Slice) return entry.text === "" ? [] : [this.#textBlock(entry, holder)];
      if (!(entry instanceof Holder)) return [entry.block];
      return entry.block === undefined ? [] : [entry.block, ...this.#blocksIn(entry)];
    });
  }

  #textBlock(slice: Slice, holder: CardBlock | undefined): TextBlock {
    const flow = this.#flows.get(slice.owner);
    const isOpen = flow?.slice === slice && !flow.isDone;
    return {
      type: "text",
      id: slice.id,
      text: slice.text,
      ...(holder !== undefined && { within: holder.id }),
      ...(slice.owner.type === "reasoning" && { isReasoning: true }),
      ...(isOpen && { isOpen: true }),
    };
  }

  /**
   * Leaves out texts that are blank so far, or empties them where empty texts are allowed, and panels of thoughts
   * without any other text.
   */
  #visible(blocks: readonly CardBlock[]): readonly CardBlock[] {
    const shown = blocks.flatMap((block): CardBlock[] => {
      if (block.type !== "text" || block.text.trim() !== "") return [block];
      return this.#ready.areAllowed && block.within === undefined ? [{ ...block, text: "" }] : [];
    });
    if (shown.length === blocks.length) return shown;
    const filled = new Set(shown.map(({ within }) => within));
    return shown.filter((block) => block.type !== "reasoning" || filled.has(block.id));
  }
}
