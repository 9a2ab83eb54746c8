import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { runCommand } from "../processes/run-command.ts";
import { coreMutants } from "./core-mutants.ts";
import { feishuMutants } from "./feishu-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { copyTree, type TreeCopy } from "./tree-copy.ts";

/** Simulated runs for each mutant: enough for every kind of scenario. Most mutants are found out by the first few. */
const RUNS = 1_200;

interface Verdict {
  readonly isGood: boolean;
  readonly words: string;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const [only = ""] = process.argv.slice(2);
const mutants = [...coreMutants, ...feishuMutants];
const chosen = mutants.filter(({ name }) => name.includes(only));
const verdicts: Verdict[] = [];

// First without a mutant: a promise that is broken anyway would find out every mutant.
const jobs: ((copy: TreeCopy) => Promise<Verdict>)[] = [
  judgeHealth,
  ...chosen.map((mutant) => (copy: TreeCopy) => judge(copy, mutant)),
];

async function judgeHealth(copy: TreeCopy): Promise<Verdict> {
  const { problem, output } = await simulate(copy);
  if (problem === "") return { isGood: true, words: "without a mutant every promise is kept" };
  return { isGood: false, words: `without a mutant: ${problem ?? output.slice(-400)}` };
}

/** Applies a mutant to a copy and runs the simulation on it. */
async function judge(copy: TreeCopy, { name, breaks, edits }: Mutant): Promise<Verdict> {
  const title = `${name} (${breaks})`;
  let undo: () => Promise<void>;
  try {
    undo = await copy.apply(edits);
  } catch (error) {
    return { isGood: false, words: `${title} no longer applies: ${(error as Error).message}` };
  }
  const { problem, output } = await simulate(copy);
  await undo();
  if (problem === undefined) return { isGood: false, words: `${title} does not run: ${output.slice(-400)}` };
  if (problem === "") return { isGood: false, words: `${title} survives ${RUNS} runs` };
  return { isGood: true, words: `${title}: ${problem.slice(0, 140)}` };
}

/** Runs the simulation. @returns the first broken promise: "" for none, `undefined` if the simulation itself failed. */
async function simulate({ path }: TreeCopy): Promise<{ problem: string | undefined; output: string }> {
  const args = ["test/simulation/sim.ts", "--runs", String(RUNS), "--threads", "1", "--brief"];
  const { code, output } = await runCommand(process.execPath, args, { cwd: path });
  return { problem: code === 0 ? "" : /^\d+ \[.*$/m.exec(output)?.[0], output };
}

async function work(): Promise<void> {
  const copy = await copyTree(root);
  try {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const verdict = await job(copy);
      verdicts.push(verdict);
      console.log(`${verdict.isGood ? "✓" : "✗"} ${verdict.words}`);
    }
  } finally {
    await copy.remove();
  }
}

if (chosen.length === 0) {
  console.error(
    `No mutant has a name with ${JSON.stringify(only)}. There are: ${mutants.map(({ name }) => name).join(", ")}.`,
  );
  process.exit(2);
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
const bad = verdicts.filter(({ isGood }) => !isGood);
console.log(
  bad.length === 0
    ? `All ${chosen.length} mutants were found out.`
    : `${bad.length} are not as they should be.`,
);
process.exitCode = bad.length === 0 ? 0 : 1;
