import { safeUrl } from "../markdown/safe-url.ts";

/** A part of a text message: plain text, a mention or a link. */
export type TextPart =
  | { type: "text"; text: string }
  | { type: "mention"; id: string; name: string }
  | { type: "link"; url: string; text: string };

const MENTION = /<at user_id="([^"]*)">([^<]*)<\/at>/g;
const ADDRESS = /https?:\/\/[^\s<>"'，。；、！？（）【】《》]+[^\s<>"'，。；、！？（）【】《》.,;:!?)\]]/g;

/** Splits a text at its addresses, and a text by an app also at its mentions. */
export function textParts(text: string, sender: "app" | "user"): TextPart[] {
  return sender === "user" ? withLinks(text) : split(text, MENTION, mentionPart).flatMap(linksIn);
}

function mentionPart([, id = "", name = ""]: RegExpMatchArray): TextPart {
  return { type: "mention", id, name };
}

function linksIn(part: TextPart): TextPart[] {
  return part.type === "text" ? withLinks(part.text) : [part];
}

function withLinks(text: string): TextPart[] {
  return split(text, ADDRESS, ([address]) => {
    const url = safeUrl(address);
    return url === undefined ? { type: "text", text: address } : { type: "link", url, text: address };
  });
}

function split(text: string, pattern: RegExp, partOf: (match: RegExpMatchArray) => TextPart): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) parts.push({ type: "text", text: text.slice(end, match.index) });
    parts.push(partOf(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ type: "text", text: text.slice(end) });
  return parts;
}
