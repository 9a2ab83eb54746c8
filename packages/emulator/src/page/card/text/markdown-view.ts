import { Component, type ComponentChild, h } from "preact";
import { useMemo } from "preact/hooks";
import type { SourceBlock } from "../../markdown/markdown-node.ts";
import { parseMarkdown } from "../../markdown/parse-markdown.ts";
import { parseTypingMarkdown } from "../../markdown/typing-markdown.ts";
import type { PaintedText } from "../node/painted-text.ts";
import { BlockView } from "./block-view.ts";

/** Draws the painted part of a Markdown text. */
export function MarkdownView({ text, isTyping }: PaintedText): ComponentChild {
  const blocks = useMemo(
    () => (isTyping ? parseTypingMarkdown(text) : parseMarkdown(text)),
    [text, isTyping],
  );
  return h(
    "div",
    { class: "markdown" },
    blocks.map((block, index) => h(SteadyBlock, { key: index, ...block })),
  );
}

/** Draws a block again only when its source has changed. While a text is typed, only its last block changes. */
class SteadyBlock extends Component<SourceBlock> {
  override shouldComponentUpdate({ source }: SourceBlock): boolean {
    return source !== this.props.source;
  }

  override render({ block }: SourceBlock): ComponentChild {
    return h(BlockView, { block });
  }
}
