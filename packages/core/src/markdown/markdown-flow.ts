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

/** Where the text goes that may be shown. */
export interface MarkdownSink {
  /** Text that may be shown now; it is never taken back. */
  write(display: string, piece?: Piece): void;
  /** The text may be cut here, before what is written next; `fence`: between blocks, and code follows. */
  cut(kind: CutKind | "fence"): void;
  /** A table begins: true where it may be drawn as one, false where it has to be shown as code. */
  takeTable(): boolean;
}

/** Text that is shown in place of other text, or that means something only as a whole. */
export interface Piece {
  readonly isWhole: boolean;
  /** Length of the text that it stands for. */
  readonly rawLength: number;
  /** It closes a block, for which every page keeps room. */
  readonly isClosing?: boolean;
}

/** What a cut inside a block needs so that both halves are drawn as what they are. */
export interface Bridge {
  /** Ends the open block before the cut, on a line of its own. */
  readonly close: string;
  /** Opens the same block after it. */
  readonly reopen: string;
  /** The same where there is no room for more than has to be. */
  readonly reopenShort: string;
}

/**
 * `decided`: show what is certain. `release`: also what has waited long enough. `end`: nothing follows.
 */
type Mode = "decided" | "release" | "end";

interface OpenLine {
  readonly inline: boolean;
  readonly opensFence: boolean;
  readonly closesFence: boolean;
  readonly isTooIndented: boolean;
  /** Cells of the line after its marks. */
  cells: RowCells;
  /** What was shown of it, as long as it is short. */
  shown: string;
  /** A page was turned inside the line: only its end stands before the next line. */
  isTurned: boolean;
}

/** Longest text that is held back, in UTF-16 units: a line's undecided tail, and a table's header. */
const MAX_HELD = 240;
const MAX_HELD_HEADER = 600;

const nowhere: MarkdownSink = { write() {}, cut() {}, takeTable: () => true };

const NO_BRIDGE: Bridge = { close: "", reopen: "", reopenShort: "" };

/**
 * Turns raw Markdown, as it streams in, into text that can be shown right away and only ever grows.
 *
 * Tails that may still turn into something else are held back; `release()` gives them up when the reader
 * has waited long enough. The places where the text may be cut are told to the sink as they are passed.
 */
export class MarkdownFlow {
  readonly #dialect: MarkdownDialect;
  readonly #sink: MarkdownSink;
  readonly #images: ImageTargets;
  /** The target of an image that is being made: text is shown up to there. */
  #awaited: string | undefined;
  /** Reads ahead of it, so that the images there are made at the same time. */
  #scout: MarkdownFlow | undefined;
  /** The text ends within the bytes of an image. */
  #isInData = false;
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

  /** True while text waits for an image that is being made. `push("")` looks again, or `end()`. */
  get isAwaiting(): boolean {
    return this.#awaited !== undefined;
  }

  /** True while some text waits to be decided. */
  get isHolding(): boolean {
    return this.#pending !== "";
  }

  push(text: string): void {
    this.#pending += copyText(text);
    this.#scout?.push(text);
    // Long texts that cannot be shown yet are not read again for each of their parts.
    const isInData = this.#isInData && isData(text);
    const isAwaiting = this.#awaited !== undefined && this.#images.targetOf(this.#awaited) === PENDING_IMAGE;
    if (!isInData && !isAwaiting) this.#advance("decided");
  }

  /** Shows what is held back, except the few characters on which the meaning of a whole line hangs. */
  release(): void {
    // Half of an image's bytes is of no use to a reader, as long as more of them come.
    const isGrowing = this.#isInData && this.#pending.length > this.#lengthAtRelease;
    this.#lengthAtRelease = this.#pending.length;
    if (!isGrowing) this.#advance("release");
  }

  /** The text is complete: shows the rest, or as much as awaits no image. Nothing may be pushed afterwards. */
  end(): void {
    this.#scout?.end();
    this.#advance("end");
    if (!this.isAwaiting) this.#endTable();
  }

  /** A page is turned at this point. */
  turn(): void {
    if (this.#line !== undefined) this.#line.isTurned = true;
  }

  /** What a cut at this very point needs. A table can be continued only from the beginning of a row. */
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
    // What is undecided here is short, but for rules and fences that go on and on.
    const isKnown = isComplete || text.length > MAX_HELD;
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
    // After half a line a delimiter row could make a table where the text has none.
    const isStray = line.inline && this.#lineBefore.isTurned && isDelimiterRow(text.slice(line.contentAt));
    const isRefused = line.startsTable ? this.#table === undefined : isStray;
    // A fence has to stand on one page, or it opens nothing.
    const isMonstrous = opensFence && text.length > MAX_HELD;
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

  /** Whether the line is the header of a table, which the line after it tells; `undefined` while that is not known. */
  #opensTable(
    line: BlockLine,
    { text, isComplete, next, mode }: { text: string; isComplete: boolean; next: string; mode: Mode },
  ): boolean | undefined {
    const couldBe =
      line.state.leaf.type === "paragraph" &&
      line.state.containers.length === 0 &&
      text.slice(line.contentAt).trimStart().startsWith("|");
    if (!couldBe || mode === "release" || text.length > MAX_HELD_HEADER) return false;
    if (!isComplete || (next === "" && mode !== "end")) return mode === "end" ? false : undefined;
    const nextEnd = next.indexOf("\n");
    const nextText = nextEnd < 0 ? next : next.slice(0, nextEnd);
    const content = text.slice(line.contentAt);
    const header = endOfLine(line.state, isTooIndented(content) ? 0 : countCells(content));
    const following = classifyLine(nextText, nextEnd >= 0 || mode === "end", header);
    if (following === undefined) return nextText.length > MAX_HELD_HEADER ? false : undefined;
    return following.startsTable;
  }

  #beginTable(): void {
    const asCode = !this.#sink.takeTable();
    if (!asCode) {
      this.#table = { header: "", asCode };
      return;
    }
    this.#line = undefined;
    // In one piece, and before there is a table to close: a page without room for it is left as it is.
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
      // Not before: where the page is turned at this line, the fence is opened again for it to close.
      if (line.closesFence) this.#block = { ...this.#block, leaf: { type: "none" } };
      return text.length;
    }
    const { passTags } = this.#dialect;
    const options = { passTags, images: this.#images, complete, release: mode === "release" };
    let scanned = scanInline(text, this.#inline, options);
    this.#isInData = !complete && scanned.awaited === undefined && endsInData(text.slice(scanned.taken));
    const isHeldTooLong = text.length - scanned.taken > MAX_HELD && scanned.awaited === undefined;
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
    // A page may be turned in here, for which the line has to be as it was.
    this.#sink.write(display, piece);
    // Longer than this it is no header of a table, and nobody asks for it. Copied: each of many small parts would cost more than its text.
    if (this.#line && this.#line.shown.length <= MAX_HELD_HEADER) {
      this.#line.shown = copyText(this.#line.shown + display);
    }
    this.#isAtLineStart = display.endsWith("\n");
  }
}

/** Length without a trailing half of a surrogate pair, whose other half may be in the next delta. */
function wellFormedLength(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length;
}

/** Draws what the platform can draw as it is. */
function onlyKeys(dialect: MarkdownDialect): ImageTargets {
  return { targetOf: (target) => (dialect.isImageTarget(target) ? target : undefined) };
}
