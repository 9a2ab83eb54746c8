import {
  type BlockLine,
  type BlockState,
  type CutKind,
  classifyLine,
  endOfLine,
  initialBlockState,
} from "./block-line.ts";
import { type InlineState, initialInlineState, type MarkdownDialect, scanInline } from "./inline-text.ts";

/** Where the text goes that may be shown. */
export interface MarkdownSink {
  /** Text that may be shown now; it is never taken back. */
  write(display: string): void;
  /** The text may be cut here, before what is written next. */
  cut(kind: CutKind): void;
  /** A table begins: true where it may be drawn as one, false where it has to be shown as code. */
  takeTable(): boolean;
}

/** What a cut inside a block needs so that both halves are drawn as what they are. */
export interface Bridge {
  /** Ends the open block before the cut. */
  readonly close: string;
  /** Opens the same block after it. */
  readonly reopen: string;
}

/**
 * `decided`: show what is certain. `release`: also what has waited long enough. `end`: nothing follows.
 */
type Mode = "decided" | "release" | "end";

interface OpenLine {
  readonly inline: boolean;
  /** A fence whose info string is still coming in. */
  readonly opensFence: boolean;
  /** The line after its marks, and what was shown of all of it. */
  content: string;
  shown: string;
}

/** Longest text that is held back, in UTF-16 units: a line's undecided tail, and a table's header. */
const MAX_HELD = 240;
const MAX_HELD_HEADER = 600;

const NO_BRIDGE: Bridge = { close: "", reopen: "" };

/**
 * Turns raw Markdown, as it streams in, into text that can be shown right away and only ever grows.
 *
 * Tails that may still turn into something else are held back; `release()` gives them up when the reader
 * has waited long enough. The places where the text may be cut are told to the sink as they are passed.
 */
export class MarkdownFlow {
  readonly #dialect: MarkdownDialect;
  readonly #sink: MarkdownSink;
  /** Raw text that is not shown yet. */
  #pending = "";
  #block: BlockState = initialBlockState;
  #inline: InlineState = initialInlineState;
  #line: OpenLine | undefined;
  #lineBefore = "";
  #table: { header: string; asCode: boolean } | undefined;
  #isAtLineStart = true;

  constructor(dialect: MarkdownDialect, sink: MarkdownSink) {
    this.#dialect = dialect;
    this.#sink = sink;
  }

  /** True while some text waits to be decided. */
  get isHolding(): boolean {
    return this.#pending !== "";
  }

  push(text: string): void {
    this.#pending += text;
    this.#advance("decided");
  }

  /** Shows what is held back, except the few characters on which the meaning of a whole line hangs. */
  release(): void {
    this.#advance("release");
  }

  /** The text is complete: shows the rest. Nothing may be pushed afterwards. */
  end(): void {
    this.#advance("end");
    this.#endTable();
  }

  /** What a cut at this very point needs. */
  bridge(): Bridge {
    const { leaf, containers } = this.#block;
    const newline = this.#isAtLineStart ? "" : "\n";
    if (this.#table?.asCode) return { close: `${newline}\`\`\``, reopen: "```\n" };
    if (leaf.type === "table" && this.#table && this.#isAtLineStart) {
      return { close: "", reopen: this.#table.header };
    }
    if (leaf.type !== "fence" || this.#line?.opensFence) return NO_BRIDGE;
    const prefix = containers.map(({ type }) => (type === "quote" ? "> " : "")).join("");
    const fence = `${prefix}${leaf.char.repeat(leaf.size)}`;
    return { close: `${newline}${fence}`, reopen: `${fence}${leaf.info}\n` };
  }

  #advance(mode: Mode): void {
    let at = 0;
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
  }

  /** Takes the marks at the beginning of a line; `undefined` while they are undecided. */
  #startLine(start: { text: string; isComplete: boolean; next: string; mode: Mode }): number | undefined {
    const { text, isComplete, mode } = start;
    let line = classifyLine(text, isComplete, this.#block);
    if (line === undefined) {
      // What is undecided here is short, but for the info string of a fence.
      const forced = classifyLine(text, true, this.#block);
      const isFence = forced?.state.leaf.type === "fence" && !forced.continues;
      if (text.length <= MAX_HELD && !(isFence && mode === "release")) return undefined;
      line = forced;
    }
    if (line === undefined) return undefined;
    const opensTable = line.startsTable ? false : this.#opensTable(line, start);
    if (opensTable === undefined) return undefined;

    const isTable = line.state.leaf.type === "table" || line.startsTable;
    if (!isTable) this.#endTable();
    if (!line.continues) this.#block = { ...this.#block, leaf: { type: "none" } };
    if (line.cut !== undefined) this.#sink.cut(line.cut);
    const isText = line.state.leaf.type === "paragraph" || line.startsTable;
    if (!(line.continues && isText)) this.#inline = initialInlineState;
    this.#block = line.state;
    const opensFence = line.state.leaf.type === "fence" && !line.continues;
    this.#line = { inline: line.inline && !this.#table?.asCode, opensFence, content: "", shown: "" };

    if (opensTable) this.#beginTable();
    const escapes = line.startsTable && this.#table === undefined && !this.#sink.takeTable();
    if (line.startsTable && !escapes) this.#table ??= { header: "", asCode: false };
    this.#show(text.slice(0, line.contentAt));
    if (!escapes) return line.contentAt;
    // One character less of the delimiter row, and the lines before stay the paragraph that was shown.
    const first = text.slice(line.contentAt).search(/[^ \t]/) + line.contentAt;
    this.#block = { ...line.state, leaf: { type: "paragraph" } };
    this.#show(`${text.slice(line.contentAt, first)}&#${text.charCodeAt(first)};`);
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
    const header = endOfLine(line.state, text.slice(line.contentAt));
    const following = classifyLine(nextText, nextEnd >= 0 || mode === "end", header);
    if (following === undefined) return nextText.length > MAX_HELD_HEADER ? false : undefined;
    return following.startsTable;
  }

  #beginTable(): void {
    const asCode = !this.#sink.takeTable();
    this.#table = { header: "", asCode };
    if (!asCode) return;
    this.#line = undefined;
    this.#show("```\n");
    this.#line = { inline: false, opensFence: false, content: "", shown: "" };
  }

  #endTable(): void {
    if (this.#table?.asCode) {
      this.#sink.write(this.#isAtLineStart ? "```\n" : "\n```");
      this.#isAtLineStart = true;
    }
    this.#table = undefined;
  }

  #continueLine(line: OpenLine, text: string, complete: boolean, mode: Mode): number {
    if (!line.inline) {
      line.content += text;
      this.#show(text);
      return text.length;
    }
    const release = mode === "release" || text.length > MAX_HELD;
    const scanned = scanInline(text, this.#inline, { dialect: this.#dialect, complete, release });
    this.#inline = scanned.state;
    line.content += text.slice(0, scanned.taken);
    this.#show(scanned.display);
    return scanned.taken;
  }

  #endLine(line: OpenLine): void {
    this.#show("\n");
    this.#block = endOfLine(this.#block, line.content);
    const { leaf } = this.#block;
    if (line.opensFence && leaf.type === "fence") {
      // The fence may have been told by its first characters, before its info string was there.
      const reread = classifyLine(line.content, true, initialBlockState)?.state.leaf;
      if (reread?.type === "fence") this.#block = { ...this.#block, leaf: reread };
      else {
        this.#block = endOfLine({ ...this.#block, leaf: { type: "paragraph" } }, line.content);
        this.#inline = { ...initialInlineState, strayTicks: true, openImage: true };
      }
    } else if (leaf.type === "table" && this.#table?.header === "") {
      this.#table.header = `${this.#lineBefore}${line.shown}`;
    }
    this.#lineBefore = line.shown;
    this.#line = undefined;
  }

  #show(display: string): void {
    if (display === "") return;
    if (this.#line) this.#line.shown += display;
    this.#isAtLineStart = display.endsWith("\n");
    this.#sink.write(display);
  }
}

/** Length without a trailing half of a surrogate pair, whose other half may be in the next delta. */
function wellFormedLength(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length;
}
