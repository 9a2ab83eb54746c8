import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../setup/cases.ts";
import { checkPromises } from "./checks/check-promises.ts";
import { playRunTree } from "./play/play-run-tree.ts";
import { runTreeScenarios } from "./scenario/run-tree.ts";

const RUNS = cases(20);

describe("given random trees of LangChain runs in virtual time", () => {
  it(
    `keeps every promise in ${RUNS} of them`,
    async () => {
      const property = fc.asyncProperty(runTreeScenarios, async (scenario) => {
        expect(checkPromises(await playRunTree(scenario))).toEqual([]);
      });
      await fc.assert(property, { numRuns: RUNS, seed: 1, interruptAfterTimeLimit: 5 * 60_000 });
    },
    6 * 60_000,
  );
});
