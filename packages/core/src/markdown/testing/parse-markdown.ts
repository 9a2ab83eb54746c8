import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

/** Parses a complete text, as the measure for text that streams. Without HTML blocks, because card platforms have none. */
export function parseMarkdown(markdown: string): Root {
  const noHtmlBlocks = { disable: { null: ["htmlFlow"] } };
  return fromMarkdown(markdown, {
    extensions: [gfmTable(), noHtmlBlocks],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
}

/** Lists a node and all nodes in it. */
export function nodesOf(root: Nodes): Nodes[] {
  const children = "children" in root ? root.children : [];
  return [root, ...children.flatMap((child) => nodesOf(child))];
}
