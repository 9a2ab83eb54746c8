import { spawn } from "node:child_process";
import { globSync } from "node:fs";
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
// pnpm says where it is; what an example needs beyond the workspace, it installs first.
const pnpm = process.env.npm_execpath ?? "pnpm";
const [command, first] = /\.[cm]?js$/.test(pnpm) ? [process.execPath, [pnpm]] : [pnpm, []];
const child = spawn(command, [...first, "run", "start", ...args], {
  cwd: join(import.meta.dirname, name),
  stdio: "inherit",
});
// Ctrl+C reaches the example by itself; this waits for it to end.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("error", (error) => {
  console.error(`pnpm cannot be run: ${error.message}. Run this as \`npx -y pnpm@12 run example ${name}\`.`);
  process.exitCode = 1;
});
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
