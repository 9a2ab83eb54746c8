import { copyText } from "../retention/copy-text.ts";
import {
  type BlockLine,
  type BlockState,
  classifyLine,
  endOfLine,
  initialBlockState,
  isTooIndented,
} from "./block-line.ts";
import { endsInData, type ImageTargets } from "./image-target.ts";
import { type InlineState, initialInlineState, type MarkdownDialect, scanInline } from "./inline-text.ts";
import type { Bridge, MarkdownSink, Piece } from "./markdown-sink.ts";
import { cellsAfter, countCells, isDelimiterRow, noCells, type RowCells } from "./table-row.ts";

/** Amount of text to show. `decided`: certain text. `release`: also text that has waited long. `end`: all, nothing follows. */
export type Mode = "decided" | "release" | "end";

/** Line that is being read. */
interface OpenLine {
  readonly inline: boolean;
  readonly opensFence: boolean;
  readonly closesFence: boolean;
  readonly isTooIndented: boolean;
  /** Cells of the line after its marks. */
  cells: RowCells;
  /** Text that was shown of the line, up to `MAX_HELD_HEADER_CHARS`. */
  shown: string;
  /** A page was turned inside the line, so that only its end stands before the next line. */
  isTurned: boolean;
}

/** Table that is open: drawn as one, or shown as code. */
interface OpenTable {
  readonly asCode: boolean;
  /** Header and delimiter row, to be repeated on the next page; empty while they are being read. */
  header: string;
}

/** Longest undecided tail of a line that is held back, in UTF-16 units. */
const MAX_HELD_CHARS = 240;

/** Longest header of a table that is held back, in UTF-16 units. */
const MAX_HELD_HEADER_CHARS = 600;

const NO_BRIDGE: Bridge = { close: "", reopen: "", reopenShort: "" };

/** Reason why the text behind the decided part is held back. */
interface Hold {
  /** Target of a pending image. */
  readonly awaited: string | undefined;
  /** The text ends within the bytes of an image. */
  readonly isInData: boolean;
}

const NO_HOLD: Hold = { awaited: undefined, isInData: false };

export interface LineReaderOptions {
  readonly dialect: MarkdownDialect;
  readonly sink: MarkdownSink;
  readonly images: ImageTargets;
}

/** Reader of raw Markdown, line by line: shows the text whose meaning is decided, and knows the blocks that are open after it. */
export class LineReader {
  readonly #options: LineReaderOptions;
  #block: BlockState = initialBlockState;
  #inline: InlineState = initialInlineState;
  #line: OpenLine | undefined;
  #lineBefore: Pick<OpenLine, "shown" | "isTurned"> = { shown: "", isTurned: false };
  #table: OpenTable | undefined;
  #isAtLineStart = true;
  #hold = NO_HOLD;

  constructor(options: LineReaderOptions) {
    this.#options = options;
  }

  /** Target of a pending image, up to which the text was read. */
  get awaited(): string | undefined {
    return this.#hold.awaited;
  }

  /** The text ends within the bytes of an image. */
  get isInData(): boolean {
    return this.#hold.isInData;
  }

  /** Makes a reader that goes on from the same place, with a sink and images of its own. */
  fork({ sink, images }: Omit<LineReaderOptions, "dialect">): LineReader {
    const { dialect } = this.#options;
    const fork = new LineReader({ dialect, sink, images });
    fork.#block = this.#block;
    fork.#inline = this.#inline;
    fork.#line = this.#line && { ...this.#line };
    fork.#lineBefore = this.#lineBefore;
    fork.#table = this.#table && { ...this.#table };
    fork.#isAtLineStart = this.#isAtLineStart;
    return fork;
  }

  /**
   * Reads text and shows the part of it that is decided.
   *
   * @param pending Raw text that is not shown yet.
   * @returns the length that was read.
   */
  read(pending: string, mode: Mode): number {
    this.#hold = NO_HOLD;
    let at = 0;
    const known = mode === "end" ? pending.length : wellFormedLength(pending);
    while (at < known) {
      const newline = pending.indexOf("\n", at);
      const lineEnd = newline < 0 ? known : newline;
      const isComplete = newline >= 0 || mode === "end";
      const text = pending.slice(at, lineEnd).toWellFormed();
      if (this.#line === undefined) {
        const next = newline < 0 ? "" : pending.slice(newline + 1, known);
        const taken = this.#startLine({ text, isComplete, next, mode });
        if (taken === undefined) break;
        at += taken;
        continue;
      }
      const taken = this.#continueLine(this.#line, text, isComplete, mode);
      at += taken;
      if (taken < text.length || newline < 0) break;
      this.#endLine(this.#line);
      at += 1;
    }
    return at;
  }

  /** Notes that a page is turned at this point. */
  noteTurn(): void {
    if (this.#line !== undefined) this.#line.isTurned = true;
  }

  /** Makes the bridge over a cut at this point. A table can be continued only from the beginning of a row. */
  bridge(): Bridge {
    const { leaf, containers } = this.#block;
    if (this.#table?.asCode) return { close: "```", reopen: "```\n", reopenShort: "```\n" };
    if (leaf.type === "table" && this.#table)
      return { close: "", reopen: this.#table.header, reopenShort: "" };
    const isOpening = this.#line?.opensFence === true && this.#line.shown === "";
    if (leaf.type !== "fence" || isOpening) return NO_BRIDGE;
    const prefix = containers.map(({ type }) => (type === "quote" ? "> " : "")).join("");
    const fence = `${prefix}${leaf.char.repeat(leaf.size)}`;
    return { close: fence, reopen: `${fence}${leaf.info}\n`, reopenShort: `${fence}\n` };
  }

  /** Ends the table that is open, because the text ends or a line follows that is no row. */
  endTable(): void {
    if (this.#table?.asCode) {
      const close = this.#isAtLineStart ? "```\n" : "\n```";
      this.#options.sink.write(close, { isWhole: true, rawLength: 0, isClosing: true });
      this.#isAtLineStart = true;
    }
    this.#table = undefined;
  }

  /** Takes the marks at the beginning of a line; `undefined` while they are undecided. */
  #startLine(start: { text: string; isComplete: boolean; next: string; mode: Mode }): number | undefined {
    const { text, isComplete } = start;
    // Undecided text is short here, apart from very long rules and fences.
    const isKnown = isComplete || text.length > MAX_HELD_CHARS;
    const line = classifyLine(text, isKnown, this.#block);
    if (line === undefined) return undefined;
    const opensTable = line.startsTable ? false : this.#opensTable(line, start);
    if (opensTable === undefined) return undefined;

    const isTable = line.state.leaf.type === "table" || line.startsTable;
    if (!isTable) this.endTable();
    if (!line.continues) this.#block = { ...this.#block, leaf: { type: "none" } };
    const opensFence = line.state.leaf.type === "fence" && !line.continues;
    if (line.cut !== undefined)
      this.#options.sink.cut(opensFence && line.cut === "block" ? "fence" : line.cut);
    const isText = line.state.leaf.type === "paragraph" || line.startsTable;
    if (!(line.continues && isText)) this.#inline = initialInlineState;
    if (!line.closesFence) this.#block = line.state;
    this.#line = {
      inline: line.inline && !this.#table?.asCode,
      opensFence,
      closesFence: line.closesFence,
      isTooIndented: isTooIndented(text.slice(line.contentAt)),
      cells: noCells,
      shown: "",
      isTurned: false,
    };

    if (opensTable) this.#beginTable();
    if (line.startsTable && this.#table === undefined && this.#options.sink.takeTable()) {
      this.#table = { header: "", asCode: false };
    }
    // After half a line, a delimiter row could make a table where the text has none.
    const isStray = line.inline && this.#lineBefore.isTurned && isDelimiterRow(text.slice(line.contentAt));
    const isRefused = line.startsTable ? this.#table === undefined : isStray;
    // A fence has to stand on one page, or it opens nothing.
    const isMonstrous = opensFence && text.length > MAX_HELD_CHARS;
    this.#show(text.slice(0, line.contentAt));
    return isRefused || isMonstrous ? this.#showAsText(line, text) : line.contentAt;
  }

  /** Shows a line with its first character escaped, so that it is the text of a paragraph and no mark. */
  #showAsText(line: BlockLine, text: string): number {
    const first = text.slice(line.contentAt).search(/[^ \t]/) + line.contentAt;
    this.#block = { ...line.state, leaf: { type: "paragraph" } };
    if (this.#line !== undefined)
      this.#line = { ...this.#line, inline: true, opensFence: false, isTooIndented: false };
    this.#inline = { ...this.#inline, strayTicks: true };
    this.#show(text.slice(line.contentAt, first));
    this.#show(`&#${text.charCodeAt(first)};`, { isWhole: true, rawLength: 1 });
    return first + 1;
  }

  /** Decides by the next line if the line is the header of a table; `undefined` while that is not known. */
  #opensTable(
    line: BlockLine,
    { text, isComplete, next, mode }: { text: string; isComplete: boolean; next: string; mode: Mode },
  ): boolean | undefined {
    const couldBe =
      line.state.leaf.type === "paragraph" &&
      line.state.containers.length === 0 &&
      text.slice(line.contentAt).trimStart().startsWith("|");
    if (!couldBe || mode === "release" || text.length > MAX_HELD_HEADER_CHARS) return false;
    if (!isComplete || (next === "" && mode !== "end")) return mode === "end" ? false : undefined;
    const nextEnd = next.indexOf("\n");
    const nextText = nextEnd < 0 ? next : next.slice(0, nextEnd);
    const content = text.slice(line.contentAt);
    const header = endOfLine(line.state, isTooIndented(content) ? 0 : countCells(content));
    const following = classifyLine(nextText, nextEnd >= 0 || mode === "end", header);
    if (following === undefined) return nextText.length > MAX_HELD_HEADER_CHARS ? false : undefined;
    return following.startsTable;
  }

  #beginTable(): void {
    const asCode = !this.#options.sink.takeTable();
    if (!asCode) {
      this.#table = { header: "", asCode };
      return;
    }
    this.#line = undefined;
    // In one piece, and before `#table` is set, because a page without room for it must get no closing fence.
    this.#show("```\n", { isWhole: true, rawLength: 0 });
    this.#table = { header: "", asCode };
    const verbatim = { inline: false, opensFence: false, closesFence: false, isTooIndented: false };
    this.#line = { ...verbatim, cells: noCells, shown: "", isTurned: false };
  }

  #continueLine(line: OpenLine, text: string, complete: boolean, mode: Mode): number {
    if (!line.inline) {
      line.cells = cellsAfter(line.cells, text);
      const isWhole = line.opensFence || line.closesFence;
      this.#show(text, { isWhole, rawLength: text.length });
      // Not earlier: where the page is turned at this line, the fence has to be opened again before it is closed.
      if (line.closesFence) this.#block = { ...this.#block, leaf: { type: "none" } };
      return text.length;
    }
    const { passTags } = this.#options.dialect;
    const options = { passTags, images: this.#options.images, complete, release: mode === "release" };
    let scanned = scanInline(text, this.#inline, options);
    const isInData = !complete && scanned.awaited === undefined && endsInData(text.slice(scanned.taken));
    const isHeldTooLong = text.length - scanned.taken > MAX_HELD_CHARS && scanned.awaited === undefined;
    if (isHeldTooLong && !isInData) {
      scanned = scanInline(text, this.#inline, { ...options, release: true });
    }
    this.#hold = { awaited: scanned.awaited, isInData };
    this.#inline = scanned.state;
    line.cells = cellsAfter(line.cells, text.slice(0, scanned.taken));
    let at = 0;
    for (const { from, to, raw } of scanned.wholes) {
      this.#show(scanned.display.slice(at, from));
      this.#show(scanned.display.slice(from, to), { isWhole: true, rawLength: raw });
      at = to;
    }
    this.#show(scanned.display.slice(at));
    return scanned.taken;
  }

  #endLine(line: OpenLine): void {
    this.#show("\n");
    this.#block = endOfLine(this.#block, line.isTooIndented ? 0 : line.cells.count);
    const { leaf } = this.#block;
    if (leaf.type === "table" && this.#table?.header === "") {
      this.#table.header = `${this.#lineBefore.shown}${line.shown}`;
    }
    this.#lineBefore = { shown: line.shown, isTurned: line.isTurned };
    this.#line = undefined;
  }

  #show(display: string, piece?: Piece): void {
    if (display === "") return;
    // The sink may turn the page, which needs the line as it was before.
    this.#options.sink.write(display, piece);
    // A longer line is no header of a table, so its text is not needed. Copied, because a string that is joined from
    // many small parts takes more memory than its text.
    if (this.#line && this.#line.shown.length <= MAX_HELD_HEADER_CHARS) {
      this.#line.shown = copyText(this.#line.shown + display);
    }
    this.#isAtLineStart = display.endsWith("\n");
  }
}

/** Measures a text without a trailing half of a surrogate pair, whose other half may be in the next delta. */
function wellFormedLength(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length;
}
