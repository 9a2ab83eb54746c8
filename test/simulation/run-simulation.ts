import fc from "fast-check";
import { checkPromises } from "./check-promises.ts";
import { type Scenario, scenarios } from "./scenario.ts";
import { simulate } from "./simulate.ts";

export interface SimulationReport {
  readonly runs: number;
  readonly cards: number;
  readonly operations: number;
  readonly characters: number;
  /** Virtual time of all runs together. */
  readonly virtualMs: number;
}

/**
 * Runs a number of seeded scenarios, every other one with limits so small that boundaries happen all the time,
 * and checks the promises after each.
 *
 * @throws {Error} with the smallest scenario found that breaks one.
 */
export async function runSimulation({
  runs,
  seed,
}: {
  runs: number;
  seed: number;
}): Promise<SimulationReport> {
  const report = { runs, cards: 0, operations: 0, characters: 0, virtualMs: 0 };
  for (let run = 0; run < runs; run += 1) {
    const property = fc.asyncProperty(
      scenarios((seed + run) % 2 === 0 ? "documented" : "shrunk"),
      async (scenario: Scenario) => {
        const outcome = await simulate(scenario);
        report.cards += outcome.result.cards.length;
        report.operations += outcome.result.metrics.calls;
        report.characters += outcome.result.text.length;
        report.virtualMs += outcome.result.metrics.totalMs;
        const problems = checkPromises(outcome);
        if (problems.length > 0) throw new Error(problems.slice(0, 5).join("\n"));
      },
    );
    const checked = await fc.check(property, {
      seed: seed + run,
      numRuns: 1,
      interruptAfterTimeLimit: SHRINK_MS,
    });
    if (!checked.failed) continue;
    const [scenario] = checked.counterexample ?? [];
    throw new Error(
      `Seed ${seed + run} breaks a promise (pnpm run sim --runs 1 --seed ${seed + run}). The smallest case found:\n` +
        `${JSON.stringify(scenario)}\n${String(checked.errorInstance)}`,
    );
  }
  return report;
}

/** How long a failing scenario is made smaller. */
const SHRINK_MS = 20_000;
