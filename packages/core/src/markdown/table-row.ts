/** Columns of a table's delimiter row (`| --- | :-: |`), 0 for any other line. */
export function countDelimiterColumns(row: string): number {
  const trimmed = row.trim();
  if (!trimmed.includes("|") && !trimmed.includes(":")) return 0;
  if (!/^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/.test(trimmed)) return 0;
  return countCells(trimmed);
}

export function isDelimiterRow(row: string): boolean {
  return countDelimiterColumns(row) > 0;
}

/** Cells of a table row: the parts between unescaped pipes, outer ones aside. */
export function countCells(row: string): number {
  const trimmed = row.trim();
  if (trimmed === "") return 0;
  let pipes = 0;
  let lastPipe = -1;
  for (let at = 0; at < trimmed.length; at += 1) {
    if (trimmed[at] === "\\") at += 1;
    else if (trimmed[at] === "|") {
      pipes += 1;
      lastPipe = at;
    }
  }
  const outer = Number(trimmed.startsWith("|")) + Number(lastPipe === trimmed.length - 1);
  return trimmed === "|" ? 0 : pipes + 1 - outer;
}
