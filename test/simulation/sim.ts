import { parseArgs } from "node:util";
import { runSimulation } from "./run-simulation.ts";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
  console.error(
    `--runs takes a positive whole number and --seed a whole one, received ${values.runs} and ${values.seed}.`,
  );
  process.exit(2);
}
const startedAt = performance.now();
const report = await runSimulation({ runs, seed });
console.log(
  `${report.runs} runs from seed ${seed} kept every promise: ${report.cards} cards, ${report.operations} requests, ` +
    `${report.characters} characters, ${(report.virtualMs / 3_600_000).toFixed(1)} virtual hours in ` +
    `${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
);
