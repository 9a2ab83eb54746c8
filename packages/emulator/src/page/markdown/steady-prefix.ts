import { unfinishedTagStart } from "./feishu-tag.ts";

const MARKS = /^(?:(?:>|[-*+]|\d{1,9}[.)])\s*)*(?:#{1,6}|`+|~+|\||\d{1,2})?$/;
const LONGEST_MARKS = 40;
const LINE_OF_ONE_MARK = /^([-=*_])\1*$/;
const FENCE = /^[ \t>]*(?:[-*+] +|\d{1,9}[.)] +)?(`{3,}|~{3,})(.*)$/;
const ROW = /^ {0,3}\|/;
const DELIMITER_ROW = /^[\s:|-]*$/;

/**
 * The part of a text that is still being typed whose look the next characters will not change.
 *
 * A mark whose meaning is open, such as the "-" that may begin a list or underline a heading, is left out until it is
 * decided; so are half a tag, an entity, an image and the head of a table. Half a link is shown as its text.
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

/** The marker of the fence that is open after some lines. */
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

// Such a line may become a heading, a list, a rule or a table.
function isMarksOnly(line: string): boolean {
  const marks = line.trim();
  return (marks.length <= LONGEST_MARKS && MARKS.test(marks)) || LINE_OF_ONE_MARK.test(marks);
}

/** The length of a table at the end that has no second row yet, by which it would be known as one. */
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

/** The line with other characters in the place of its code, closed by as many backticks as open it. */
function withoutCode(line: string): string {
  const runs = [...line.matchAll(/`+/g)];
  let prose = "";
  let end = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index];
    const closing = runs.findIndex((other, place) => place > index && other[0] === run?.[0]);
    const last = runs[closing];
    if (run === undefined || last === undefined) continue;
    prose += line.slice(end, run.index) + "x".repeat(last.index + last[0].length - run.index);
    end = last.index + last[0].length;
    index = closing;
  }
  return prose + line.slice(end);
}

function indexOf(text: string, pattern: RegExp): number {
  return pattern.exec(text)?.index ?? text.length;
}
