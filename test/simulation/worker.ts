import { parentPort } from "node:worker_threads";
import { judgeSeeds } from "./judge.ts";

// Takes seeds, gives back what they came to, until nobody asks any more.
parentPort?.on("message", async (seeds: readonly number[]) => {
  parentPort?.postMessage(await judgeSeeds(seeds));
});
