import { unfinishedTagStart } from "./feishu-tag.ts";

const MARKS = /^(?:(?:>|[-*+]|\d{1,9}[.)])\s*)*(?:#{1,6}|`+|~+|\||\d{1,2})?$/;
const MAX_MARKS_LENGTH = 40;
const LINE_OF_ONE_MARK = /^([-=*_])\1*$/;
const FENCE = /^[ \t>]*(?:[-*+] +|\d{1,9}[.)] +)?(`{3,}|~{3,})(.*)$/;
const ROW = /^ {0,3}\|/;
const DELIMITER_ROW = /^[\s:|-]*$/;

/**
 * Cuts a text that is still being typed to the part whose look the next characters will not change.
 *
 * A mark with an open meaning, such as a "-" that may begin a list or underline a heading, is left out until its meaning
 * is clear. So are unfinished tags, entities and images, and the header of a table. An unfinished link is shown as its text.
 */
export function steadyPrefix(text: string): string {
  const lines = text.split("\n");
  const line = lines.pop() ?? "";
  const before = text.slice(0, text.length - line.length);
  const fence = openFence(lines);
  if (fence !== undefined) return isClosing(line, fence) ? before : text;
  const tableLength = undecidedTableLength(lines, line);
  if (tableLength > 0) return text.slice(0, text.length - tableLength);
  return isMarksOnly(line) || FENCE.test(line) ? before : before + steadyLine(line);
}

/** Finds the marker of the fence that is open after some lines; `undefined` if none is. */
function openFence(lines: readonly string[]): string | undefined {
  let fence: string | undefined;
  for (const line of lines) {
    const [, marker, info = ""] = FENCE.exec(line) ?? [];
    if (marker === undefined) continue;
    if (fence === undefined) fence = marker.startsWith("`") && info.includes("`") ? undefined : marker;
    else if (marker.startsWith(fence) && info.trim() === "") fence = undefined;
  }
  return fence;
}

function isClosing(line: string, fence: string): boolean {
  const rest = line.trim();
  return rest !== "" && [...rest].every((character) => character === fence[0]);
}

// A line of marks may still become a heading, a list, a rule or a table.
function isMarksOnly(line: string): boolean {
  const marks = line.trim();
  return (marks.length <= MAX_MARKS_LENGTH && MARKS.test(marks)) || LINE_OF_ONE_MARK.test(marks);
}

/** Measures the rows at the end that may become a table, whose delimiter row is not there yet; 0 if there are none. */
function undecidedTableLength(lines: readonly string[], line: string): number {
  const [above = "", beforeThat = ""] = [lines.at(-1), lines.at(-2)];
  if (ROW.test(above) && !ROW.test(beforeThat) && DELIMITER_ROW.test(line))
    return above.length + 1 + line.length;
  return ROW.test(line) && !ROW.test(above) ? line.length : 0;
}

function steadyLine(line: string): string {
  const prose = withoutCode(line);
  if (prose.includes("`")) return line.replace(/`+$/, "");
  const cut = Math.min(
    unfinishedTagStart(prose) ?? line.length,
    indexOf(prose, /&#?\w{0,8}$/),
    indexOf(prose, /!\[[^\]]{0,200}(?:\](?:\([^)]{0,200})?)?$/),
    indexOf(prose, /(?<=^|\s)!$/),
  );
  if (cut < line.length) return line.slice(0, cut);
  if (/\[[^\][]*\]\([^()]*$/.test(prose)) return `${line})`;
  const bracket = indexOf(prose, /(?<!\\)\[[^\][]*\]?$/);
  if (bracket < line.length) return line.slice(0, bracket) + line.slice(bracket + 1).replace(/\]$/, "");
  return line.replace(/(?<!\\)[*_~]+$/, "");
}

/** Replaces the code spans of a line by letters of the same length. A span closes with as many backticks as it opens with. */
function withoutCode(line: string): string {
  const fences = [...line.matchAll(/`+/g)];
  let prose = "";
  let end = 0;
  for (let index = 0; index < fences.length; index += 1) {
    const opening = fences[index];
    const closing = fences.findIndex((other, place) => place > index && other[0] === opening?.[0]);
    const last = fences[closing];
    if (opening === undefined || last === undefined) continue;
    prose += line.slice(end, opening.index) + "x".repeat(last.index + last[0].length - opening.index);
    end = last.index + last[0].length;
    index = closing;
  }
  return prose + line.slice(end);
}

function indexOf(text: string, pattern: RegExp): number {
  return pattern.exec(text)?.index ?? text.length;
}
