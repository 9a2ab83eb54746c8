const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const DELIMITER_ROW = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;
const BLOCK_QUOTE = /^(?: {0,3}> ?)+/;
const CODE_SPAN = /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g;
// Matches finished images only. The text of an image may hold one level of brackets.
const IMAGE =
  /(?<!\\)!\[(?:\\.|[^[\]\\]|\[[^[\]]*\])*\]\([ \t]*<?((?:\\.|[^\s()<>\\]|\([^\s()]*\))*)>?(?:\s+(?:"[^"]*"|'[^']*'))?[ \t]*\)/g;

/** Counts the pipe tables in a Markdown text, except those in fenced code. */
export function countTables(text: string): number {
  if (!text.includes("|") || !text.includes("-")) return 0;
  let count = 0;
  let header: string | undefined;
  let isInTable = false;
  for (const line of linesOutsideFences(text)) {
    const row = line.replace(BLOCK_QUOTE, "").trimEnd();
    if (row === "") {
      isInTable = false;
      header = undefined;
      continue;
    }
    if (isInTable) continue;
    if (header?.includes("|") && DELIMITER_ROW.test(row) && cellCount(header) === cellCount(row)) {
      count += 1;
      isInTable = true;
      header = undefined;
      continue;
    }
    header = row;
  }
  return count;
}

/** Lists the targets of the images in a Markdown text, except those in code. */
export function imageTargets(text: string): string[] {
  if (!text.includes("![")) return [];
  const prose = [...linesOutsideFences(text)].join("\n").replace(CODE_SPAN, "");
  return Array.from(prose.matchAll(IMAGE), (match) => match[1] ?? "");
}

// Yields an empty line in the place of a fence, because both end a table.
function* linesOutsideFences(text: string): Generator<string> {
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const [, marker = "", info = ""] = FENCE.exec(line.trimEnd()) ?? [];
    if (fence === undefined) {
      // A backtick in the info string makes the line inline code and no fence.
      const opens = marker !== "" && !(marker.startsWith("`") && info.includes("`"));
      if (opens) fence = marker;
      yield opens ? "" : line;
    } else if (marker.startsWith(fence) && info.trim() === "") {
      fence = undefined;
    }
  }
}

function cellCount(row: string): number {
  let text = row.trim();
  // A single bar has no cell beside it.
  if (text === "|") return 0;
  if (text.startsWith("|")) text = text.slice(1);
  if (text.endsWith("|") && !text.endsWith("\\|")) text = text.slice(0, -1);
  return text.split(/(?<!\\)\|/).length;
}
