import { LineCursor } from "./line-cursor.ts";
import { countDelimiterColumns } from "./table-row.ts";

/** Block that other blocks stand in. */
type Container =
  | { readonly type: "quote" }
  /** `width`: columns of indentation that keep a line in the item. `marker`: items with the same marker form a list. */
  | { readonly type: "item"; readonly width: number; readonly marker: string };

/** Block that text stands in. */
type Leaf =
  | { readonly type: "none" | "paragraph" | "indented" | "heading" | "rule" }
  | { readonly type: "fence"; readonly char: string; readonly size: number; readonly info: string }
  | { readonly type: "table"; readonly columns: number };

/** Blocks that are open after a line. */
export interface BlockState {
  /** Open containers, from the outermost on. */
  readonly containers: readonly Container[];
  /** Open leaf. */
  readonly leaf: Leaf;
  /** False after an empty list item or indented code, because parsers differ on the lines after those. */
  readonly settled: boolean;
  /** Cells of the line as the header of a table; 0 where it cannot be one. */
  readonly headerColumns: number;
}

/** Kind of a cut before a line: between blocks, between the items of a list, or inside a block. */
export type CutKind = "block" | "item" | "line";

/** Class of a line. */
export interface BlockLine {
  /** Blocks that are open after the line. */
  readonly state: BlockState;
  /** Offset of the line's own content, after quote marks, list markers and indentation. */
  readonly contentAt: number;
  /** False for code, whose content is literal. */
  readonly inline: boolean;
  /** Kind of cut that may be made before the line; `undefined` for none. */
  readonly cut: CutKind | undefined;
  /** The line belongs to the leaf block of the line before. */
  readonly continues: boolean;
  /** The line closes the open code fence. */
  readonly closesFence: boolean;
  /** The line is the delimiter row that turns the line before into a table's header. */
  readonly startsTable: boolean;
}

/** State at the beginning of a text. */
export const initialBlockState: BlockState = {
  containers: [],
  leaf: { type: "none" },
  settled: true,
  headerColumns: 0,
};

const NONE: Leaf = { type: "none" };
const PARAGRAPH: Leaf = { type: "paragraph" };

const fenceOpening = /^(`{3,}|~{3,})(.*)$/s;
const heading = /^#{1,6}(?=[ \t]|$)/;
const rule = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const setext = /^(?:=+|-+)[ \t]*$/;
const listMarker = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/;
/** Beginning of a line that may still become a marker, a fence, a rule or a delimiter row. */
const undecidedStart = /^(?:`{1,2}|~{1,2}|#{1,6}|\d{1,9}[.)]?|[-+*]|[-_*=:|][-_*=:| \t]*)$/;

/**
 * Classifies a line of Markdown: the block phase of CommonMark and GFM tables, one line at a time.
 *
 * A parser reads the whole document, whereas a stream has the beginning of a line. So the class is `undefined` until
 * enough of the line is known.
 *
 * @param line The line, or its known beginning, without the line end.
 * @param complete True when nothing will be added to the line.
 * @returns The line's class, or `undefined` where more of the line decides it.
 * @see https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy
 */
export function classifyLine(line: string, complete: boolean, before: BlockState): BlockLine | undefined {
  const cursor = new LineCursor(line);
  const matched = matchContainers(cursor, before.containers);
  if (cursor.isBlank) return complete ? blankLine(before, matched, cursor) : undefined;

  const isInside = matched === before.containers.length;
  if (isInside && before.leaf.type === "fence") return fenceLine(cursor, complete, before);
  if (isInside && before.leaf.type === "indented" && cursor.indent >= 4) return literal(cursor, before);

  const containers = before.containers.slice(0, matched);
  /** A paragraph is open, which the line continues (also lazily) unless it starts a block of its own. */
  let inParagraph = before.leaf.type === "paragraph";
  /** True after indented code, too, where parsers read a list that does not start at 1 as text. */
  const needsInterrupt = inParagraph || before.leaf.type === "indented";
  const inTable = isInside && before.leaf.type === "table";
  let opened = false;

  for (;;) {
    if (cursor.indent >= 4) {
      if (inParagraph) break;
      return start(cursor, [...containers], { type: "indented" }, before, { matched, inline: false });
    }
    const rest = cursor.rest;
    if (rest.startsWith(">")) {
      cursor.takeQuoteMark();
      containers.push({ type: "quote" });
      inParagraph = false;
      opened = true;
      if (cursor.isBlank) {
        if (!complete) return undefined;
        return start(cursor, containers, NONE, before, { matched });
      }
      continue;
    }
    if (!complete && undecidedStart.test(rest)) return undefined;

    const marker = listMarker.exec(rest);
    const delimiterColumns = marker === null ? countDelimiterColumns(rest) : 0;
    if (
      inParagraph &&
      isInside &&
      !opened &&
      delimiterColumns > 0 &&
      delimiterColumns === before.headerColumns
    ) {
      const leaf: Leaf = { type: "table", columns: delimiterColumns };
      return { ...continues(cursor, before, leaf), cut: undefined, startsTable: true };
    }
    const fence = fenceOpening.exec(rest);
    if (fence !== null && !(fence[1]?.startsWith("`") && fence[2]?.includes("`"))) {
      if (!complete) return undefined;
      const [, run = "", info = ""] = fence;
      const leaf: Leaf = { type: "fence", char: run.charAt(0), size: run.length, info: info.trim() };
      return start(cursor, containers, leaf, before, { matched, inline: false });
    }
    if (heading.test(rest)) return start(cursor, containers, { type: "heading" }, before, { matched });
    if (inParagraph && isInside && !opened && setext.test(rest)) {
      return { ...continues(cursor, before, { type: "heading" }), cut: undefined };
    }
    if (rule.test(rest)) return start(cursor, containers, { type: "rule" }, before, { matched });

    const isEmptyItem = marker !== null && rest.slice(marker[0].length).trim() === "";
    if (isEmptyItem && !complete) return undefined;
    const interrupts = !needsInterrupt || !isInside || (!isEmptyItem && canInterrupt(marker));
    if (marker !== null && interrupts) {
      containers.push({ type: "item", ...cursor.takeListMarker(marker[0]) });
      inParagraph = false;
      opened = true;
      if (!cursor.isBlank) continue;
      const item = start(cursor, containers, NONE, before, { matched });
      return { ...item, state: { ...item.state, settled: false } };
    }
    break;
  }

  if (inTable && !opened) return { ...continues(cursor, before, before.leaf), inline: true };
  if (inParagraph && !opened) {
    return continues(cursor, before, PARAGRAPH);
  }
  return start(cursor, containers, PARAGRAPH, before, { matched });
}

/** Tells list items that end a paragraph: those of a numbered list do so if it starts at 1. */
function canInterrupt(marker: RegExpExecArray | null): boolean {
  return marker !== null && (marker[1] === undefined || Number(marker[1]) === 1);
}

function matchContainers(cursor: LineCursor, containers: readonly Container[]): number {
  let matched = 0;
  for (const container of containers) {
    if (container.type === "quote") {
      if (cursor.indent > 3 || !cursor.rest.startsWith(">")) break;
      cursor.takeQuoteMark();
    } else if (!cursor.isBlank) {
      if (cursor.indent < container.width) break;
      cursor.takeColumns(container.width);
    }
    matched += 1;
  }
  return matched;
}

function blankLine(before: BlockState, matched: number, cursor: LineCursor): BlockLine {
  const isInside = matched === before.containers.length;
  const keepsLeaf = isInside && (before.leaf.type === "fence" || before.leaf.type === "indented");
  // An empty item ends at a blank line.
  const endsItem = isInside && !before.settled && before.leaf.type === "none";
  return {
    state: {
      containers: before.containers.slice(0, endsItem ? -1 : matched),
      leaf: keepsLeaf ? before.leaf : NONE,
      settled: before.settled || !(keepsLeaf || endsItem),
      headerColumns: 0,
    },
    contentAt: cursor.at,
    inline: false,
    cut: undefined,
    continues: keepsLeaf,
    closesFence: false,
    startsTable: false,
  };
}

function fenceLine(cursor: LineCursor, complete: boolean, before: BlockState): BlockLine | undefined {
  if (before.leaf.type !== "fence") return undefined;
  const { char, size } = before.leaf;
  const run = cursor.rest.replace(/[ \t]+$/, "");
  const couldClose = cursor.indent <= 3 && run === char.repeat(run.length);
  if (couldClose && !complete) return undefined;
  if (couldClose && run.length >= size) {
    const state: BlockState = { ...before, leaf: NONE };
    return { ...literal(cursor, before), state, cut: undefined, closesFence: true };
  }
  return literal(cursor, before);
}

function literal(cursor: LineCursor, before: BlockState): BlockLine {
  return { ...continues(cursor, before, before.leaf), inline: false };
}

function continues(cursor: LineCursor, before: BlockState, leaf: Leaf): BlockLine {
  return {
    state: { ...before, leaf, headerColumns: 0 },
    contentAt: cursor.at,
    inline: true,
    cut: "line",
    continues: true,
    closesFence: false,
    startsTable: false,
  };
}

interface StartOptions {
  matched: number;
  inline?: boolean;
}

function start(
  cursor: LineCursor,
  containers: Container[],
  leaf: Leaf,
  before: BlockState,
  { matched, inline = true }: StartOptions,
): BlockLine {
  return {
    state: { containers, leaf, settled: before.settled && leaf.type !== "indented", headerColumns: 0 },
    contentAt: cursor.at,
    inline,
    cut: cutBefore(containers, before, matched, cursor.lineIndent),
    continues: false,
    closesFence: false,
    startsTable: false,
  };
}

/** Finds the kind of cut before a line that starts a block: one of the document, an item of its last list, or a nested one. */
function cutBefore(
  containers: readonly Container[],
  before: BlockState,
  matched: number,
  lineIndent: number,
): CutKind {
  if (matched > 0 || !before.settled) return "line";
  // Nested lists are often indented by less than the specification asks for, and clients differ on those. So no cut
  // is made before an indented line after a list.
  if (before.containers[0]?.type === "item" && lineIndent > 0) return "line";
  const [previous, next] = [before.containers[0], containers[0]];
  const isSibling = previous?.type === "item" && next?.type === "item" && previous.marker === next.marker;
  return isSibling ? "item" : "block";
}

/** Tells lines of a paragraph that are indented too far to be a table's header. */
export function isTooIndented(content: string): boolean {
  return /^(?: {4}| {0,3}\t)/.test(content);
}

/**
 * Makes the state after the end of a line. A paragraph's line may turn out to be a table's header.
 *
 * @param headerColumns Cells of the line as a header; 0 where it cannot be one.
 */
export function endOfLine(state: BlockState, headerColumns: number): BlockState {
  const { leaf } = state;
  if (leaf.type === "heading" || leaf.type === "rule") return { ...state, leaf: NONE };
  if (leaf.type !== "paragraph") return state;
  return { ...state, headerColumns };
}
