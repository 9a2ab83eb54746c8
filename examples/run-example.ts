import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";

const [name = "", ...args] = process.argv.slice(2).filter((argument) => argument !== "--");
const examples = globSync("*/package.json", { cwd: import.meta.dirname })
  .map(dirname)
  .sort();

if (!examples.includes(name)) {
  const problem = name === "" ? "" : `There is no example ${JSON.stringify(name)}.\n\n`;
  console.error(
    `${problem}Usage: pnpm run example <name>\n\n${examples.map((one) => `  ${one}`).join("\n")}`,
  );
  process.exit(2);
}
const folder = join(import.meta.dirname, name);
// Ctrl+C reaches the example by itself; this waits for it to end.
process.on("SIGINT", () => {});
// Inside a script pnpm takes all dependencies for installed, which is true of the workspace alone.
const isApart = existsSync(join(folder, "pnpm-workspace.yaml"));
const hasInstalled = !isApart || (await runPnpm(["install", "--frozen-lockfile"])) === 0;
process.exitCode = hasInstalled ? await runPnpm(["run", "start", ...args]) : 1;

/** @returns its exit code. */
async function runPnpm(command: readonly string[]): Promise<number> {
  const pnpm = process.env.npm_execpath ?? "pnpm";
  const isScript = /\.[cm]?js$/.test(pnpm);
  const child = spawn(isScript ? process.execPath : pnpm, [...(isScript ? [pnpm] : []), ...command], {
    cwd: folder,
    stdio: "inherit",
  });
  const end = () => child.kill("SIGTERM");
  process.once("SIGTERM", end);
  try {
    const [code] = await once(child, "exit");
    return code ?? 1;
  } catch (error) {
    console.error(`pnpm cannot be run: ${(error as Error).message}. Try npx -y pnpm@12 run example ${name}.`);
    return 1;
  } finally {
    process.off("SIGTERM", end);
  }
}
