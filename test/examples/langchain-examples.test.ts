import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "../processes/run-command.ts";

describe("given the examples of LangChain and LangGraph", () => {
  it.concurrent.each(["langchain-agent", "langgraph", "langgraph-approval"])(
    "runs %s, which checks itself",
    async (name) => {
      const cwd = join(import.meta.dirname, "../../examples", name);
      const { code, output } = await runCommand(process.execPath, ["main.ts"], { cwd });
      expect(output).toMatch(/cards are what they should be\.\n$/);
      expect(code).toBe(0);
    },
  );
});
