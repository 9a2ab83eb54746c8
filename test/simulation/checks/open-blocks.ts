import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

/** A block that can be open where a card ends: it is closed there and opened again on the next one. */
export interface OpenBlock {
  readonly type: "fence" | "table";
  readonly from: number;
  readonly to: number;
  /** What stands at the beginning of a card on which the block goes on. */
  readonly reopen: string;
  readonly close: RegExp;
}

/** What a parser of blocks can do without. */
const leftOut = {
  disable: {
    null: [
      // The platform has no HTML blocks: a `<br>` on its own line swallows nothing.
      "htmlFlow",
      // What is within a line decides nothing about blocks, and takes most of the time.
      ..."attention autolink characterEscape characterReference codeText hardBreakEscape htmlText".split(" "),
      ..."labelEnd labelStartImage labelStartLink".split(" "),
    ],
  },
};

/** Fences and tables of the text, as a full parser sees them. */
export function openBlocksOf(markdown: string, offset: number): OpenBlock[] {
  const root = fromMarkdown(markdown, {
    extensions: [gfmTable(), leftOut],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const blocks: OpenBlock[] = [];
  const visit = (node: MarkdownNode): void => {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? 0;
    const raw = markdown.slice(start, end);
    const place = { from: start + offset, to: Math.min(end + 1, markdown.length) + offset };
    const mark = /^(`{3,}|~{3,})([^\n]*)/.exec(raw);
    if (node.type === "code" && mark !== null) {
      const quotes =
        /(?:> ?)*$/.exec(markdown.slice(markdown.lastIndexOf("\n", start - 1) + 1, start))?.[0] ?? "";
      const reopen = `${quotes}${mark[1]}${mark[2]?.trim()}\n`;
      blocks.push({ ...place, type: "fence", reopen, close: new RegExp(`${mark[1]}$`) });
    } else if (node.type === "table") {
      const lineStart = markdown.lastIndexOf("\n", start - 1) + 1;
      const [header = "", delimiter = ""] = markdown.slice(lineStart).split("\n");
      blocks.push({
        ...place,
        from: lineStart + offset,
        type: "table",
        reopen: `${header}\n${delimiter}\n`,
        close: /$^/,
      });
    }
    for (const child of node.children ?? []) visit(child);
  };
  visit(root as MarkdownNode);
  return blocks;
}

interface MarkdownNode {
  readonly type: string;
  readonly position?: {
    readonly start: { readonly offset?: number };
    readonly end: { readonly offset?: number };
  };
  readonly children?: readonly MarkdownNode[];
}
