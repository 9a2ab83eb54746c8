import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { count } from "./coverage.ts";
import { emptyTally, type Failure, shrink, type Tally } from "./judge.ts";

export interface SimulationOptions {
  readonly runs: number;
  /** Seed of the first run; each further run has the next number. */
  readonly seed: number;
  /** Goes on after a failure, so that all failures are found. @defaultValue false */
  readonly isThorough?: boolean;
  /** Worker threads. @defaultValue the number of processors */
  readonly threads?: number;
}

/** Seeds that a thread is given at once: few, because the last thread to end decides how long all take. */
const CHUNK = 20;

/** Time for making a failing scenario smaller. */
const SHRINK_MS = 20_000;

/** Runs seeded scenarios on all processors and checks the promises after each. Stops at the first failure. */
export async function runSimulation({
  runs,
  seed,
  isThorough = false,
  threads = availableParallelism(),
}: SimulationOptions): Promise<Tally> {
  const total = emptyTally();
  let next = seed;
  const end = seed + runs;
  const take = (): number[] => {
    if (total.failures.length > 0 && !isThorough) return [];
    const size = Math.min(CHUNK, end - next);
    next += size;
    return Array.from({ length: size }, (_, index) => next - size + index);
  };
  await Promise.all(
    Array.from({ length: Math.min(threads, Math.ceil(runs / CHUNK)) }, () =>
      work(take, (tally) => addTo(total, tally)),
    ),
  );
  total.failures.sort((a, b) => a.seed - b.seed);
  return total;
}

function work(take: () => number[], done: (tally: Tally) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    const give = () => {
      const seeds = take();
      if (seeds.length > 0) worker.postMessage(seeds);
      else void worker.terminate().then(() => resolve());
    };
    worker.on("message", (tally: Tally) => {
      done(tally);
      give();
    });
    worker.on("error", reject);
    give();
  });
}

function addTo(total: Tally, { cells, failures, ...numbers }: Tally): void {
  for (const [name, number] of Object.entries(numbers) as [keyof typeof numbers, number][])
    total[name] += number;
  for (const [cell, times] of Object.entries(cells)) count(total.cells, cell, times);
  total.failures.push(...failures);
}

/** Shrinks a failure and describes it, with the command that repeats it. */
export async function describeFailure(failure: Failure): Promise<string> {
  const { seed, scenario, problems } = await shrink(failure, SHRINK_MS);
  return [
    `Seed ${seed} breaks a promise (pnpm run sim --runs 1 --seed ${seed}):`,
    ...problems.slice(0, 5).map((problem) => `  ${problem}`),
    "The smallest case found, and the command that repeats it:",
    `  pnpm run sim --case '${JSON.stringify(scenario)}'`,
  ].join("\n");
}
