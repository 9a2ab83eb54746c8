import type { DriverProfile } from "../contract/card-driver.ts";
import type { CutKind } from "../markdown/block-line.ts";
import type { ImageTargets } from "../markdown/image-target.ts";
import { MarkdownFlow, type MarkdownSink, type Piece } from "../markdown/markdown-flow.ts";
import { PlainFlow, type TextReader } from "../markdown/plain-flow.ts";
import type { TextPart } from "../run/run-part.ts";
import type { LanePlace } from "../view/lane-view.ts";
import { CLOSING_BYTES, type Page } from "./page.ts";
import type { Slice } from "./slice.ts";

/** Between the items of a list, a slice closes past this size. */
const SLICE_BYTES_BETWEEN_ITEMS = 512;

/**
 * A slice of so many times the size is closed at the next place, however much has come there. Sooner where writes
 * bring little, because then what a request takes by itself adds to what is sent again.
 */
const LATEST_CUT = 3;
const REQUEST_BYTES = 105;

/** A slice of so many bytes may leave one character behind the cut: less than a third of what a write brings. */
const BYTES_PER_CHARACTER_BEHIND = 45;

/** From these shares of a page on, it is left at the end of a block, and inside of one. */
const LEAVE_BETWEEN_BLOCKS = 0.85;
const LEAVE_INSIDE_BLOCK = 0.93;

const sentenceEnd = /[。！？!?…；;.]["'”’」』）)]*\s*$/;
/** What would begin a block if it stood at the beginning of a line. */
const blockMark =
  /^(?:[`~]{3}|#{1,6}(?:\s|$)|[>|]|[-+*](?:\s|$)|\d{1,9}(?:[.)](?:\s|$)|$)|(?:[-*_][ \t]*){3,}$| {4}|\t)/;

/** Places for a cut that cannot wait, best first. */
const breaks = [/^[\s\S]*[\n。！？；]/, /^[\s\S]*[\s，、,.]/];

/** Slice on its page. */
export interface PlacedSlice {
  readonly slice: Slice;
  readonly page: Page;
}

/** Pager, as one of its texts sees it. */
export interface PageTurner {
  /** Bytes from which on a slice closes at a good end of a block, because a slice is sent whole with each write. */
  readonly sliceBytes: number;
  readonly current: Page;
  /** Leaves the current page for a new one. */
  turnPage(): void;
  /** Opens a slice for a text. `separator` stands between the text before and this one where both share a slice. */
  openSlice(text: TextPart, lane: LanePlace): PlacedSlice & { readonly separator: string };
}

export interface TextFlowParts {
  readonly text: TextPart;
  readonly lane: LanePlace;
  readonly profile: DriverProfile;
  readonly pages: PageTurner;
  readonly images?: ImageTargets | undefined;
}

/** One text on its way onto the pages. */
export class TextFlow implements MarkdownSink {
  readonly #text: TextPart;
  readonly #profile: DriverProfile;
  readonly #pages: PageTurner;
  readonly #lane: LanePlace;
  readonly #markdown: TextReader;
  #read = 0;
  /** How much stood in the open slice when it was read last. */
  #lengthAtRead = 0;
  /** How much of the text stands on pages. */
  #written = 0;
  /** Opens, on the next page, the block that the page turn closed. */
  #reopening: { readonly text: string; readonly short: string; readonly isTable: boolean } | undefined;
  #isAtLineStart = true;
  #open: PlacedSlice | undefined;
  isDone = false;

  constructor({ text, lane, profile, pages, images }: TextFlowParts) {
    this.#text = text;
    this.#lane = lane;
    this.#profile = profile;
    this.#pages = pages;
    const { dialect } = profile;
    this.#markdown = dialect === undefined ? new PlainFlow(this) : new MarkdownFlow(dialect, this, images);
  }

  /** Slice that the text flows into now. */
  get slice(): Slice | undefined {
    return this.#open?.slice;
  }

  get isHolding(): boolean {
    return this.#markdown.isHolding;
  }

  /** The text waits for an image that is being made. */
  get isAwaiting(): boolean {
    return this.#markdown.isAwaiting;
  }

  /** What closes the block that is open at the end of a text. */
  closing(text: string): string {
    const { close } = this.#markdown.bridge();
    return close === "" || text.endsWith("\n") ? close : `\n${close}`;
  }

  read(isReleasing: boolean): void {
    if (this.isDone) return;
    const { log, isEnded } = this.#text;
    this.#lengthAtRead = this.slice?.text.length ?? 0;
    if (log.length > this.#read || this.isAwaiting) {
      this.#markdown.push(log.from(this.#read));
      this.#read = log.length;
      const { verbatimFrom, text } = this.slice ?? {};
      if (verbatimFrom !== undefined && text !== undefined) log.shareEnd(text, verbatimFrom);
    }
    if (isEnded) {
      this.#markdown.end();
      this.isDone = !this.isAwaiting;
    } else if (isReleasing) this.#markdown.release();
  }

  write(display: string, piece: Piece = { isWhole: false, rawLength: display.length }): void {
    const { isWhole, rawLength, isClosing = false } = piece;
    const isVerbatim = rawLength === display.length;
    let rest = display;
    while (rest !== "") {
      const page = this.#pages.current;
      if (page.isSpent && (rest.trim() !== "" || this.#open?.page !== page)) this.#pages.turnPage();
      const isContinued = this.slice === undefined && !this.#isAtLineStart;
      const open = this.#opened(rest);
      const { slice } = open;
      // The middle of a line has become the beginning of one.
      if (isContinued && !slice.text.endsWith("\n") && blockMark.test(rest)) {
        this.#append(open, `&#${rest.charCodeAt(0)};`, isVerbatim ? 1 : 0);
        rest = rest.slice(1);
        open.page.hasText = true;
        this.#isAtLineStart = false;
        if (rest === "") return;
      }
      const reserved = isClosing ? 0 : CLOSING_BYTES;
      const room = this.#profile.maxBytes - reserved - open.page.bytes;
      const fitting = this.#fitting(rest, room, { isWhole, page: open.page });
      const isLast = fitting.length === rest.length;
      this.#append(open, fitting, isVerbatim ? fitting.length : isLast ? rawLength : 0);
      if (fitting !== "") {
        open.page.hasText = true;
        this.#isAtLineStart = fitting.endsWith("\n");
      }
      rest = rest.slice(fitting.length);
      if (rest !== "") this.#pages.turnPage();
      else if (this.#isPast(LEAVE_INSIDE_BLOCK) && sentenceEnd.test(fitting) && this.closing("") === "") {
        open.page.isSpent = true;
      }
    }
  }

  cut(kind: CutKind | "fence"): void {
    const open = this.#open;
    if (open === undefined || open.page !== this.#pages.current) return;
    if (this.#isPast(kind === "line" ? LEAVE_INSIDE_BLOCK : LEAVE_BETWEEN_BLOCKS)) {
      this.#pages.turnPage();
      return;
    }
    if (this.#isLargeEnough(open.slice, kind)) this.#endSlice(open.slice);
  }

  takeTable(): boolean {
    const { page } = this.#opened("");
    if (page.tables >= this.#profile.maxTables) return false;
    page.tables += 1;
    return true;
  }

  /** Whether a slice is large enough to be closed here, and this is a good place for it. */
  #isLargeEnough({ bytes, text }: Slice, kind: CutKind | "fence"): boolean {
    if (kind === "line") return false;
    const sliceBytes = this.#pages.sliceBytes;
    const least = kind === "item" ? Math.max(sliceBytes, SLICE_BYTES_BETWEEN_ITEMS) : sliceBytes;
    if (bytes < least) return false;
    // Code takes much room that cannot be cut.
    if (kind === "fence" || bytes >= least * LATEST_CUT - REQUEST_BYTES) return true;
    // A write brings text to one side of the cut: what has come on both sides waits for two of them.
    const behind = this.#text.log.length - this.#written;
    return text.length === this.#lengthAtRead || behind <= sliceBytes / BYTES_PER_CHARACTER_BEHIND;
  }

  /** The page is left: what is open is closed there, to be opened again on the next one. */
  leave(page: Page): void {
    const open = this.#open;
    if (open?.page !== page) return;
    if (!this.isDone) {
      const { text } = open.slice;
      const { close, reopen, reopenShort } = this.#markdown.bridge();
      const isTable = close === "" && reopen !== "";
      this.#reopening =
        isTable && !text.endsWith("\n") ? undefined : { text: reopen, short: reopenShort, isTable };
      this.#append(open, this.closing(text));
      this.#markdown.noteTurn();
    }
    this.#endSlice(open.slice);
  }

  #endSlice(slice: Slice): void {
    const { verbatimFrom } = slice;
    if (verbatimFrom !== undefined) this.#text.log.share(slice.text, verbatimFrom);
    this.#open = undefined;
  }

  /** Returns the open slice, or opens one. @param next Text that will be written to it. */
  #opened(next: string): PlacedSlice {
    if (this.#open !== undefined) return this.#open;
    const { separator, ...open } = this.#pages.openSlice(this.#text, this.#lane);
    this.#open = open;
    const { page } = open;
    this.#append(open, separator);
    const { text, short, isTable } = this.#reopening ?? { text: "", short: "", isTable: false };
    this.#reopening = undefined;
    // The table has ended with the page: no row follows.
    if (isTable && next.startsWith("\n")) return open;
    // A header that would fill the page is not worth repeating.
    const fits = this.#profile.bytesOf(text) < (this.#profile.maxBytes - page.bytes) / 2;
    if (!fits || (isTable && page.tables >= this.#profile.maxTables)) this.#append(open, short);
    else {
      if (isTable) page.tables += 1;
      this.#append(open, text);
    }
    return open;
  }

  /** @param rawLength Length of the run's text that the display stands for. */
  #append({ slice, page }: PlacedSlice, display: string, rawLength = 0): void {
    const bytes = this.#profile.bytesOf(display);
    slice.append(display, { text: this.#text, from: this.#written, length: rawLength });
    this.#written += rawLength;
    slice.bytes += bytes;
    page.bytes += bytes;
    page.textBytes += bytes;
    page.length += display.length;
  }

  /** As much of the text as fits the page, and at least one character of a page that has nothing else. */
  #fitting(text: string, room: number, { isWhole, page }: { isWhole: boolean; page: Page }): string {
    if (this.#profile.bytesOf(text) <= room) return text;
    if (isWhole && (page.hasText || page.root.entries.length > 1)) return "";
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
    const { maxBytes } = this.#profile;
    const { baseBytes, bytes } = this.#pages.current;
    return bytes - baseBytes >= (maxBytes - CLOSING_BYTES - baseBytes) * share;
  }
}
