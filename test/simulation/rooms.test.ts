import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/** Folders of the simulation, top to bottom. A folder imports from those below it alone, types included. */
const floors = [".", "checks", "play", "scenario"];

const cwd = import.meta.dirname;
const imports = globSync("**/*.ts", { cwd }).flatMap((from) => {
  const source = readFileSync(join(cwd, from), "utf8");
  const paths = [...source.matchAll(/ from "(\.[^"]+)"/g)].map(([, path = ""]) => path);
  return paths.map((path) => ({ from, to: normalize(join(dirname(from), path)) }));
});

describe("given the rooms of the simulation", () => {
  it("imports downwards between them, types included", () => {
    const upwards = imports.filter(({ from, to }) => {
      const [lower, upper] = [floors.indexOf(dirname(to)), floors.indexOf(dirname(from))];
      return lower >= 0 && lower < upper;
    });
    expect(imports.length).toBeGreaterThan(100);
    expect(upwards).toEqual([]);
  });
});
