import type { RunState } from "../run/run-state.ts";

/** Longest summary, in characters. */
const MAX_SUMMARY_CHARS = 60;

/** Code: its text is kept as it stands, without the fences or backticks around it. */
const code = /```[^\n]*\n([\s\S]*?)(?:```|$)|(`+)([^`]+)\2/g;
/** Link or image, also one whose target goes on beyond the text that is read, such as the bytes of an image. */
const link = /!?\[([^\]]*)\]\((?:[^)]*\)|\S*$)/g;
const ruleLine = /^[ \t]*(?=[^\n]*-)[|: \t-]+$/gm;
const blockMark = /^\s*(?:#{1,6}|>|[-+*]|\d+[.)])\s+/gm;
/** Mark of emphasis, but not the star of `3*4` or the line of `snake_case`. */
const emphasisMark = /(?<!\w)[*_~]+(?=\S)|(?<=\S)[*_~]+(?!\w)/g;

/**
 * Makes the card's line for the chat list: the beginning of the last text that has words, without Markdown.
 *
 * @returns At most 60 characters and a mark where they were cut; an empty string where there is no text.
 */
export function composeSummary(state: RunState): string {
  for (const { log } of state.texts.toReversed()) {
    const characters = [...plainWords(log.head(MAX_SUMMARY_CHARS * 8))];
    if (characters.length > MAX_SUMMARY_CHARS) return `${characters.slice(0, MAX_SUMMARY_CHARS).join("")}…`;
    if (characters.length > 0) return characters.join("");
  }
  return "";
}

function plainWords(markdown: string): string {
  let words = "";
  let end = 0;
  for (const match of markdown.matchAll(code)) {
    words += `${withoutMarks(markdown.slice(end, match.index))}${match[1] ?? match[3] ?? ""}`;
    end = match.index + match[0].length;
  }
  words += withoutMarks(markdown.slice(end));
  return words.replace(/\s+/g, " ").trim().toWellFormed();
}

function withoutMarks(markdown: string): string {
  return markdown
    .replace(link, "$1")
    .replace(ruleLine, "")
    .replace(blockMark, "")
    .replace(emphasisMark, "")
    .replaceAll("|", " ");
}
