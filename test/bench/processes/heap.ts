import { setTimeout as sleep } from "node:timers/promises";
import { prose } from "../answers.ts";
import { allCandidates } from "../candidates/all-candidates.ts";
import { bareLoop } from "../candidates/bare-loop.ts";
import { scheduleTokens } from "../token-schedule.ts";
import { startPlatformThread } from "./platform-thread.ts";

// Prints the bytes of heap of an open card, the source of its tokens included. The same number of cards is open before,
// so that memory which a process needs once is not counted.
// Arguments: a candidate's name, or the bare loop's; how many cards are measured.

/** Time after which idle sockets are closed (five seconds), because they are not part of a card's cost. */
const IDLE_MS = 6_000;
const CHARACTERS = 600;

const [name, count = "40"] = process.argv.slice(2);
const cards = Number(count);
const candidate = [...allCandidates, bareLoop].find((known) => known.name === name);
if (candidate === undefined) throw new TypeError(`There is no candidate ${JSON.stringify(name)}.`);
const { gc } = globalThis;
if (gc === undefined) throw new Error("Run this with --expose-gc.");

const { platform, quiet } = await startPlatformThread();
const answer = prose(CHARACTERS);
const schedule = scheduleTokens(answer, { tokensPerSecond: 200, firstAtMs: 1_000 });

/** Says the answer, then leaves the card open until it is told to end. */
async function* tokens(end: Promise<void>): AsyncGenerator<string> {
  const startedAt = performance.now();
  for (const { atMs, text } of schedule) {
    const waitMs = startedAt + atMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    yield text;
  }
  await end;
}

async function heapUsed(): Promise<number> {
  await quiet();
  await sleep(IDLE_MS);
  for (let round = 0; round < 3; round += 1) {
    gc?.();
    await sleep(50);
  }
  return process.memoryUsage().heapUsed;
}

const end = Promise.withResolvers<void>();

/** Opens cards, says their answers, and waits until all is written. */
async function heapWithMoreCards(): Promise<number> {
  for (let card = 0; card < cards; card += 1) void candidate?.stream(tokens(end.promise), platform);
  await sleep((schedule.at(-1)?.atMs ?? 0) + 1_000);
  return heapUsed();
}

// The first cards end, so that modules which are loaded at a card's end are loaded.
await Promise.all(Array.from({ length: cards }, () => candidate.stream(tokens(Promise.resolve()), platform)));
const before = await heapWithMoreCards();
const after = await heapWithMoreCards();
console.log((after - before) / cards);
process.exit();
