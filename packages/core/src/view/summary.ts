import type { RunState } from "../run/run-state.ts";

const SUMMARY_LENGTH = 60;

/** Code is kept as it stands; what it stands between is not. */
const code = /```[^\n]*\n([\s\S]*?)(?:```|$)|(`+)([^`]+)\2/g;
/** Also one that goes on beyond the text that is looked at: an image's bytes do. */
const link = /!?\[([^\]]*)\]\((?:[^)]*\)|\S*$)/g;
const ruleLine = /^[ \t]*(?=[^\n]*-)[|: \t-]+$/gm;
const blockMark = /^\s*(?:#{1,6}|>|[-+*]|\d+[.)])\s+/gm;
/** Not the star of `3*4`, nor the line of `snake_case`. */
const emphasisMark = /(?<!\w)[*_~]+(?=\S)|(?<=\S)[*_~]+(?!\w)/g;

/**
 * The line that a chat list shows of the card: the beginning of the last block that has words, without its marks.
 *
 * @returns An empty string where there is no text.
 */
export function composeSummary(state: RunState): string {
  for (const { log } of state.texts.toReversed()) {
    const characters = [...plainWords(log.head(SUMMARY_LENGTH * 8))];
    if (characters.length > SUMMARY_LENGTH) return `${characters.slice(0, SUMMARY_LENGTH).join("")}…`;
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
