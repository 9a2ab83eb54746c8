import { setTimeout as sleep } from "node:timers/promises";
import { prose } from "../answers.ts";
import { allCandidates } from "../candidates/all-candidates.ts";
import { bareLoop } from "../candidates/bare-loop.ts";
import { startPlatformThread } from "./platform-thread.ts";

// Prints the microseconds of this thread that a token costs after an answer of a given size, from the fastest round,
// because the machine does other work in the slower ones.
// Arguments: a candidate's name, or the bare loop's; bytes of the answer before the first token that is measured.

const ROUNDS = 3;
const TOKENS = 300;
const TOKENS_PER_SECOND = 200;
const WARM_UP_TOKENS = 100;
const BYTES_PER_CHARACTER = 3;

const [name, bytes] = process.argv.slice(2);
const candidate = [...allCandidates, bareLoop].find((known) => known.name === name);
if (candidate === undefined) throw new TypeError(`There is no candidate ${JSON.stringify(name)}.`);

const { platform, quiet } = await startPlatformThread();
const before = prose(Number(bytes) / BYTES_PER_CHARACTER);
const after = prose(2 * (WARM_UP_TOKENS + ROUNDS * TOKENS));
let least = Number.POSITIVE_INFINITY;

async function* tokens(): AsyncGenerator<string> {
  yield before;
  await sleep(2_000);
  await quiet();
  const startedAt = performance.now();
  let said = 0;
  async function* say(count: number): AsyncGenerator<string> {
    for (const end = said + count; said < end; said += 1) {
      const waitMs = startedAt + (said * 1_000) / TOKENS_PER_SECOND - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      yield after.slice(2 * said, 2 * said + 2);
    }
  }
  yield* say(WARM_UP_TOKENS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedWith = process.threadCpuUsage();
    yield* say(TOKENS);
    const { user, system } = process.threadCpuUsage(startedWith);
    least = Math.min(least, user + system);
  }
}

await candidate.stream(tokens(), platform);
console.log(least / TOKENS);
process.exit();
