import { Lexer, type Token, Tokenizer, type Tokens } from "marked";
import { tagAtStart } from "./feishu-tag.ts";
import type { Align, Block, SourceBlock } from "./markdown-node.ts";
import { parseInline } from "./parse-inline.ts";

// Reads no HTML, because the platform draws none. The platform's own tags are part of a paragraph like any other text.
class FeishuTokenizer extends Tokenizer {
  override html(): undefined {
    return undefined;
  }

  // Overridden, because names of the platform's tags may hold an underscore, which those of HTML cannot.
  override tag(source: string): Tokens.Tag | undefined {
    const raw = tagAtStart(source);
    if (raw === undefined) return undefined;
    const { state } = this.lexer;
    if (/^<(?:a|link)\b/.test(raw)) state.inLink = true;
    if (/^<\/(?:a|link)\b/.test(raw)) state.inLink = false;
    return { type: "html", raw, text: raw, block: false, inLink: state.inLink, inRawBlock: false };
  }
}

/**
 * Parses the Markdown of cards: CommonMark without HTML, with tables, strikethrough and the platform's tags.
 *
 * The result is data. Nothing in it is drawn as HTML, and its links lead to `http` and `https` only.
 */
export function parseMarkdown(text: string): SourceBlock[] {
  try {
    const tokens = new Lexer({ gfm: true, tokenizer: new FeishuTokenizer() }).lex(text);
    return tokens.flatMap((token) =>
      blocksOf(token).map((block, index) => ({ source: `${index} ${token.raw}`, block })),
    );
  } catch (error) {
    // Thousands of nested quotes overflow the stack. The text is then shown as it was written.
    if (!(error instanceof RangeError)) throw error;
    return [{ source: text, block: { type: "paragraph", children: [{ type: "text", text }] } }];
  }
}

function blocksOf(token: Token): Block[] {
  switch (token.type) {
    case "heading":
      return [
        { type: "heading", level: (token as Tokens.Heading).depth, children: parseInline(token.tokens) },
      ];
    case "list": {
      const { ordered, start, items } = token as Tokens.List;
      const first = typeof start === "number" ? start : 1;
      return [{ type: "list", start: ordered ? first : undefined, items: items.map(itemBlocks) }];
    }
    case "blockquote":
      return [{ type: "quote", children: (token as Tokens.Blockquote).tokens.flatMap(blocksOf) }];
    case "code": {
      const { lang = "", text } = token as Tokens.Code;
      return [{ type: "code", language: lang.trim().split(/\s/)[0] ?? "", text }];
    }
    case "table": {
      const { header, rows } = token as Tokens.Table;
      const columns = header.map(({ align, tokens }) => ({
        align: alignOf(align),
        title: parseInline(tokens),
      }));
      return [
        { type: "table", columns, rows: rows.map((row) => row.map(({ tokens }) => parseInline(tokens))) },
      ];
    }
    case "hr":
      return [{ type: "rule" }];
    case "space":
    case "def":
      return [];
    default:
      return [{ type: "paragraph", children: parseInline("tokens" in token ? token.tokens : [token]) }];
  }
}

// The boxes of task lists stay text, because the platform has no task lists.
function itemBlocks({ tokens }: Tokens.ListItem): Block[] {
  const blocks: Block[] = [];
  let box = "";
  for (const token of tokens) {
    if (token.type === "checkbox") {
      box = token.raw;
      continue;
    }
    const [first, ...rest] = blocksOf(token);
    if (first?.type === "paragraph" && box !== "") first.children.unshift({ type: "text", text: box });
    if (first !== undefined) blocks.push(first, ...rest);
    box = "";
  }
  return blocks;
}

function alignOf(align: "left" | "center" | "right" | null): Align {
  return align ?? "left";
}
