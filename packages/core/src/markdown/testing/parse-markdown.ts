import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

/** A full parser without HTML blocks, which card platforms do not have, for tests: what a complete text is, against what we tell of it while it streams. */
export function parseMarkdown(markdown: string): Root {
  const noHtmlBlocks = { disable: { null: ["htmlFlow"] } };
  return fromMarkdown(markdown, {
    extensions: [gfmTable(), noHtmlBlocks],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
}

export function nodesOf(root: Nodes): Nodes[] {
  const children = "children" in root ? root.children : [];
  return [root, ...children.flatMap((child) => nodesOf(child))];
}
