import { globSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../processes/run-command.ts";
import { compared, milliseconds, type Section } from "../section.ts";

const root = join(import.meta.dirname, "../../..");
const OURS = ["core", "bot", "feishu"];
const IMPORTS = 9;

/** Measures the packages that a candidate installs. The two that are a page of code install none. */
export async function weightSection(): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), "streamcard-bench-"));
  try {
    const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const sdk = "@larksuiteoapi/node-sdk";
    const weights = [
      await weigh(join(folder, "ours"), await packOurs(folder), {
        entry: "@streamcard/feishu",
        client: "undici",
      }),
      await weigh(join(folder, "sdk"), [`${sdk}@${devDependencies[sdk]}`], { entry: sdk }),
    ];
    const none = ["–", "–"];
    const bytes = weights.map((weight) => weight.bytes);
    const importMs = weights.map((weight) => weight.importMs);
    const readyMs = weights.map((weight) => weight.readyMs);
    return {
      title: "Weight",
      about:
        "Installed by npm into an empty project, all dependencies included; the files' own sizes. Import times " +
        `are the least of ${IMPORTS} fresh processes; streamcard loads its HTTP client at the first request.`,
      rows: [
        { id: "import", name: "import time", cells: [...compared(importMs, milliseconds), ...none] },
        {
          id: "import client",
          name: "import time with the HTTP client",
          cells: [...compared(readyMs, milliseconds), ...none],
        },
        { id: "size", name: "installed size", cells: [...compared(bytes, megabytes), ...none] },
        {
          id: "packages",
          name: "installed packages",
          cells: [...weights.map(({ packages }) => String(packages)), ...none],
        },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Packs our packages as they are published. */
async function packOurs(folder: string): Promise<string[]> {
  for (const name of OURS) {
    const cwd = join(root, "packages", name);
    await run("npx", ["-y", "pnpm@12", "run", "build"], cwd);
    await run("npx", ["-y", "pnpm@12", "pack", "--pack-destination", folder], cwd);
  }
  return globSync("*.tgz", { cwd: folder }).map((name) => join(folder, name));
}

interface Modules {
  readonly entry: string;
  /** HTTP client, if importing the package does not load it. */
  readonly client?: string;
}

async function weigh(folder: string, packages: readonly string[], { entry, client }: Modules) {
  await run("mkdir", ["-p", folder], root);
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", ...packages], folder);
  const files = globSync("node_modules/**/*", { cwd: folder, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  const manifests = globSync("node_modules/{*,@*/*}/package.json", { cwd: folder });
  const importMs = await importTime(folder, [entry]);
  return {
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    packages: manifests.length,
    importMs,
    readyMs: client === undefined ? importMs : await importTime(folder, [entry, client]),
  };
}

async function importTime(folder: string, modules: readonly string[]): Promise<number> {
  const imports = modules.map((module) => `await import(${JSON.stringify(module)});`).join(" ");
  const timing = `const at = performance.now(); ${imports} console.log(performance.now() - at);`;
  const times: number[] = [];
  for (let round = 0; round < IMPORTS; round += 1) {
    times.push(Number(await run(process.execPath, ["--input-type=module", "--eval", timing], folder)));
  }
  return Math.min(...times);
}

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, output } = await runCommand(command, args, { cwd });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${output}`);
  return output;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
