import type { CardBlock, SourcesBlock, TextBlock } from "../contract/card-block.ts";
import { type BlockSize, type DriverProfile, NO_SIZE } from "../contract/card-driver.ts";
import type { ImageTargets } from "../markdown/image-target.ts";
import type { FilePart, RunPart, TextPart, ToolCall, ToolPart } from "../run/run-part.ts";
import type { LanePlace, LaneView } from "../view/lane-view.ts";
import type { RunView } from "../view/run-view.ts";
import { FEWEST_TEXT_BYTES } from "./least-room.ts";
import { Holder, Page, type Placed, Slice } from "./page.ts";
import { PageHolders } from "./page-holders.ts";
import { type PageTurner, TextFlow } from "./text-flow.ts";
import { ToolRows } from "./tool-rows.ts";

const SLICE_BYTES = 300;

export interface PaginatorOptions {
  readonly profile: DriverProfile;
  /** What may come to stand at the foot of each page. */
  readonly foot: BlockSize;
  /** Texts are added to a page before they are needed, so that none waits for its element. */
  readonly hasSpares: boolean;
  readonly view: Pick<RunView, "drawTool" | "drawReasoning">;
  readonly images: ImageTargets & {
    /** By which the platform knows an image; `undefined` while it does not. */
    keyOf(file: FilePart): string | undefined;
    /** Whether the platform will not draw it. */
    isLost(file: FilePart): boolean;
  };
}

/**
 * Puts a run on pages: its texts cut into slices, and everything else whole.
 *
 * Where a text was cut is remembered and never moves: slices only grow, the last one of each text alone,
 * and a page is left for good. A slice and a page turn are cuts of the same kind, of different size.
 */
export class Paginator implements PageTurner {
  /** Size at whose first safe place a slice closes. */
  sliceBytes = SLICE_BYTES;
  readonly #options: PaginatorOptions;
  readonly #profile: DriverProfile;
  readonly #flows = new Map<TextPart, TextFlow>();
  #pages: readonly Page[] = [];
  readonly #holders: PageHolders;
  /** Of the current page, once it has a call. */
  #rows: ToolRows | undefined;
  #placedTools: Set<ToolPart> | undefined;
  readonly #placedFiles: FilePart[] = [];
  #sources: Placed | undefined;

  constructor(options: PaginatorOptions) {
    this.#options = options;
    this.#profile = options.profile;
    this.#holders = new PageHolders(this, options);
    this.#addPage();
  }

  get pageCount(): number {
    return this.#pages.length;
  }

  /** Text is held back because it is undecided. */
  get isHolding(): boolean {
    return [...this.#flows.values()].some(({ isHolding }) => isHolding);
  }

  /** Characters on all pages: tells whether anything was added. */
  get shownLength(): number {
    return this.#pages.reduce((sum, page) => sum + page.length, 0);
  }

  /** What the texts take on all pages. */
  get textBytes(): number {
    return this.#pages.reduce((sum, { textBytes }) => sum + textBytes, 0);
  }

  /** Takes in what has changed since the last time. */
  update(lanes: readonly LaneView[], isReleasing = false): void {
    this.#holders.open(lanes, this.#pages.length === 1);
    for (const lane of lanes) {
      for (const part of lane.parts) {
        if (part.type === "tool") this.#takeTool(part, lane);
        else if (part.type === "file") this.#takeFile(part, lane);
        else {
          const flow = this.#flowOf(part, lane);
          flow.read(isReleasing);
          // Blocks that share one text have to wait for their turn.
          if (this.#profile.structure === "slots" && !flow.isDone) return;
          // What comes behind a text that waits for an image could turn the page.
          if (part.isEnded && !flow.isDone) break;
        }
      }
    }
    this.#holders.refresh(lanes);
  }

  /** Puts what the run builds on behind it, as many links as there is room for. */
  placeSources(block: SourcesBlock): void {
    if (this.#sources !== undefined || this.#profile.structure === "slots") return;
    let shown = block;
    for (;;) {
      const size = this.#profile.measure(shown);
      if (this.current.hasRoom(size)) {
        this.#sources = { id: block.id, order: Number.POSITIVE_INFINITY, block: shown, size };
        this.current.take(size);
        this.current.root.insert(this.#sources);
        return;
      }
      if (shown.sources.length > (this.current.isEmpty ? 1 : FEWEST_SOURCES)) {
        shown = { ...shown, sources: shown.sources.slice(0, -1), more: shown.more + 1 };
      } else if (this.current.isEmpty) return;
      else this.turn();
    }
  }

  /** The blocks of a page as they are now. */
  page(index: number): CardBlock[] {
    const page = this.#pages[index];
    return page === undefined ? [] : this.#blocksIn(page.root);
  }

  /** Texts without a character at the end of the current page, ready for what comes next. */
  spares(index: number): TextBlock[] {
    const ids = this.#pages[index]?.spares ?? [];
    return ids.map((id) => ({ type: "text", id, text: "", isOpen: true }));
  }

  /** Takes room on a page for what a layout adds. @returns false where there is none. */
  takeRoom(index: number, size: BlockSize, instead: BlockSize): boolean {
    const page = this.#pages[index];
    if (page?.hasRoom(size, instead) !== true) return false;
    page.giveBack(instead);
    page.take(size);
    return true;
  }

  /** The part of the run's text that stands on a page behind what is shown of its blocks, by their lengths. */
  sourceAfter(index: number, shown: ReadonlyMap<string, number>): string {
    const slices = (this.#pages[index]?.slices ?? []).filter(({ owner }) => owner.type === "text");
    return slices.map((slice) => slice.sourceAfter(shown.get(slice.id) ?? 0)).join("");
  }

  /** Lets go of the text of a page that will not be written again. */
  forget(index: number): void {
    const page = this.#pages[index];
    if (page === undefined || page === this.current) return;
    page.slices = [];
    page.root.entries = [];
  }

  /** The page that text goes to. */
  get current(): Page {
    return this.#pages.at(-1) as Page;
  }

  #addPage(): void {
    this.#pages = this.#pages.concat(new Page(this.#profile, this.#options.foot));
    this.#rows = undefined;
  }

  #openRows(): ToolRows {
    const card = this.#pages.length - 1;
    this.#rows ??= new ToolRows(this.current, this.#profile, (tool, id) =>
      this.#options.view.drawTool(tool, { id, card }),
    );
    return this.#rows;
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
    const flow = this.#openFlow(slice);
    const close = this.#profile.tail === "close" ? this.#closing(slice) : "";
    return {
      type: "text",
      id: slice.id,
      text: slice.text,
      ...(holder !== undefined && { within: holder.id }),
      ...(slice.owner.type === "reasoning" && { isReasoning: true }),
      ...(flow !== undefined && { isOpen: true }),
      ...(close !== "" && { close }),
    };
  }

  #takeTool(part: ToolPart, lane: LaneView): void {
    const tool = lane.tool(part);
    // What stands on a page that was left stays as it is.
    if (tool === undefined || (this.#placedTools?.has(part) && !this.#rows?.has(part))) return;
    this.#placedTools ??= new Set();
    this.#placedTools.add(part);
    if (this.#putTool(part, tool, lane)) return;
    this.turn();
    this.#putTool(part, tool, lane);
  }

  #putTool(part: ToolPart, tool: ToolCall, lane: LaneView): boolean {
    // First: finding it may turn the page.
    const holder = this.#holders.of(lane);
    return this.#openRows().put(part, tool, holder);
  }

  #takeFile(file: FilePart, lane: LaneView): void {
    if (this.#placedFiles.includes(file)) return;
    const { images } = this.#options;
    const key = images.keyOf(file);
    if (key === undefined && !images.isLost(file)) return;
    this.#placedFiles.push(file);
    const url = "url" in file.content && key === undefined ? file.content.url : undefined;
    const image = {
      type: "image",
      ...(key !== undefined && { key }),
      ...(url !== undefined && { url }),
    } as const;
    const size = this.#profile.measure({ ...image, id: "image-99" });
    this.#makeRoom(size, lane);
    const holder = this.#holders.of(lane);
    const id = this.current.newId("image");
    this.current.take(size);
    holder.insert({ id, order: file.order, block: { ...image, id, ...holder.place }, size });
  }

  #flowOf(text: TextPart, lane: LaneView): TextFlow {
    const known = this.#flows.get(text);
    if (known !== undefined) return known;
    const images = text.type === "text" ? this.#options.images : undefined;
    const { key, head } = lane;
    const place = head === undefined ? { key } : { key, head };
    const flow = new TextFlow({ text, lane: place, profile: this.#profile, pages: this, images });
    this.#flows.set(text, flow);
    return flow;
  }

  /** Puts an empty slice behind what was said before its text. */
  openSlice(text: TextPart, lane: LanePlace): { slice: Slice; separator: string } {
    const shared = this.#profile.structure === "slots" ? this.current.slices[0] : undefined;
    if (shared !== undefined) return { slice: shared, separator: `${this.#closing(shared)}\n\n` };
    const size = this.#sizeOfText(text.type);
    const around = text.type === "text" ? NO_SIZE : this.#holders.sizeAround(text);
    const needed = {
      bytes: size.bytes + around.bytes + FEWEST_TEXT_BYTES,
      elements: size.elements + around.elements,
    };
    this.#makeRoom(needed, lane);
    const holder = text.type === "text" ? this.#holders.of(lane) : this.#holders.ofThought(text, lane);
    const page = this.current;
    // Only what stands behind everything else can be a text that stands there already.
    const isLast = text.type === "text" && holder === page.root && page.root.endsBefore(text.order);
    const spare = isLast ? page.takeSpare() : undefined;
    const slice = new Slice(spare ?? page.newId(text.type === "text" ? "text" : "thought"), page, text);
    page.slices = page.slices.concat(slice);
    if (spare === undefined) page.take(size);
    holder.insert(slice);
    // A short answer needs none.
    const isLong = this.#pages.length > 1 || page.textBytes >= this.sliceBytes;
    if (this.#options.hasSpares && isLong && isLast) page.addSpares(size);
    return { slice, separator: "" };
  }

  /** Leaves a page that has no room for what comes next in a lane, which is open afterwards. */
  #makeRoom(size: BlockSize, lane: LanePlace): void {
    this.#holders.of(lane);
    if (!this.current.hasRoom(size) && !this.current.isEmpty) this.turn();
    this.#holders.of(lane);
  }

  #sizeOfText(type: TextPart["type"]): BlockSize {
    const empty: TextBlock =
      type === "text"
        ? { type: "text", id: "text-100", text: "" }
        : { type: "text", id: "thought-100", text: "", isReasoning: true };
    return this.#profile.measure(empty);
  }

  /** Leaves the page for a new one. */
  turn(): void {
    const left = this.current;
    left.spares = [];
    for (const flow of this.#flows.values()) flow.leave(left);
    for (const part of this.#rows?.leave() ?? []) this.#placedTools?.delete(part);
    this.#holders.leave();
    this.#addPage();
  }

  /** The text that still flows into a slice. */
  #openFlow(slice: Slice): TextFlow | undefined {
    const own = this.#flows.get(slice.owner);
    const flows =
      this.#profile.structure === "slots" ? [...this.#flows.values()] : own === undefined ? [] : [own];
    return flows.find((flow) => flow.slice === slice && !flow.isDone);
  }

  #closing(slice: Slice): string {
    return [...this.#flows.values()].findLast((flow) => flow.slice === slice)?.closing(slice.text) ?? "";
  }
}

/** Rather than fewer links than these, a page of their own. */
const FEWEST_SOURCES = 3;
