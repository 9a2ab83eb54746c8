const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const DELIMITER_ROW = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;
const BLOCK_QUOTE = /^(?: {0,3}> ?)+/;
const CODE_SPAN = /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g;
// The text of an image may hold one level of brackets. What is still being typed has no closing bracket yet.
const IMAGE =
  /(?<!\\)!\[(?:\\.|[^[\]\\]|\[[^[\]]*\])*\]\([ \t]*<?((?:\\.|[^\s()<>\\]|\([^\s()]*\))*)>?(?:\s+(?:"[^"]*"|'[^']*'))?[ \t]*\)/g;

/** Number of pipe tables in a markdown text, those in fenced code excepted. */
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

/** Targets of the images in a markdown text, those in code excepted. */
export function imageTargets(text: string): string[] {
  if (!text.includes("![")) return [];
  const prose = [...linesOutsideFences(text)].join("\n").replace(CODE_SPAN, "");
  return Array.from(prose.matchAll(IMAGE), (match) => match[1] ?? "");
}

// A fence stands in the place of an empty line: it ends a table as one does.
function* linesOutsideFences(text: string): Generator<string> {
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const [, marker = "", info = ""] = FENCE.exec(line.trimEnd()) ?? [];
    if (fence === undefined) {
      // A backtick in the info string makes it inline code.
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
  // A bar alone bounds no cell.
  if (text === "|") return 0;
  if (text.startsWith("|")) text = text.slice(1);
  if (text.endsWith("|") && !text.endsWith("\\|")) text = text.slice(0, -1);
  return text.split(/(?<!\\)\|/).length;
}
