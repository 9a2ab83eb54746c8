import { describe, expect, it } from "vitest";
import { describeFailure, runSimulation } from "./run-simulation.ts";

const RUNS = 2_000;

describe("given two thousand runs in virtual time, half of them with faults", () => {
  it(
    "keeps every promise in each of them",
    async () => {
      const { runs, cards, faultRuns, failures } = await runSimulation({ runs: RUNS, seed: 1 });
      const [failure] = failures;
      expect.soft(failure && (await describeFailure(failure))).toBeUndefined();
      expect(runs).toBe(RUNS);
      expect(cards).toBeGreaterThan(RUNS);
      expect(faultRuns).toBeGreaterThan(RUNS * 0.45);
    },
    10 * 60_000,
  );
});
