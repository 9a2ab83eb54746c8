import type { Token, Tokens } from "marked";
import { decodeEntities } from "./decode-entities.ts";
import { emojiOf } from "./emoji.ts";
import { type FeishuTag, isVoidTag, nodesOfTag, readTag } from "./feishu-tag.ts";
import type { Inline } from "./markdown-node.ts";
import { safeUrl } from "./safe-url.ts";

/** Converts the tokens of a text to nodes, including the platform's own tags. */
export function parseInline(tokens: readonly Token[] | undefined): Inline[] {
  const open: { tag: FeishuTag; nodes: Inline[] }[] = [];
  let nodes: Inline[] = [];
  const close = (): void => {
    const frame = open.pop();
    if (frame === undefined) return;
    frame.nodes.push(...nodesOfTag(frame.tag, nodes));
    nodes = frame.nodes;
  };
  for (const token of tokens ?? []) {
    const tag = token.type === "html" ? readTag(token.raw) : undefined;
    if (tag === undefined) {
      nodes.push(...inlineNodes(token));
    } else if (!tag.isClosing && isVoidTag(tag)) {
      nodes.push(...nodesOfTag(tag, []));
    } else if (!tag.isClosing) {
      open.push({ tag, nodes });
      nodes = [];
    } else if (open.some((frame) => frame.tag.name === tag.name)) {
      while (open.at(-1)?.tag.name !== tag.name) close();
      close();
    }
  }
  while (open.length > 0) close();
  return nodes;
}

function inlineNodes(token: Token): Inline[] {
  switch (token.type) {
    case "strong":
      return [{ type: "strong", children: parseInline(token.tokens) }];
    case "em":
      return [{ type: "emphasis", children: parseInline(token.tokens) }];
    case "del":
      return [{ type: "strike", children: parseInline(token.tokens) }];
    case "codespan":
      return [{ type: "code", text: (token as Tokens.Codespan).text }];
    case "br":
      return [{ type: "break" }];
    case "escape":
      return [{ type: "text", text: (token as Tokens.Escape).text }];
    case "link": {
      const { href, tokens } = token as Tokens.Link;
      return [{ type: "link", url: safeUrl(decodeEntities(href)), children: parseInline(tokens) }];
    }
    case "image": {
      const { href, text } = token as Tokens.Image;
      return [{ type: "image", key: href, alt: text }];
    }
    case "text":
      if (token.tokens !== undefined) return parseInline(token.tokens);
      return textNodes(token.raw);
    default:
      return textNodes(token.raw);
  }
}

// Splits at line breaks, because a client shows each of them.
function textNodes(source: string): Inline[] {
  return source.split("\n").flatMap((line, index): Inline[] => {
    const text = emojiOf(decodeEntities(line));
    const node: Inline[] = text === "" ? [] : [{ type: "text", text }];
    return index === 0 ? node : [{ type: "break" }, ...node];
  });
}
