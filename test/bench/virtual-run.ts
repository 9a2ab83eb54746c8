import { ManualClock } from "@streamcard/core/testing";
import {
  createFeishuEmulator,
  type FaultScript,
  type FeishuEmulator,
  type FeishuRules,
  type RequestRecord,
} from "@streamcard/emulator";
import type { Candidate } from "./candidates/candidate.ts";
import { type Reading, watchCards } from "./reader.ts";
import type { Token } from "./token-schedule.ts";
import { withTimersOf } from "./virtual-globals.ts";

export interface VirtualRun {
  readonly tokens: readonly Token[];
  readonly roundTripMs: number;
  readonly fault?: FaultScript;
  readonly rules?: Partial<FeishuRules>;
}

export interface VirtualResult {
  readonly reading: Reading;
  readonly requests: readonly RequestRecord[];
  /** Whether every card has left streaming mode by an operation. */
  readonly isFinalized: boolean;
}

/** Longer than any candidate takes that has not got stuck. */
const LONGEST_RUN_MS = 3_600_000;

/** One candidate shows one answer, in virtual time: everything but the platform's round trip takes none. */
export async function runInVirtualTime(
  candidate: Candidate,
  { tokens, roundTripMs, fault, rules = {} }: VirtualRun,
): Promise<VirtualResult> {
  const clock = new ManualClock();
  const emulator = createFeishuEmulator({
    clock,
    rules,
    latency: () => ({ requestMs: roundTripMs / 2, responseMs: roundTripMs / 2 }),
    history: { requests: 100_000, operations: 100_000 },
  });
  if (fault !== undefined) emulator.faults(fault);
  const read = watchCards(emulator, () => clock.now());
  const platform = {
    domain: emulator.url,
    credentials: emulator.credentials,
    chatId: emulator.chats.group,
    fetch: emulator.fetch,
    clock,
  };
  await withTimersOf(clock, async () => {
    const run = candidate.stream(play(tokens, clock, clock.now()), platform);
    // Who waits for ever for an answer that was lost leaves nothing for the clock to do.
    await clock.until(run, LONGEST_RUN_MS).catch(() => {});
  });
  return {
    reading: read(),
    requests: emulator.requests(),
    isFinalized: isFinalized(emulator),
  };
}

function isFinalized(emulator: FeishuEmulator): boolean {
  const cards = emulator.cards();
  return cards.length > 0 && cards.every(({ finalizations }) => finalizations > 0);
}

/** The tokens, each one at its time; those that nobody asked for in time wait, as in a stream. */
async function* play(tokens: readonly Token[], clock: ManualClock, start: number): AsyncGenerator<string> {
  for (const { atMs, text } of tokens) {
    const waitMs = start + atMs - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs);
    yield text;
  }
}
