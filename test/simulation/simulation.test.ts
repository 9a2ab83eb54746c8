import { describe, expect, it } from "vitest";
import { cases } from "../setup/cases.ts";
import { describeFailure, runSimulation } from "./run-simulation.ts";

const RUNS = cases(20);

describe("given runs in virtual time, half of them with faults", () => {
  it(
    `keeps every promise in ${RUNS} of them`,
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
