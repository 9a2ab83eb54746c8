import { safeUrl } from "../markdown/safe-url.ts";

/** A part of a text message. */
export type TextRun =
  | { type: "text"; text: string }
  | { type: "mention"; id: string; name: string }
  | { type: "link"; url: string; text: string };

const MENTION = /<at user_id="([^"]*)">([^<]*)<\/at>/g;
const ADDRESS = /https?:\/\/[^\s<>"'，。；、！？（）【】《》]+[^\s<>"'，。；、！？（）【】《》.,;:!?)\]]/g;

/** Finds the addresses in a text, and in what an app wrote also the mentions. */
export function textRuns(text: string, sender: "app" | "user"): TextRun[] {
  return sender === "user" ? withLinks(text) : split(text, MENTION, mentionRun).flatMap(linksIn);
}

function mentionRun([, id = "", name = ""]: RegExpMatchArray): TextRun {
  return { type: "mention", id, name };
}

function linksIn(run: TextRun): TextRun[] {
  return run.type === "text" ? withLinks(run.text) : [run];
}

function withLinks(text: string): TextRun[] {
  return split(text, ADDRESS, ([address]) => {
    const url = safeUrl(address);
    return url === undefined ? { type: "text", text: address } : { type: "link", url, text: address };
  });
}

function split(text: string, pattern: RegExp, runOf: (match: RegExpMatchArray) => TextRun): TextRun[] {
  const runs: TextRun[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) runs.push({ type: "text", text: text.slice(end, match.index) });
    runs.push(runOf(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) runs.push({ type: "text", text: text.slice(end) });
  return runs;
}
