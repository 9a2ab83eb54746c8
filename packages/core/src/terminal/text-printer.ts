import type { CardBlock, LaneBlock, SourcesBlock, TextBlock } from "../contract/card-block.ts";
import { isOver } from "../run/tool-call.ts";
import type { CardWords } from "../view/words/card-words.ts";

export interface TextPrinterOptions {
  readonly words: CardWords;
  /** The text goes to a terminal, which draws dim text, and must get no control characters of others. */
  readonly isTerminal: boolean;
}

/** Break before new text: none, the end of the line, or the end of the paragraph. */
type Break = "none" | "line" | "paragraph";

/**
 * Printer of a card as text that is only appended to. Text of the answer is printed as it comes, everything else in one
 * piece, once it will not change any more.
 */
export class TextPrinter {
  readonly #options: TextPrinterOptions;
  /** Length of each text that was printed, in UTF-16 units, by id. */
  readonly #lengths = new Map<string, number>();
  /** Ids of the other blocks that were printed. */
  readonly #printed = new Set<string>();
  /** Last thing that was printed: the id of a text or lane, or the type of another block. */
  #last: string | undefined;
  /** Last two characters of all output. */
  #end = "";
  #output = "";

  constructor(options: TextPrinterOptions) {
    this.#options = options;
  }

  /** Returns the text for the news in the blocks of a card. @param isFinal No blocks come after these. */
  print(blocks: readonly CardBlock[], isFinal: boolean): string {
    for (const block of this.#inTurn(blocks, isFinal)) this.#print(block, blocks, isFinal);
    // The shell's next prompt needs a line of its own.
    const isLineOpen = this.#end !== "" && !this.#end.endsWith("\n");
    if (isFinal && isLineOpen && this.#options.isTerminal) this.#output += "\n";
    const output = this.#output;
    this.#output = "";
    return output;
  }

  /**
   * Leaves out the lanes behind the first one that is open, because runs that share a card are printed one after the
   * other.
   */
  #inTurn(blocks: readonly CardBlock[], isFinal: boolean): readonly CardBlock[] {
    const lanes = blocks.filter((block) => block.type === "lane");
    const open = isFinal ? -1 : lanes.findIndex(({ state }) => typeof state === "string");
    const waiting = new Set(open < 0 ? [] : lanes.slice(open + 1).map(({ id }) => id));
    if (waiting.size === 0) return blocks;
    return blocks.filter(({ id, within }) => {
      if (within !== undefined && waiting.has(within)) waiting.add(id);
      return !waiting.has(id);
    });
  }

  #print(block: CardBlock, blocks: readonly CardBlock[], isFinal: boolean): void {
    const { words } = this.#options;
    switch (block.type) {
      case "text":
        if (block.isReasoning) this.#printThought(block, blocks);
        else this.#printText(block, block.text);
        return;
      case "tool":
        if (isFinal || isOver(block)) this.#printLine(block, words.toolLine(block));
        return;
      case "image":
        this.#printLine(block, `[${words.image}] ${block.key ?? block.url ?? ""}`.trimEnd());
        return;
      case "lane":
        this.#printLane(block);
        return;
      case "sources":
        this.#printLine(block, sourceLines(block, words));
        return;
      case "footer":
        if (isFinal) this.#printLine(block, words.footer(block));
        return;
      case "status": {
        const { status } = block;
        if (!isFinal || status.phase !== "ended") return;
        // Outside a terminal, nothing is printed about a run with an answer that just finished.
        const isPlain = status.end.status === "finished" && status.end.reason === undefined && status.hasText;
        if (this.#options.isTerminal || !isPlain) this.#printLine(block, `[${words.status(status)}]`);
        return;
      }
      default:
        return;
    }
  }

  #printText({ id }: TextBlock, text: string, isDim = false): void {
    const from = this.#lengths.get(id) ?? 0;
    if (text.length <= from) return;
    this.#lengths.set(id, text.length);
    this.#write(this.#last === id ? "none" : "paragraph", text.slice(from), isDim);
    this.#last = id;
  }

  /** Prints reasoning: dim on a terminal as it comes, elsewhere quoted once it is complete, unless it is folded. */
  #printThought(block: TextBlock, blocks: readonly CardBlock[]): void {
    if (this.#options.isTerminal) {
      this.#printText(block, block.text, true);
      return;
    }
    const holder = blocks.find(({ id }) => id === block.within);
    if (holder?.type !== "reasoning" || holder.isThinking || holder.isFolded) return;
    this.#printText(block, `> ${block.text.trimEnd().replaceAll("\n", "\n> ")}`);
  }

  /** Prints the heading of a lane, and its end where the run did not just finish. */
  #printLane(block: LaneBlock): void {
    const { id, title, state } = block;
    if (!this.#printed.has(id)) {
      this.#printed.add(id);
      this.#write("paragraph", `── ${title} ──`, false);
      this.#last = id;
    }
    if (typeof state === "string" || (state.status === "finished" && state.reason === undefined)) return;
    this.#printLine({ ...block, id: `${id} end` }, `[${block.title} · ${this.#options.words.lane(block)}]`);
  }

  #printLine({ id, type }: CardBlock, line: string): void {
    if (this.#printed.has(id)) return;
    this.#printed.add(id);
    this.#write(this.#last === type ? "line" : "paragraph", line, true);
    this.#last = type;
  }

  #write(gap: Break, text: string, isDim: boolean): void {
    const { isTerminal } = this.#options;
    const safe = isTerminal ? withoutControls(text) : text;
    const breaks = this.#end === "" ? "" : missingBreaks(this.#end, gap);
    this.#output += breaks + (isTerminal && isDim ? `${DIM}${safe}${UNDIM}` : safe);
    this.#end = `${this.#end}${breaks}${safe}`.slice(-2);
  }
}

const DIM = "\u001b[2m";
const UNDIM = "\u001b[22m";

/** Characters that could move the cursor, change colours, or turn the direction of reading. */
const control = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Leaves out carriage returns, and replaces other control characters. */
function withoutControls(text: string): string {
  return text.replace(control, (character) => {
    if (character === "\n" || character === "\t") return character;
    return character === "\r" ? "" : "\ufffd";
  });
}

/** Returns the line ends that are missing before new text. @param end End of the text before. */
function missingBreaks(end: string, gap: Break): string {
  if (gap === "none" || end === "\n\n") return "";
  const missing = gap === "paragraph" ? 2 : 1;
  return "\n".repeat(Math.max(0, missing - (end.endsWith("\n") ? 1 : 0)));
}

function sourceLines({ sources, more }: SourcesBlock, words: CardWords): string {
  const links = sources.map(({ title, url }, index) => {
    const address = url === undefined || url === title ? "" : ` ${url}`;
    return `${index + 1}. ${title}${address}`;
  });
  const rest = more > 0 ? [words.moreSources(more)] : [];
  return [words.sourcesTitle(sources.length + more), ...links, ...rest].join("\n");
}
