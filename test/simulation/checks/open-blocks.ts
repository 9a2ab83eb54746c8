import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

/** Block that is closed if a card ends inside it, and opened again on the next card. */
export interface OpenBlock {
  readonly type: "fence" | "table";
  readonly from: number;
  readonly to: number;
  /** Text with which a card begins that goes on with the block. */
  readonly reopen: string;
  readonly close: RegExp;
}

/** Constructs that are switched off in the parser. */
const leftOut = {
  disable: {
    null: [
      // The platform has no HTML blocks: a `<br>` on its own line swallows nothing.
      "htmlFlow",
      // Inline constructs decide nothing about blocks, and take most of the time.
      ..."attention autolink characterEscape characterReference codeText hardBreakEscape htmlText".split(" "),
      ..."labelEnd labelStartImage labelStartLink".split(" "),
    ],
  },
};

/** Finds the fences and tables of a text with a full parser. */
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
