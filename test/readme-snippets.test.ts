import { existsSync, globSync } from "node:fs";
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

interface Readme {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;
  /** Package whose dependencies the programs import. */
  readonly dependent: string;
  /** Module of the names that the README leaves to its reader. */
  readonly namesPath: string;
}

interface Program {
  readonly readme: Readme;
  readonly snippet: Snippet;
  /** Path of the program's module, from the root of the repository. */
  readonly path: string;
}

/** Shows that the compiler sees the programs as a user's compiler would: its only program has a mistake in line 7. */
const mistaken: Readme = {
  path: "mistaken.md",
  text: `
\`\`\`ts
import { createFeishu } from "@streamcard/feishu";

const feishu = createFeishu();

feishu.card({ to, lokale: "en-US" });
\`\`\`
`,
  dependent: "feishu",
  namesPath: join(namesFolder, "feishu.ts"),
};

describe("given the programs in the READMEs, and one with a mistake", () => {
  it("compiles all but the mistaken one", async () => {
    const paths = globSync("{README,packages/*/README}{,.zh-CN}.md", { cwd: root });
    const readmes = await Promise.all(paths.map(readReadme));
    const programs = await Promise.all([...readmes, mistaken].map(writePrograms));
    expect(programs.filter((ofReadme) => ofReadme.length === 0)).toEqual([]);
    expect(await compile(programs.flat())).toEqual([expect.stringMatching(/^mistaken\.md:7: .*lokale/)]);
  });
});

async function readReadme(path: string): Promise<Readme> {
  const isRoot = dirname(path) === ".";
  const name = isRoot ? "root" : basename(dirname(path));
  return {
    path,
    text: await readFile(join(root, path), "utf8"),
    // The root's programs import a provider of the AI SDK, which is a dependency of that package.
    dependent: isRoot ? "ai-sdk" : name,
    namesPath: join(namesFolder, `${name}.ts`),
  };
}

/** Writes a module for each program of a README. */
async function writePrograms(readme: Readme): Promise<readonly Program[]> {
  const folder = join("packages", readme.dependent, CACHE, readme.path.replaceAll("/", "-"));
  await rm(join(root, folder), { recursive: true, force: true });
  await mkdir(join(root, folder), { recursive: true });
  const namesModule = JSON.stringify(relative(join(root, folder), readme.namesPath));
  const declarations = existsSync(readme.namesPath) ? await readFile(readme.namesPath, "utf8") : "";
  const known = new Map<string, string>();
  for (const [, name = ""] of declarations.matchAll(/^export declare \w+ (\w+)/gm))
    known.set(name, namesModule);
  const programs: Program[] = [];
  for (const snippet of snippetsIn(readme.text)) {
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
    return `${program.readme.path}:${readmeLine(program.snippet, Number(number))}: ${message}`;
  });
}
