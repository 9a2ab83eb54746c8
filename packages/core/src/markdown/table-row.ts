/** Counts the columns of a table's delimiter row (`| --- | :-: |`); 0 for any other line. */
export function countDelimiterColumns(row: string): number {
  const trimmed = row.trim();
  if (!trimmed.includes("|") && !trimmed.includes(":")) return 0;
  if (!/^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/.test(trimmed)) return 0;
  return countCells(trimmed);
}

/** Tells delimiter rows. */
export function isDelimiterRow(row: string): boolean {
  return countDelimiterColumns(row) > 0;
}

/** Cells of the beginning of a table row: the parts between unescaped pipes, outer pipes aside. */
export interface RowCells {
  /** Number of cells. */
  readonly count: number;
  /** Last part that is no space. */
  readonly endsWith: "nothing" | "pipe" | "text";
  /** A backslash escapes the next character. */
  readonly isEscaping: boolean;
}

/** Cells of an empty row. */
export const noCells: RowCells = { count: 0, endsWith: "nothing", isEscaping: false };

/** Counts on with more text of the row. The text need not be kept. */
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

/** Counts the cells of a whole table row. */
export function countCells(row: string): number {
  return cellsAfter(noCells, row).count;
}
