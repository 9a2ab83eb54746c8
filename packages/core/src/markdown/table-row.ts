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

/** The beginning of a table row: how many cells it has, which are the parts between unescaped pipes, outer ones aside. */
export interface RowCells {
  readonly count: number;
  readonly endsWith: "nothing" | "pipe" | "text";
  readonly isEscaping: boolean;
}

export const noCells: RowCells = { count: 0, endsWith: "nothing", isEscaping: false };

/** The row with more of its text, which need not be kept for it. */
export function cellsAfter(cells: RowCells, text: string): RowCells {
  let { count, endsWith, isEscaping } = cells;
  for (const piece of text.match(/[\\|]|[^\\|]+/g) ?? []) {
    const isPipe = piece === "|" && !isEscaping;
    isEscaping = piece === "\\" && !isEscaping;
    if (piece.trim() === "") continue;
    // A pipe begins a cell only behind another one, with nothing in between.
    if (isPipe ? endsWith === "pipe" : endsWith !== "text") count += 1;
    endsWith = isPipe ? "pipe" : "text";
  }
  return { count, endsWith, isEscaping };
}

/** Cells of a whole table row. */
export function countCells(row: string): number {
  return cellsAfter(noCells, row).count;
}
