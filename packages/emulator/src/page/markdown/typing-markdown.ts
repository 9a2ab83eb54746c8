import type { Block, Inline, SourceBlock } from "./markdown-node.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import { plainText } from "./plain-text.ts";
import { steadyPrefix } from "./steady-prefix.ts";

/** Parses a text that is still being typed. Open marks at its end count as closed, and a caret follows them. */
export function parseTypingMarkdown(text: string): SourceBlock[] {
  const blocks = parseMarkdown(steadyPrefix(text));
  const last = blocks.pop() ?? { source: "", block: { type: "paragraph", children: [] } };
  return [...blocks, { source: `${last.source} …`, block: withCaret(last.block) }];
}

function withCaret(block: Block): Block {
  switch (block.type) {
    case "heading":
    case "paragraph":
      return { ...block, children: finished(block.children) };
    case "quote":
      return { ...block, children: withCaretInLast(block.children) };
    case "list": {
      const items = [...block.items];
      items.push(withCaretInLast(items.pop() ?? []));
      return { ...block, items };
    }
    case "table": {
      const rows = [...block.rows];
      const last = rows.pop();
      return last === undefined ? block : { ...block, rows: [...rows, withCaretInCell(last)] };
    }
    case "code":
      return { ...block, hasCaret: true };
    case "rule":
      return block;
  }
}

function withCaretInLast(blocks: readonly Block[]): Block[] {
  const last = blocks.at(-1) ?? { type: "paragraph", children: [] };
  return [...blocks.slice(0, -1), withCaret(last)];
}

// The typed cell is the last one that is not empty, because the parser adds the missing cells of a row.
function withCaretInCell(cells: readonly Inline[][]): Inline[][] {
  const typed = Math.max(
    0,
    cells.findLastIndex((cell) => cell.length > 0),
  );
  return cells.map((cell, index) => (index === typed ? finished(cell) : cell));
}

function finished(nodes: readonly Inline[]): Inline[] {
  const lineStart = nodes.findLastIndex((node) => node.type === "break") + 1;
  return [...nodes.slice(0, lineStart), ...closeMarks(nodes.slice(lineStart)), { type: "caret" }];
}

// A single mark counts only at the beginning of a word, because 2*3 and snake_case are no emphasis.
const OPEN_MARK = /(\*\*|__|~~|`)(?=\S)|(?<=^|[\s\p{P}])([*_])(?=[^\s*_])/u;

// Nesting of marks.
const MAX_DEPTH = 4;

/** Formats the text after unclosed marks, which the parser left as text, as if the marks were closed. */
function closeMarks(nodes: readonly Inline[], depth = 0): Inline[] {
  if (depth === MAX_DEPTH) return [...nodes];
  for (const [index, node] of nodes.entries()) {
    const match = node.type === "text" ? OPEN_MARK.exec(node.text) : null;
    if (node.type !== "text" || match === null) continue;
    const mark = match[0];
    const rest = node.text.slice(match.index + mark.length);
    const head: Inline = { type: "text", text: node.text.slice(0, match.index) };
    const inside: Inline[] = [{ type: "text", text: rest }, ...nodes.slice(index + 1)];
    return [...nodes.slice(0, index), head, closed(mark, inside, depth + 1)];
  }
  // A tag at the end may be open itself, and contain open marks.
  const last = nodes.at(-1);
  if (last === undefined || !("children" in last)) return [...nodes];
  return [...nodes.slice(0, -1), { ...last, children: closeMarks(last.children, depth + 1) }];
}

function closed(mark: string, inside: Inline[], depth: number): Inline {
  if (mark === "`") return { type: "code", text: plainText(inside) };
  const type = mark === "~~" ? "strike" : mark.length === 2 ? "strong" : "emphasis";
  return { type, children: closeMarks(inside, depth) };
}
