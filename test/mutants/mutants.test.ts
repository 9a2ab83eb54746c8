import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { coreMutants } from "./core-mutants.ts";
import { feishuMutants } from "./feishu-mutants.ts";

const root = join(import.meta.dirname, "../..");

describe("given the mutants, which continuous integration lets the simulation find", () => {
  it.each([...coreMutants, ...feishuMutants])("still finds the place of $name in the code", ({ edits }) => {
    const occurrences = edits.map(({ file, find }) => {
      return readFileSync(join(root, file), "utf8").split(find).length - 1;
    });
    expect(occurrences).toEqual(edits.map(() => 1));
  });
});
