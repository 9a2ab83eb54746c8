import { execFile } from "node:child_process";

export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end and gives its exit code and all that it printed. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Readonly<Record<string, string | undefined>> } = {},
): Promise<CommandResult> {
  const { cwd, env } = options;
  return new Promise((resolve) => {
    const settings = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    execFile(command, args, settings, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, output: `${stdout}${stderr}` });
    });
  });
}
