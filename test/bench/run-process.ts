import { join } from "node:path";
import { runCommand } from "../processes/run-command.ts";

/**
 * Runs one of `processes/` in a Node.js of its own and reads the number that it prints last.
 *
 * @throws {Error} with all that it printed, when it failed.
 */
export async function numberFrom(script: string, args: readonly string[], flags: readonly string[] = []) {
  const path = join(import.meta.dirname, "processes", script);
  const { code, output } = await runCommand(process.execPath, [...flags, path, ...args]);
  const number = Number(output.trim().split("\n").at(-1));
  if (code !== 0 || Number.isNaN(number)) throw new Error(`${script} ${args.join(" ")} failed:\n${output}`);
  return number;
}
