#!/usr/bin/env node
import process from "node:process";
import { runCli } from "./run-cli.ts";

const result = await runCli(process.argv.slice(2));
if (result.type === "done") {
  (result.exitCode === 0 ? process.stdout : process.stderr).write(result.output);
  process.exitCode = result.exitCode;
} else {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void result.emulator.close());
  }
  process.stdout.write(result.output);
}
