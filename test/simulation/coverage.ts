import { faultKinds, faultOperations } from "./fault-kinds.ts";
import { answerIndex, ends, type FaultCell, type FaultPlan, faultCells, positions } from "./fault-plan.ts";

/** How often each cell of the matrix was visited, and each answer of a fault met, by their names. */
export type CellCounts = { [cell: string]: number };

export function answerOf(plan: Pick<FaultPlan, "kind" | "operation" | "answer">): string {
  return [plan.kind, plan.operation, "answer", answerIndex(plan)].join("|");
}

export function cellOf({ kind, operation, position, end }: FaultCell): string {
  return [kind, operation, position, end].join("|");
}

export function count(counts: CellCounts, cell: string, times = 1): void {
  counts[cell] = (counts[cell] ?? 0) + times;
}

/** Cells in which no request met the fault, and answers that none was given. */
export function emptyCells(counts: CellCounts): string[] {
  const answers = faultKinds.flatMap(({ name: kind, answers }) =>
    faultOperations.flatMap((operation) =>
      (answers[operation] ?? []).map((_, answer) => answerOf({ kind, operation, answer })),
    ),
  );
  return [...faultCells.map(cellOf), ...answers].filter((name) => counts[name] === undefined);
}

/**
 * The matrix: a line for each kind of fault, a column for each operation and position in it, and in each cell how
 * many runs met the fault there, one digit for each end; 9 stands for more, too.
 */
export function drawMatrix(counts: CellCounts): string {
  const known = new Set(faultCells.map(({ kind, operation }) => `${kind}|${operation}`));
  const width = Math.max(...faultKinds.map(({ name }) => name.length));
  const group = (operation: string) => operation.padEnd((ends.length + 1) * positions.length);
  const lines = faultKinds.map(({ name }) => {
    const groups = faultOperations.map((operation) =>
      positions
        .map((position) => {
          if (!known.has(`${name}|${operation}`)) return "·".padEnd(ends.length);
          return ends
            .map((end) => Math.min(9, counts[cellOf({ kind: name, operation, position, end })] ?? 0))
            .join("");
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
  ].join("\n");
}
