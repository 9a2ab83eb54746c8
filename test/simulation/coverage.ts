import { type EventKind, eventKinds } from "./scenario/event-plan.ts";
import { faultKinds, faultOperations } from "./scenario/fault-kinds.ts";
import {
  answerIndex,
  type End,
  ends,
  type FaultCell,
  type FaultPlan,
  faultCells,
  positions,
} from "./scenario/fault-plan.ts";

/** Number of runs in each cell of the matrix, and with each answer of a fault, by name. */
export type CellCounts = { [cell: string]: number };

export function answerOf(plan: Pick<FaultPlan, "kind" | "operation" | "answer">): string {
  return [plan.kind, plan.operation, "answer", answerIndex(plan)].join("|");
}

export function cellOf({ kind, operation, position, end }: FaultCell): string {
  return [kind, operation, position, end].join("|");
}

export function eventCellOf(kind: EventKind, end: End): string {
  return [kind, end].join("|");
}

export function count(counts: CellCounts, cell: string, times = 1): void {
  counts[cell] = (counts[cell] ?? 0) + times;
}

/** Lists the cells that no run visited, and the answers that no request was given. */
export function emptyCells(counts: CellCounts): string[] {
  const answers = faultKinds.flatMap(({ name: kind, answers }) =>
    faultOperations.flatMap((operation) =>
      (answers[operation] ?? []).map((_, answer) => answerOf({ kind, operation, answer })),
    ),
  );
  const events = eventKinds.flatMap((kind) => ends.map((end) => eventCellOf(kind, end)));
  return [...faultCells.map(cellOf), ...events, ...answers].filter((name) => counts[name] === undefined);
}

/**
 * Draws the matrix: a line for each kind of fault, a column for each operation and position. A cell has one digit for
 * each end: the number of runs that met the fault there, 9 for more.
 */
export function drawMatrix(counts: CellCounts): string {
  const known = new Set(faultCells.map(({ kind, operation }) => `${kind}|${operation}`));
  const width = Math.max(
    ...[...faultKinds.map(({ name }) => name), ...eventKinds].map((name) => name.length),
  );
  const group = (operation: string) => operation.padEnd((ends.length + 1) * positions.length);
  const digits = (cells: readonly string[]) => cells.map((cell) => Math.min(9, counts[cell] ?? 0)).join("");
  const lines = faultKinds.map(({ name }) => {
    const groups = faultOperations.map((operation) =>
      positions
        .map((position) => {
          if (!known.has(`${name}|${operation}`)) return "·".padEnd(ends.length);
          return digits(ends.map((end) => cellOf({ kind: name, operation, position, end })));
        })
        .join(" "),
    );
    return [name.padEnd(width), ...groups].join("  ");
  });
  const heads = [
    ["".padEnd(width), ...faultOperations.map(group)].join(" "),
    [
      "".padEnd(width),
      ...faultOperations.map(() => positions.map((position) => position.slice(0, 4).padEnd(4)).join(" ")),
    ].join("  "),
  ];
  return [
    `Runs that met a fault, by its kind, operation and position; one digit each for ${ends.join(", ")}`,
    ...heads,
    ...lines,
    "Runs to which something happened, as often",
    ...eventKinds.map((kind) =>
      [kind.padEnd(width), digits(ends.map((end) => eventCellOf(kind, end)))].join("  "),
    ),
  ].join("\n");
}
