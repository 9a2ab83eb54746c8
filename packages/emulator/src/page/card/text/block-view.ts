import { type ComponentChild, h } from "preact";
import type { Block } from "../../markdown/markdown-node.ts";
import { CodeBlock } from "./code-block.ts";
import { drawInline } from "./inline-view.ts";
import { MarkdownTable } from "./markdown-table.ts";

/** Draws one block of a Markdown text. */
export function BlockView({ block }: { block: Block }): ComponentChild {
  switch (block.type) {
    case "heading":
      return h(`h${Math.min(block.level, 6)}`, null, drawInline(block.children));
    case "paragraph":
      return h("div", { class: "paragraph" }, drawInline(block.children));
    case "list": {
      const items = block.items.map((item, index) => h("li", { key: index }, drawBlocks(item)));
      return block.start === undefined ? h("ul", null, items) : h("ol", { start: block.start }, items);
    }
    case "quote":
      return h("blockquote", null, drawBlocks(block.children));
    case "code":
      return h(CodeBlock, { code: block });
    case "table":
      return h(MarkdownTable, { table: block });
    case "rule":
      return h("hr", null);
  }
}

function drawBlocks(blocks: readonly Block[]): ComponentChild[] {
  return blocks.map((block, index) => h(BlockView, { key: index, block }));
}
