import { parentPort } from "node:worker_threads";
import { judgeSeeds } from "./judge.ts";

// Answers each message, a list of seeds, with the tally of their runs. `run-simulation.ts` ends the thread.
parentPort?.on("message", async (seeds: readonly number[]) => {
  parentPort?.postMessage(await judgeSeeds(seeds));
});
