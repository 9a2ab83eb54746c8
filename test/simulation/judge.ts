import fc from "fast-check";
import { checkPromises } from "./checks/check-promises.ts";
import { answerOf, type CellCounts, cellOf, count, eventCellOf } from "./coverage.ts";
import type { Outcome } from "./play/outcome.ts";
import { simulate } from "./play/simulate.ts";
import type { Scenario } from "./scenario/scenario.ts";
import { scenarios } from "./scenario/scenarios.ts";

/** Sums over a number of runs. Plain data, because it is sent from one thread to another. */
export interface Tally {
  runs: number;
  /** Runs in which a request met a fault. */
  faultRuns: number;
  /** Runs in which requests met two faults. */
  twoFaultRuns: number;
  /** Runs that lasted longer than ten minutes, after which streaming mode ends by itself. */
  longRuns: number;
  /** Scenarios with several runs at once. */
  manyRuns: number;
  clickRuns: number;
  /** Runs to which an event happened. */
  eventRuns: number;
  cards: number;
  requests: number;
  characters: number;
  /** Virtual time of all runs together, in milliseconds. */
  virtualMs: number;
  cells: CellCounts;
  failures: Failure[];
}

export interface Failure {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly problems: readonly string[];
}

export function emptyTally(): Tally {
  return {
    runs: 0,
    faultRuns: 0,
    twoFaultRuns: 0,
    longRuns: 0,
    manyRuns: 0,
    clickRuns: 0,
    eventRuns: 0,
    cards: 0,
    requests: 0,
    characters: 0,
    virtualMs: 0,
    cells: {},
    failures: [],
  };
}

/** Draws the scenario that a seed stands for. */
export function scenarioOf(seed: number): Scenario {
  const [scenario] = fc.sample(scenarios(seed), { seed, numRuns: 1 });
  if (scenario === undefined) throw new RangeError(`There is no scenario for seed ${seed}.`);
  return scenario;
}

/** Plays the scenarios of seeds and checks the promises after each. */
export async function judgeSeeds(seeds: readonly number[]): Promise<Tally> {
  const tally = emptyTally();
  for (const seed of seeds) {
    const scenario = scenarioOf(seed);
    const { problems, outcome } = await judge(scenario);
    tally.runs += 1;
    if (problems.length > 0) tally.failures.push({ seed, scenario, problems });
    if (outcome !== undefined) add(tally, outcome);
  }
  return tally;
}

/** Plays one scenario and checks the promises. @returns the broken ones; no outcome if a result never settled. */
export async function judge(
  scenario: Scenario,
): Promise<{ problems: string[]; outcome: Outcome | undefined }> {
  let outcome: Outcome | undefined;
  try {
    outcome = await simulate(scenario);
    return { problems: checkPromises(outcome), outcome };
  } catch (error) {
    return { problems: [`It did not come to an end: ${(error as Error).stack ?? String(error)}`], outcome };
  }
}

/** Time after which streaming mode ends by itself. */
const STREAMING_MS = 10 * 60_000;

function add(tally: Tally, { scenario, streams, cards, requests, faultsMet, eventsMet }: Outcome): void {
  if (streams.some(({ result }) => result.metrics.totalMs > STREAMING_MS)) tally.longRuns += 1;
  if (scenario.streams > 1) tally.manyRuns += 1;
  if (scenario.clicks.length > 0) tally.clickRuns += 1;
  tally.cards += cards.length;
  tally.requests += requests.length;
  for (const { result } of streams) {
    tally.characters += result.text.length;
    tally.virtualMs += result.metrics.totalMs;
  }
  const { end } = scenario;
  if (faultsMet.length > 0) tally.faultRuns += 1;
  if (faultsMet.length > 1) tally.twoFaultRuns += 1;
  for (const fault of faultsMet) {
    count(tally.cells, cellOf({ ...fault, end }));
    count(tally.cells, answerOf(fault));
  }
  if (eventsMet.length > 0) tally.eventRuns += 1;
  for (const { kind } of eventsMet) count(tally.cells, eventCellOf(kind, end));
}

/** Looks for the smallest scenario near a failing one that breaks a promise, too. */
export async function shrink({ seed, scenario, problems }: Failure, limitMs: number): Promise<Failure> {
  const checked = await fc.check(
    fc.asyncProperty(scenarios(seed), async (candidate: Scenario) => {
      const broken = (await judge(candidate)).problems;
      if (broken.length > 0) throw new BrokenPromises(broken);
    }),
    { seed, numRuns: 1, interruptAfterTimeLimit: limitMs },
  );
  const [smallest] = checked.counterexample ?? [];
  const found = checked.errorInstance instanceof BrokenPromises ? checked.errorInstance.problems : problems;
  return { seed, scenario: smallest ?? scenario, problems: found };
}

class BrokenPromises extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}
