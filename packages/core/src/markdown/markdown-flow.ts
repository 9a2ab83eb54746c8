import { copyText } from "../retention/copy-text.ts";
import {
  type BlockLine,
  type BlockState,
  type CutKind,
  classifyLine,
  endOfLine,
  initialBlockState,
  isTooIndented,
} from "./block-line.ts";
import { endsInData, type ImageTargets, isData, PENDING_IMAGE } from "./image-target.ts";
import { type InlineState, initialInlineState, type MarkdownDialect, scanInline } from "./inline-text.ts";
import { cellsAfter, countCells, isDelimiterRow, noCells, type RowCells } from "./table-row.ts";

/** Receiver of the text that may be shown. */
export interface MarkdownSink {
  /** Takes text that may be shown now; it is never taken back. */
  write(display: string, piece?: Piece): void;
  /** Notes that the text may be cut before the next write; `fence`: between blocks, and code follows. */
  cut(kind: CutKind | "fence"): void;
  /** Decides on a table that begins: true to draw it as one, false to show it as code. */
  takeTable(): boolean;
}

/** Text that stands for other text, or must not be cut. */
export interface Piece {
  /** The text must not be cut. */
  readonly isWhole: boolean;
  /** Length of the raw text that it stands for, in UTF-16 units. */
  readonly rawLength: number;
  /** The text closes a block. Every page keeps room for that. */
  readonly isClosing?: boolean;
}

/** Text around a cut inside a block, so that both halves are drawn as the same kind of block. */
export interface Bridge {
  /** Line that closes the open block before the cut. */
  readonly close: string;
  /** Text that opens the same block after the cut. */
  readonly reopen: string;
  /** Shortest text that opens the same block, for a card with little room. */
  readonly reopenShort: string;
}

/** Amount of text to show. `decided`: certain text. `release`: also text that has waited long. `end`: all, nothing follows. */
type Mode = "decided" | "release" | "end";

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

/** Longest undecided tail of a line that is held back, in UTF-16 units. */
const MAX_HELD_CHARS = 240;

/** Longest header of a table that is held back, in UTF-16 units. */
const MAX_HELD_HEADER_CHARS = 600;

/** Sink of text that is not shown. */
const nowhere: MarkdownSink = { write() {}, cut() {}, takeTable: () => true };

const NO_BRIDGE: Bridge = { close: "", reopen: "", reopenShort: "" };

/**
 * Transducer from raw Markdown, as it streams in, to text that can be shown right away and only ever grows.
 *
 * Tails that may still turn into something else are held back, until `release()` shows them because the reader has
 * waited long. The sink receives the places where the text may be cut, too.
 */
export class MarkdownFlow {
  readonly #dialect: MarkdownDialect;
  readonly #sink: MarkdownSink;
  readonly #images: ImageTargets;
  /** Target of a pending image. Text is shown up to there. */
  #awaited: string | undefined;
  /** Flow that reads ahead of a pending image, so that further images are uploaded at the same time. */
  #scout: MarkdownFlow | undefined;
  /** The text ends within the bytes of an image. */
  #isInData = false;
  /** Length of `#pending` at the last `release()`. */
  #lengthAtRelease = 0;
  /** Raw text that is not shown yet. */
  #pending = "";
  #block: BlockState = initialBlockState;
  #inline: InlineState = initialInlineState;
  #line: OpenLine | undefined;
  #lineBefore: Pick<OpenLine, "shown" | "isTurned"> = { shown: "", isTurned: false };
  #table: { header: string; asCode: boolean } | undefined;
  #isAtLineStart = true;

  constructor(dialect: MarkdownDialect, sink: MarkdownSink, images: ImageTargets = onlyKeys(dialect)) {
    this.#dialect = dialect;
    this.#sink = sink;
    this.#images = images;
  }

  /** Text waits for a pending image. `push("")` and `end()` look at the image again. */
  get isAwaiting(): boolean {
    return this.#awaited !== undefined;
  }

  /** Text waits to be decided. */
  get isHolding(): boolean {
    return this.#pending !== "";
  }

  /** Takes in raw text and shows what is decided. */
  push(text: string): void {
    this.#pending += copyText(text);
    this.#scout?.push(text);
    // A long text that cannot be shown yet is not read again for each of its parts.
    const isInData = this.#isInData && isData(text);
    const isAwaiting = this.#awaited !== undefined && this.#images.targetOf(this.#awaited) === PENDING_IMAGE;
    if (!isInData && !isAwaiting) this.#advance("decided");
  }

  /** Shows the text that is held back, except the few characters that decide the meaning of a whole line. */
  release(): void {
    // Half of an image's bytes is of no use to a reader while more of them arrive.
    const isGrowing = this.#isInData && this.#pending.length > this.#lengthAtRelease;
    this.#lengthAtRelease = this.#pending.length;
    if (!isGrowing) this.#advance("release");
  }

  /** Shows the rest, because the text is complete, up to a pending image. Nothing may be pushed afterwards. */
  end(): void {
    this.#scout?.end();
    this.#advance("end");
    if (!this.isAwaiting) this.#endTable();
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

  #advance(mode: Mode): void {
    let at = 0;
    this.#awaited = undefined;
    this.#isInData = false;
    const known = mode === "end" ? this.#pending.length : wellFormedLength(this.#pending);
    while (at < known) {
      const newline = this.#pending.indexOf("\n", at);
      const lineEnd = newline < 0 ? known : newline;
      const isComplete = newline >= 0 || mode === "end";
      const text = this.#pending.slice(at, lineEnd).toWellFormed();
      if (this.#line === undefined) {
        const next = newline < 0 ? "" : this.#pending.slice(newline + 1, known);
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
    this.#pending = this.#pending.slice(at);
    if (this.#awaited === undefined) this.#scout = undefined;
    else this.#scout ??= this.#sendScout();
  }

  #sendScout(): MarkdownFlow {
    const scout = new MarkdownFlow(this.#dialect, nowhere, {
      targetOf: (target) => {
        const drawn = this.#images.targetOf(target);
        return drawn === PENDING_IMAGE ? undefined : drawn;
      },
    });
    scout.#block = this.#block;
    scout.#inline = this.#inline;
    scout.#line = this.#line && { ...this.#line };
    scout.#lineBefore = this.#lineBefore;
    scout.#table = this.#table && { ...this.#table };
    scout.#isAtLineStart = this.#isAtLineStart;
    scout.push(this.#pending);
    return scout;
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
    if (!isTable) this.#endTable();
    if (!line.continues) this.#block = { ...this.#block, leaf: { type: "none" } };
    const opensFence = line.state.leaf.type === "fence" && !line.continues;
    if (line.cut !== undefined) this.#sink.cut(opensFence && line.cut === "block" ? "fence" : line.cut);
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
    if (line.startsTable && this.#table === undefined && this.#sink.takeTable()) {
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
    const asCode = !this.#sink.takeTable();
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

  #endTable(): void {
    if (this.#table?.asCode) {
      const close = this.#isAtLineStart ? "```\n" : "\n```";
      this.#sink.write(close, { isWhole: true, rawLength: 0, isClosing: true });
      this.#isAtLineStart = true;
    }
    this.#table = undefined;
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
    const { passTags } = this.#dialect;
    const options = { passTags, images: this.#images, complete, release: mode === "release" };
    let scanned = scanInline(text, this.#inline, options);
    this.#isInData = !complete && scanned.awaited === undefined && endsInData(text.slice(scanned.taken));
    const isHeldTooLong = text.length - scanned.taken > MAX_HELD_CHARS && scanned.awaited === undefined;
    if (isHeldTooLong && !this.#isInData) {
      scanned = scanInline(text, this.#inline, { ...options, release: true });
    }
    this.#awaited = scanned.awaited;
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
    this.#sink.write(display, piece);
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

/** Makes targets for a platform that draws its own keys alone. */
function onlyKeys(dialect: MarkdownDialect): ImageTargets {
  return { targetOf: (target) => (dialect.isImageTarget(target) ? target : undefined) };
}
