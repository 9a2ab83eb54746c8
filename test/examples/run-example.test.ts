import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "../processes/run-command.ts";

const examples = join(import.meta.dirname, "../../examples");
const names = globSync("*/package.json", { cwd: examples }).map(dirname);
const runExample = (...args: string[]) =>
  runCommand(process.execPath, [join(examples, "run-example.ts"), ...args], {
    env: { npm_execpath: undefined, PATH: "" },
  });

describe("given `pnpm run example`", () => {
  it.each([[[]], [["nope"]], [["../examples"]]])("lists the examples for %j", async (args) => {
    const { code, output } = await runExample(...args);
    expect(code).toBe(2);
    expect(names.length).toBeGreaterThan(4);
    for (const name of names) expect(output).toContain(`\n  ${name}\n`.trimEnd());
    if (args.length > 0) expect(output).toContain(`There is no example "${args[0]}"`);
  });

  it("says how to run it where there is no pnpm", async () => {
    const { code, output } = await runExample("langgraph");
    expect(code).toBe(1);
    expect(output).toContain("Try npx -y pnpm@12 run example langgraph.");
  });
});
