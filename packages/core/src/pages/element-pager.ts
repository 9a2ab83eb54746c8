import type { CardBlock, SourcesBlock, TextBlock } from "../contract/card-block.ts";
import { type BlockSize, type CardWrite, NO_SIZE } from "../contract/card-driver.ts";
import type { FilePart, TextPart, ToolPart } from "../run/run-part.ts";
import type { LanePlace, LaneView } from "../view/lane-view.ts";
import { MIN_TEXT_BYTES } from "./least-room.ts";
import { Holder, type Page } from "./page.ts";
import { PageHolders } from "./page-holders.ts";
import { PageList } from "./page-list.ts";
import type { Pager, PagerOptions, UpdateOptions } from "./pager.ts";
import { ReadyTexts } from "./ready-texts.ts";
import { Slice } from "./slice.ts";
import { type PageTurner, type PlacedSlice, TextFlow } from "./text-flow.ts";
import { ToolPlacement } from "./tool-placement.ts";

/** Bytes from which on a slice closes, until the pace of the run is known. */
const FIRST_SLICE_BYTES = 300;

/** Number of links that are worth standing on a page; for fewer of them the page is turned. */
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
  readonly #tools: ToolPlacement;
  readonly #ready: ReadyTexts;
  readonly #flows = new Map<TextPart, TextFlow>();
  readonly #placed = { files: new Set<FilePart>(), hasSources: false };

  /** @param hasReadyTexts Texts without a character may stand ready at the end of a page. */
  constructor(options: PagerOptions & { readonly hasReadyTexts: boolean }) {
    this.#options = options;
    this.#pages = new PageList(options);
    this.#holders = new PageHolders(this, options);
    this.#tools = new ToolPlacement(this.#pages, options);
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
      if (this.current.hasRoom(size)) {
        this.#placed.hasSources = true;
        this.current.take(size);
        this.current.root.insert({ id: block.id, order: Number.POSITIVE_INFINITY, block: shown, size });
        return;
      }
      if (shown.sources.length > (this.current.isEmpty ? 1 : MIN_SOURCES)) {
        shown = { ...shown, sources: shown.sources.slice(0, -1), more: shown.more + 1 };
      } else if (this.current.isEmpty) return;
      else this.turnPage();
    }
  }

  blocks(index: number, isFinal: boolean): CardBlock[] {
    const page = this.#pages.at(index);
    const blocks = page === undefined ? [] : this.#blocksIn(page.root);
    if (isFinal) return blocks;
    return [...this.#visible(blocks), ...(page === this.current ? this.#ready.blocks : [])];
  }

  takeRoom(index: number, size: BlockSize, instead: BlockSize): boolean {
    const page = this.#pages.at(index);
    if (page?.hasRoom(size, instead) !== true) return false;
    page.giveBack(instead);
    page.take(size);
    return true;
  }

  textAfter(index: number, shown: ReadonlyMap<string, number>): string {
    return this.#pages.textAfter(index, shown);
  }

  forget(index: number): void {
    this.#pages.forget(index);
  }

  noteWritten(write: CardWrite): void {
    this.#ready.noteWritten(write);
  }

  noteRefused(write: CardWrite): void {
    this.#ready.noteRefused(write);
  }

  /** Puts an empty slice behind what was said before its text. */
  openSlice(text: TextPart, lane: LanePlace): PlacedSlice & { readonly separator: string } {
    const size = this.#sizeOfText(text.type);
    const around = text.type === "text" ? NO_SIZE : this.#holders.sizeAround(text);
    this.#makeRoom(lane, {
      bytes: size.bytes + around.bytes + MIN_TEXT_BYTES,
      elements: size.elements + around.elements,
    });
    const holder = text.type === "text" ? this.#holders.of(lane) : this.#holders.ofThought(text, lane);
    const page = this.current;
    // Only what stands behind everything else can be a text that stands there already.
    const isLast = text.type === "text" && holder === page.root && page.root.endsBefore(text.order);
    const ready = isLast ? this.#ready.take() : undefined;
    const slice = new Slice(ready ?? page.newId(text.type === "text" ? "text" : "thought"), text);
    page.slices.push(slice);
    if (ready === undefined) page.take(size);
    holder.insert(slice);
    // A short answer needs none.
    const isLong = this.#pages.count > 1 || page.textBytes >= this.sliceBytes;
    if (isLong && isLast) this.#ready.refill(page, size);
    return { slice, page, separator: "" };
  }

  turnPage(): void {
    const left = this.current;
    this.#ready.leave();
    for (const flow of this.#flows.values()) flow.leave(left);
    this.#tools.leave();
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
        // What comes behind a text that waits for an image could turn the page.
        if (part.isEnded && !flow.isDone) return;
      }
    }
  }

  #takeTool(part: ToolPart, lane: LaneView): void {
    const tool = lane.tool(part);
    if (tool === undefined || this.#tools.isLeft(part)) return;
    // The holder is asked for first, because finding it may turn the page.
    if (this.#tools.put(part, tool, this.#holders.of(lane))) return;
    this.turnPage();
    this.#tools.put(part, tool, this.#holders.of(lane));
  }

  #takeFile(file: FilePart, lane: LaneView): void {
    if (this.#placed.files.has(file)) return;
    const { images, profile } = this.#options;
    const key = images.keyOf(file);
    if (key === undefined && !images.isLost(file)) return;
    this.#placed.files.add(file);
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
    this.current.take(size);
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

  /** Leaves a page that has no room for what comes next in a lane, which is open afterwards. */
  #makeRoom(lane: LanePlace, size: BlockSize): void {
    this.#holders.of(lane);
    if (!this.current.hasRoom(size) && !this.current.isEmpty) this.turnPage();
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
      // Where the page was turned before its first character, there is nothing to show.
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

  /** Leaves out text that is blank so far, or empties it where empty texts are allowed, and what would hold nothing else. */
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
