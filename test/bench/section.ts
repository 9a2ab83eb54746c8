/** Row of the bench: its name and a cell for each candidate, in their order. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly cells: readonly string[];
}

/** Rows that were measured together. */
export interface Section {
  readonly title: string;
  /** Explains how the rows were measured and what a cell says. */
  readonly about: string;
  readonly rows: readonly Row[];
}

/** Formats values with their ratio to the first one. */
export function compared(values: readonly number[], format: (value: number) => string): string[] {
  const [first = Number.NaN] = values;
  return values.map((value, index) => {
    if (!Number.isFinite(value)) return "∞";
    const ratio = value / first;
    return index === 0 || !Number.isFinite(ratio) ? format(value) : `${format(value)} (${times(ratio)})`;
  });
}

/** Formats a ratio with two or three significant digits. */
export function times(ratio: number): string {
  if (!Number.isFinite(ratio)) return "∞";
  return `${ratio >= 10 ? Math.round(ratio).toLocaleString("en") : ratio.toFixed(ratio < 1.995 ? 2 : 1)}×`;
}

export function milliseconds(value: number): string {
  return `${Math.round(value).toLocaleString("en")} ms`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}
