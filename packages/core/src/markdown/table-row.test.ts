import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsAfter, countCells, noCells } from "./table-row.ts";

describe("given a row of a table", () => {
  it.each([
    ["", 0],
    ["  ", 0],
    ["|", 0],
    ["||", 1],
    ["a", 1],
    ["| a | b |", 2],
    ["a | b", 2],
    ["a || b", 3],
    ["| a \\| b |", 1],
    ["| a \\\\| b |", 2],
    ["a |\\", 2],
  ])("counts the cells of %j", (row, cells) => {
    expect(countCells(row)).toBe(cells);
  });

  it("counts the same in whatever parts it comes", () => {
    const part = fc.string({ unit: fc.constantFrom("|", "\\", " ", "a", "字"), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(parts.reduce(cellsAfter, noCells).count).toBe(countCells(parts.join("")));
      }),
    );
  });
});
