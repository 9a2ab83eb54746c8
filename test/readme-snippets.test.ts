import { globSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "./processes/run-command.ts";
import { importsOf, moduleOf, readmeLine, type Snippet, snippetsIn } from "./readmes/snippet.ts";

// A program in a README may leave out what its reader has: names like `to` and `agent` are declared in
// `readmes/names/`, a file for each package, and names that an earlier program of the README imports are known.

const root = join(import.meta.dirname, "..");
const namesFolder = join(root, "test/readmes/names");

/** Folder for the modules of programs, in each package because programs import its dependencies. */
const CACHE = "node_modules/.cache/readmes";

interface Program {
  /** Path of the README, from the root of the repository. */
  readonly readme: string;
  readonly snippet: Snippet;
  /** Path of the program's module, from the root of the repository. */
  readonly path: string;
}

describe("given the programs in the READMEs", () => {
  it("compiles each of them", async () => {
    const readmes = globSync("{README,packages/*/README}{,.zh-CN}.md", { cwd: root });
    const programs = (await Promise.all(readmes.map(writePrograms))).flat();
    expect(new Set(programs.map(({ readme }) => readme))).toEqual(new Set(readmes));
    expect(await compile(programs)).toEqual([]);
  });
});

/** Writes a module for each program of a README. */
async function writePrograms(readme: string): Promise<readonly Program[]> {
  const isRoot = dirname(readme) === ".";
  // The root's programs import a provider of the AI SDK, which is a dependency of this package.
  const folder = join(
    isRoot ? "packages/ai-sdk" : dirname(readme),
    CACHE,
    basename(readme),
    isRoot ? "root" : "own",
  );
  await rm(join(root, folder), { recursive: true, force: true });
  await mkdir(join(root, folder), { recursive: true });
  const namesPath = join(namesFolder, `${isRoot ? "root" : basename(dirname(readme))}.ts`);
  const known = new Map<string, string>();
  for (const [, name = ""] of (await readFile(namesPath, "utf8")).matchAll(/^export declare \w+ (\w+)/gm)) {
    known.set(name, JSON.stringify(relative(join(root, folder), namesPath)));
  }
  const programs: Program[] = [];
  for (const snippet of snippetsIn(await readFile(join(root, readme), "utf8"))) {
    for (const [name, module] of importsOf(snippet)) known.set(name, module);
    const path = join(folder, `line-${snippet.line}.mts`);
    await writeFile(join(root, path), moduleOf(snippet, known));
    programs.push({ readme, snippet, path });
  }
  return programs;
}

/** Compiles programs. Returns a line for each error, with its place in the README. */
async function compile(programs: readonly Program[]): Promise<readonly string[]> {
  const folder = join(root, CACHE);
  await mkdir(folder, { recursive: true });
  const compilerOptions = {
    noEmit: true,
    declaration: false,
    incremental: true,
    tsBuildInfoFile: "./tsconfig.tsbuildinfo",
    typeRoots: [join(root, "node_modules/@types")],
  };
  const files = [join(namesFolder, "next-server.d.ts"), ...programs.map(({ path }) => join(root, path))];
  const config = { extends: join(root, "tsconfig.base.json"), compilerOptions, files };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/.bin/tsc");
  const { output } = await runCommand(tsc, ["-p", folder, "--pretty", "false"], { cwd: root });
  const lines = output.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [, path, number, message] = /^(.+?)\((\d+),\d+\): (.*)$/.exec(line) ?? [];
    const program = programs.find((each) => each.path === path);
    if (program === undefined) return line;
    return `${program.readme}:${readmeLine(program.snippet, Number(number))}: ${message}`;
  });
}
