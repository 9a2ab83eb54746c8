import type { DriverProfile } from "./card-driver.ts";
import type { TextRun } from "./card-state.ts";
import type { TextBlock } from "./card-view.ts";
import type { CutKind } from "./markdown/block-line.ts";
import { MarkdownFlow, type MarkdownSink } from "./markdown/markdown-flow.ts";

/** A slice closes at the first safe place past these sizes, so that what was written need not be sent again. */
const SLICE_BYTES = 300;
const SLICE_BYTES_BETWEEN_ITEMS = 1024;

/** Kept free on every page for what closes an open block at its end. */
const RESERVED_BYTES = 64;

/** From these shares of a page on, it is left at the end of a block, and inside of one. */
const LEAVE_BETWEEN_BLOCKS = 0.85;
const LEAVE_INSIDE_BLOCK = 0.93;

const sentenceEnd = /[。！？!?…；;.]["'”’」』）)]*\s*$/;
/** What would begin a block if it stood at the beginning of a line. */
const blockMark =
  /^(?:[`~]{3}|#{1,6}(?:\s|$)|[>|]|[-+*](?:\s|$)|\d{1,9}(?:[.)](?:\s|$)|$)|(?:[-*_][ \t]*){3,}$| {4}|\t)/;

/** Places for a cut that cannot wait, best first. */
const breaks = [/^[\s\S]*[\n。！？；]/, /^[\s\S]*[\s，、,.]/];

/** The text of one card. */
export interface TextPage {
  readonly slices: readonly TextBlock[];
}

class Slice {
  readonly id: string;
  readonly page: Page;
  text = "";
  bytes = 0;

  constructor(id: string, page: Page) {
    this.id = id;
    this.page = page;
  }
}

class Page {
  readonly slices: Slice[] = [];
  bytes: number;
  elements: number;
  tables = 0;
  length = 0;
  /** Holds text of the run, not only what opens a block again. */
  hasText = false;
  /** Nothing more of substance comes here; only space that ends a paragraph. */
  isSpent = false;

  constructor(profile: DriverProfile) {
    this.bytes = profile.baseBytes;
    this.elements = profile.baseElements;
  }
}

/**
 * Puts the text of a run on pages, cut into slices.
 *
 * Where the text was cut is remembered and never moves: slices only grow, the last one of each text alone,
 * and a page is left for good. A slice and a page turn are cuts of the same kind, of different size.
 */
export class Paginator {
  readonly #profile: DriverProfile;
  readonly #flows = new Map<TextRun, TextFlow>();
  readonly #pages: Page[];

  constructor(profile: DriverProfile) {
    this.#profile = profile;
    this.#pages = [new Page(profile)];
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

  /** Takes in what was added to the texts since the last time. */
  update(texts: readonly TextRun[], isReleasing = false): void {
    for (const text of texts) {
      const flow = this.#flowOf(text);
      flow.read(isReleasing);
      // Blocks that share one text have to wait for their turn.
      if (this.#profile.structure === "slots" && !flow.isDone) return;
    }
  }

  /** The text blocks of a page as they are now. */
  page(index: number): TextBlock[] {
    const page = this.#pages[index];
    if (page === undefined) return [];
    return page.slices.map((slice) => {
      const flow = this.#openFlow(slice);
      const close = this.#profile.tail === "close" ? this.#closing(slice) : "";
      return {
        type: "text",
        id: slice.id,
        text: slice.text,
        ...(flow !== undefined && { isOpen: true }),
        ...(close !== "" && { close }),
      };
    });
  }

  /** Lets go of the text of a page that will not be written again. */
  forget(index: number): void {
    const page = this.#pages[index];
    if (page !== undefined && page !== this.#current) page.slices.length = 0;
  }

  get #current(): Page {
    return this.#pages.at(-1) as Page;
  }

  #flowOf(text: TextRun): TextFlow {
    const known = this.#flows.get(text);
    if (known !== undefined) return known;
    const flow = new TextFlow(text, this.#profile, {
      page: () => this.#current,
      turn: () => this.#turn(),
      openSlice: () => this.#openSlice(),
    });
    this.#flows.set(text, flow);
    return flow;
  }

  #openSlice(): { slice: Slice; separator: string } {
    const profile = this.#profile;
    const shared = profile.structure === "slots" ? this.#current.slices[0] : undefined;
    if (shared !== undefined) return { slice: shared, separator: `${this.#closing(shared)}\n\n` };
    if (this.#current.elements + profile.textBlockElements > profile.maxElements) this.#turn();
    const page = this.#current;
    const slice = new Slice(`text-${page.slices.length + 1}`, page);
    page.slices.push(slice);
    page.bytes += profile.textBlockBytes;
    page.elements += profile.textBlockElements;
    return { slice, separator: "" };
  }

  #turn(): void {
    const left = this.#current;
    for (const flow of this.#flows.values()) flow.leave(left);
    this.#pages.push(new Page(this.#profile));
  }

  /** The text that still flows into a slice. */
  #openFlow(slice: Slice): TextFlow | undefined {
    return [...this.#flows.values()].find((flow) => flow.slice === slice && !flow.isDone);
  }

  #closing(slice: Slice): string {
    return [...this.#flows.values()].findLast((flow) => flow.slice === slice)?.closing(slice.text) ?? "";
  }
}

interface PageTurner {
  page(): Page;
  turn(): void;
  /** `separator`: what stands between the text before and this one where both share a slice. */
  openSlice(): { slice: Slice; separator: string };
}

/** One text on its way onto the pages. */
class TextFlow implements MarkdownSink {
  readonly #text: TextRun;
  readonly #profile: DriverProfile;
  readonly #pages: PageTurner;
  readonly #markdown: MarkdownFlow;
  #read = 0;
  /** Opens, on the next page, the block that the page turn closed. */
  #reopening: { readonly text: string; readonly isTable: boolean } | undefined;
  #isAtLineStart = true;
  slice: Slice | undefined;
  isDone = false;

  constructor(text: TextRun, profile: DriverProfile, pages: PageTurner) {
    this.#text = text;
    this.#profile = profile;
    this.#pages = pages;
    this.#markdown = new MarkdownFlow(profile.dialect, this);
  }

  get isHolding(): boolean {
    return this.#markdown.isHolding;
  }

  /** What closes the block that is open at the end of a text. */
  closing(text: string): string {
    const { close } = this.#markdown.bridge();
    return close === "" || text.endsWith("\n") ? close : `\n${close}`;
  }

  read(isReleasing: boolean): void {
    if (this.isDone) return;
    const { log, isEnded } = this.#text;
    if (log.length > this.#read) {
      this.#markdown.push(log.from(this.#read));
      this.#read = log.length;
    }
    if (isEnded) {
      this.isDone = true;
      this.#markdown.end();
    } else if (isReleasing) this.#markdown.release();
  }

  write(display: string, isWhole = false): void {
    let rest = display;
    while (rest !== "") {
      const page = this.#pages.page();
      if (page.isSpent && (rest.trim() !== "" || this.slice?.page !== page)) this.#pages.turn();
      const isContinued = this.slice === undefined && !this.#isAtLineStart;
      const slice = this.#openedSlice();
      // The middle of a line has become the beginning of one.
      if (isContinued && !slice.text.endsWith("\n") && blockMark.test(rest)) {
        this.#append(slice, `&#${rest.charCodeAt(0)};`);
        rest = rest.slice(1);
      }
      const room = this.#profile.maxBytes - RESERVED_BYTES - slice.page.bytes;
      const fitting = this.#fitting(rest, room, { isWhole, page: slice.page });
      this.#append(slice, fitting);
      if (fitting !== "") {
        slice.page.hasText = true;
        this.#isAtLineStart = fitting.endsWith("\n");
      }
      rest = rest.slice(fitting.length);
      if (rest !== "") this.#pages.turn();
      else if (this.#isPast(LEAVE_INSIDE_BLOCK) && sentenceEnd.test(fitting) && this.closing("") === "") {
        slice.page.isSpent = true;
      }
    }
  }

  cut(kind: CutKind): void {
    const { slice } = this;
    if (slice === undefined || slice.page !== this.#pages.page()) return;
    if (this.#isPast(kind === "line" ? LEAVE_INSIDE_BLOCK : LEAVE_BETWEEN_BLOCKS)) {
      this.#pages.turn();
      return;
    }
    const size = { block: SLICE_BYTES, item: SLICE_BYTES_BETWEEN_ITEMS, line: Number.POSITIVE_INFINITY }[
      kind
    ];
    if (slice.bytes >= size && this.#profile.structure === "elements") this.slice = undefined;
  }

  takeTable(): boolean {
    const { page } = this.#openedSlice();
    if (page.tables >= this.#profile.maxTables) return false;
    page.tables += 1;
    return true;
  }

  /** The page is left: what is open is closed there, to be opened again on the next one. */
  leave(page: Page): void {
    if (this.slice?.page !== page) return;
    if (!this.isDone) {
      const { text } = this.slice;
      const { close, reopen } = this.#markdown.bridge();
      const isTable = close === "" && reopen !== "";
      this.#reopening = isTable && !text.endsWith("\n") ? undefined : { text: reopen, isTable };
      this.#append(this.slice, this.closing(text));
      this.#markdown.turn();
    }
    this.slice = undefined;
  }

  #openedSlice(): Slice {
    if (this.slice !== undefined) return this.slice;
    const { slice, separator } = this.#pages.openSlice();
    this.slice = slice;
    this.#append(slice, separator);
    const { text, isTable } = this.#reopening ?? { text: "", isTable: false };
    this.#reopening = undefined;
    // A header that would fill the page is not worth repeating.
    const fits = this.#profile.bytesOf(text) < (this.#profile.maxBytes - slice.page.bytes) / 2;
    if (fits && !(isTable && slice.page.tables >= this.#profile.maxTables)) {
      if (isTable) slice.page.tables += 1;
      this.#append(slice, text);
    }
    return slice;
  }

  #append(slice: Slice, display: string): void {
    const bytes = this.#profile.bytesOf(display);
    slice.text += display;
    slice.bytes += bytes;
    slice.page.bytes += bytes;
    slice.page.length += display.length;
  }

  /** As much of the text as fits the page, and at least one character of a page that has nothing else. */
  #fitting(text: string, room: number, { isWhole, page }: { isWhole: boolean; page: Page }): string {
    if (this.#profile.bytesOf(text) <= room) return text;
    if (isWhole && page.hasText) return "";
    let head = "";
    let left = room;
    for (const character of text) {
      left -= this.#profile.bytesOf(character);
      if (left < 0) break;
      head += character;
    }
    for (const place of breaks) {
      const match = place.exec(head)?.[0];
      if (match !== undefined && match.length > head.length / 2) return match;
    }
    return head === "" && !page.hasText ? String.fromCodePoint(text.codePointAt(0) ?? 0) : head;
  }

  #isPast(share: number): boolean {
    const { baseBytes, maxBytes } = this.#profile;
    return this.#pages.page().bytes - baseBytes >= (maxBytes - RESERVED_BYTES - baseBytes) * share;
  }
}
