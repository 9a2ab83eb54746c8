import type { DriverProfile } from "../contract/card-driver.ts";
import type { CutKind } from "../markdown/block-line.ts";
import type { Bridge, MarkdownSink, Piece } from "../markdown/markdown-sink.ts";
import type { TextPart } from "../run/run-part.ts";
import type { LanePlace } from "../view/lane-view.ts";
import { fittingHead } from "./fitting-head.ts";
import type { Page } from "./page.ts";
import { CLOSING_BYTES } from "./page-room.ts";
import type { Slice } from "./slice.ts";

/** Smallest slice, in bytes, that closes between the items of a list. */
const MIN_BYTES_BETWEEN_ITEMS = 512;

/**
 * Multiple of its size at which a slice closes at the next place, however much text has come there. A request's own
 * bytes are taken off, because where writes bring little, they add to the text that is sent again.
 */
const LATEST_CUT = 3;
const REQUEST_BYTES = 105;

/** Bytes of a slice for each character that may come behind its cut: less than a third of the text of one write. */
const BYTES_PER_CHARACTER_BEHIND = 45;

/** Shares of a page from which on it is left at the end of a block, and inside a block. */
const LEAVE_BETWEEN_BLOCKS = 0.85;
const LEAVE_INSIDE_BLOCK = 0.93;

const sentenceEnd = /[。！？!?…；;.]["'”’」』）)]*\s*$/;

/** Marks that would begin a block if they stood at the beginning of a line. */
const blockMark =
  /^(?:[`~]{3}|#{1,6}(?:\s|$)|[>|]|[-+*](?:\s|$)|\d{1,9}(?:[.)](?:\s|$)|$)|(?:[-*_][ \t]*){3,}$| {4}|\t)/;

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

export interface SliceWriterParts {
  readonly text: TextPart;
  readonly lane: LanePlace;
  readonly profile: DriverProfile;
  readonly pages: PageTurner;
  /** Makes the bridge over a cut at the end of the text that was written. */
  readonly bridge: () => Bridge;
}

/** Text that opens, on the next page, the block that the page turn closed. */
interface Reopening {
  readonly text: string;
  /** Shortest text that opens the same block. */
  readonly short: string;
  readonly isTable: boolean;
}

const NOTHING_TO_REOPEN: Reopening = { text: "", short: "", isTable: false };

/** Writer of one text into slices: closes a slice at a good place, and leaves a page that is full. */
export class SliceWriter implements MarkdownSink {
  readonly #parts: SliceWriterParts;
  #open: PlacedSlice | undefined;
  #reopening = NOTHING_TO_REOPEN;
  #isAtLineStart = true;
  /** Length of the run's text that stands on pages. */
  #written = 0;
  /** Length of the open slice at the last `noteRead()`. */
  #lengthAtRead = 0;

  constructor(parts: SliceWriterParts) {
    this.#parts = parts;
  }

  /** Slice that the text flows into now. */
  get slice(): Slice | undefined {
    return this.#open?.slice;
  }

  /** Returns the text that closes the block which is open at the end of a text. */
  closing(text: string): string {
    const { close } = this.#parts.bridge();
    return close === "" || text.endsWith("\n") ? close : `\n${close}`;
  }

  /** Notes that new text of the run is read next. */
  noteRead(): void {
    this.#lengthAtRead = this.slice?.text.length ?? 0;
  }

  write(display: string, piece: Piece = { isWhole: false, rawLength: display.length }): void {
    const { isWhole, rawLength, isClosing = false } = piece;
    const { pages, profile } = this.#parts;
    const isVerbatim = rawLength === display.length;
    let rest = display;
    while (rest !== "") {
      const { current } = pages;
      const isSpace = rest.trim() === "" && this.#open?.page === current;
      if (current.takesOnlySpace && !isSpace) pages.turnPage();
      const isContinued = this.slice === undefined && !this.#isAtLineStart;
      const open = this.#opened(rest);
      const { slice, page } = open;
      // The middle of a line has become the beginning of one.
      if (isContinued && !slice.text.endsWith("\n") && blockMark.test(rest)) {
        this.#append(open, `&#${rest.charCodeAt(0)};`, isVerbatim ? 1 : 0);
        rest = rest.slice(1);
        page.hasText = true;
        this.#isAtLineStart = false;
        if (rest === "") return;
      }
      const room = page.room.free.bytes - (isClosing ? 0 : CLOSING_BYTES);
      const fitting = fittingHead(rest, { room, isWhole, page, bytesOf: profile.bytesOf });
      const isLast = fitting.length === rest.length;
      this.#append(open, fitting, isVerbatim ? fitting.length : isLast ? rawLength : 0);
      if (fitting !== "") {
        page.hasText = true;
        this.#isAtLineStart = fitting.endsWith("\n");
      }
      rest = rest.slice(fitting.length);
      if (rest !== "") pages.turnPage();
      else if (this.#isPast(LEAVE_INSIDE_BLOCK) && sentenceEnd.test(fitting) && this.closing("") === "") {
        page.takesOnlySpace = true;
      }
    }
  }

  cut(kind: CutKind | "fence"): void {
    const { pages } = this.#parts;
    const open = this.#open;
    if (open === undefined || open.page !== pages.current) return;
    if (this.#isPast(kind === "line" ? LEAVE_INSIDE_BLOCK : LEAVE_BETWEEN_BLOCKS)) {
      pages.turnPage();
      return;
    }
    if (this.#mayEnd(open.slice, kind)) this.#endSlice(open.slice);
  }

  takeTable(): boolean {
    const { room } = this.#opened("").page;
    if (!room.hasTableLeft) return false;
    room.takeTable();
    return true;
  }

  /** Tells if the open slice stands on a page. */
  isOn(page: Page): boolean {
    return this.#open?.page === page;
  }

  /**
   * Leaves the page of the open slice: closes the block that is open there, to be opened again on the next page.
   *
   * @param isDone The text is complete, so that nothing is opened again.
   */
  leave(isDone: boolean): void {
    const open = this.#open;
    if (open === undefined) return;
    if (!isDone) {
      const { text } = open.slice;
      const { close, reopen, reopenShort } = this.#parts.bridge();
      const isTable = close === "" && reopen !== "";
      const isInsideRow = isTable && !text.endsWith("\n");
      this.#reopening = isInsideRow ? NOTHING_TO_REOPEN : { text: reopen, short: reopenShort, isTable };
      this.#append(open, this.closing(text));
    }
    this.#endSlice(open.slice);
  }

  /** Tells if a slice is large enough to be closed here, and this is a good place for it. */
  #mayEnd({ bytes, text }: Slice, kind: CutKind | "fence"): boolean {
    if (kind === "line") return false;
    const { sliceBytes } = this.#parts.pages;
    const minBytes = kind === "item" ? Math.max(sliceBytes, MIN_BYTES_BETWEEN_ITEMS) : sliceBytes;
    if (bytes < minBytes) return false;
    // Code takes much room that cannot be cut.
    if (kind === "fence" || bytes >= minBytes * LATEST_CUT - REQUEST_BYTES) return true;
    // A write brings text to one side of the cut, so text on both sides waits for two writes.
    const behind = this.#parts.text.log.length - this.#written;
    return text.length === this.#lengthAtRead || behind <= sliceBytes / BYTES_PER_CHARACTER_BEHIND;
  }

  #endSlice(slice: Slice): void {
    const { verbatimFrom } = slice;
    if (verbatimFrom !== undefined) this.#parts.text.log.share(slice.text, verbatimFrom);
    this.#open = undefined;
  }

  /** Returns the open slice, or opens one. @param next Text that will be written to it. */
  #opened(next: string): PlacedSlice {
    if (this.#open !== undefined) return this.#open;
    const { pages, text: part, lane, profile } = this.#parts;
    const { separator, ...open } = pages.openSlice(part, lane);
    this.#open = open;
    const { room } = open.page;
    this.#append(open, separator);
    const { text, short, isTable } = this.#reopening;
    this.#reopening = NOTHING_TO_REOPEN;
    // The table has ended with the page: no row follows.
    if (isTable && next.startsWith("\n")) return open;
    // A header that would fill the page is not worth repeating.
    const fits = profile.bytesOf(text) < room.free.bytes / 2;
    if (!fits || (isTable && !room.hasTableLeft)) this.#append(open, short);
    else {
      if (isTable) room.takeTable();
      this.#append(open, text);
    }
    return open;
  }

  /** @param rawLength Length of the run's text that the display stands for. */
  #append({ slice, page }: PlacedSlice, display: string, rawLength = 0): void {
    const { text, profile } = this.#parts;
    const bytes = profile.bytesOf(display);
    slice.append(display, { text, from: this.#written, length: rawLength });
    slice.bytes += bytes;
    this.#written += rawLength;
    page.noteText(display, bytes);
  }

  #isPast(share: number): boolean {
    return this.#parts.pages.current.room.isTakenTo(share);
  }
}
