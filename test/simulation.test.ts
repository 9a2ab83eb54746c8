import { describe, expect, it } from "vitest";
import { runSimulation } from "./simulation/run-simulation.ts";

const RUNS = 1_000;

describe("given a thousand runs in virtual time", () => {
  it(
    "keeps every promise in each of them",
    async () => {
      const report = await runSimulation({ runs: RUNS, seed: 1 });
      expect(report.runs).toBe(RUNS);
      expect(report.cards).toBeGreaterThan(RUNS);
    },
    10 * 60_000,
  );
});
