import { parseArgs } from "node:util";
import { drawMatrix, emptyCells } from "./coverage.ts";
import { type Failure, judge, scenarioOf } from "./judge.ts";
import { describeFailure, runSimulation } from "./run-simulation.ts";
import type { Scenario } from "./scenario/scenario.ts";
import { collectSteps } from "./steps.ts";
import { traceOf } from "./trace.ts";

const usage = `Usage: pnpm run sim [--runs 1000] [--seed 1] [--threads <processors>] [--matrix] [--all | --brief] [--case <json or seed>]
  --matrix  prints which faults were met where, and fails where a cell is empty (10000 runs fill all)
  --brief   says what the first failure broke, without making it smaller
  --all     goes on after a failure and lists all that fail, as they are
  --case    repeats one scenario, as a failure prints it or by its seed, and shows all requests`;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    threads: { type: "string" },
    matrix: { type: "boolean", default: false },
    brief: { type: "boolean", default: false },
    all: { type: "boolean", default: false },
    case: { type: "string" },
  },
});

/** Empty cells that are named at most. */
const MAX_NAMES = 40;

if (values.case === undefined) await simulateAll();
else
  await repeat(
    /^\d+$/.test(values.case) ? scenarioOf(Number(values.case)) : (JSON.parse(values.case) as Scenario),
  );

/** Plays one scenario and prints its requests, events and ends. */
async function repeat(scenario: Scenario): Promise<void> {
  const steps = collectSteps();
  const { problems, outcome } = await judge(scenario);
  if (outcome !== undefined) console.log(traceOf(outcome, steps));
  console.log(problems.length === 0 ? "It keeps every promise." : problems.join("\n"));
  process.exitCode = problems.length === 0 ? 0 : 1;
}

async function simulateAll(): Promise<void> {
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  const threads = values.threads === undefined ? undefined : Number(values.threads);
  const isValid = Number.isInteger(runs) && runs >= 1 && Number.isInteger(seed) && seed >= 0;
  if (!isValid || (threads !== undefined && !(Number.isInteger(threads) && threads >= 1))) {
    console.error(`Expected whole numbers, received ${JSON.stringify(values)}.\n${usage}`);
    process.exit(2);
  }
  const startedAt = performance.now();
  const tally = await runSimulation({
    runs,
    seed,
    isThorough: values.all,
    ...(threads !== undefined && { threads }),
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const { failures } = tally;
  if (values.matrix) console.log(drawMatrix(tally.cells));
  const {
    runs: done,
    faultRuns,
    twoFaultRuns,
    longRuns,
    manyRuns,
    clickRuns,
    eventRuns,
    cards,
    requests,
    characters,
    virtualMs,
  } = tally;
  console.log(
    `${done} runs from seed ${seed}: ${faultRuns} met a fault and ${twoFaultRuns} a second, ${longRuns} lasted over ten minutes, ` +
      `${manyRuns} had several cards at once, ${clickRuns} had clicks and ${eventRuns} other events. ${cards} cards, ${requests} requests, ` +
      `${characters} characters, ${(virtualMs / 3_600_000).toFixed(1)} virtual hours in ${seconds.toFixed(1)} s. ` +
      (failures.length === 0 ? "Every promise was kept." : `${failures.length} runs broke a promise.`),
  );
  const empty = values.matrix ? emptyCells(tally.cells) : [];
  if (empty.length > 0) {
    console.error(`${empty.length} cells are empty:\n  ${empty.slice(0, MAX_NAMES).join("\n  ")}`);
  }
  if (values.all || values.brief) console.error(failures.map(line).join("\n"));
  else if (failures[0] !== undefined) console.error(await describeFailure(failures[0]));
  process.exitCode = failures.length > 0 || empty.length > 0 ? 1 : 0;
}

function line({ seed, scenario: { faults, events, end }, problems }: Failure): string {
  const names = [...faults, ...events].map((plan) => Object.values(plan).join(" · "));
  return `${seed} [${[...names, end].join("; ")}] ${problems.slice(0, 3).join(" | ")}`;
}
