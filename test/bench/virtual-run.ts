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
  /** True if every card left streaming mode by an operation. */
  readonly isFinalized: boolean;
}

/** Virtual time after which a candidate counts as stuck. */
const MAX_RUN_MS = 3_600_000;

/** Shows one answer by one candidate in virtual time, in which only the platform's round trip takes time. */
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
    // A candidate that waits for a lost answer for ever leaves the clock without timers.
    await clock.until(run, MAX_RUN_MS).catch(() => {});
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

/** Yields each token at its time, or later if it is asked for later, as a stream does. */
async function* play(tokens: readonly Token[], clock: ManualClock, start: number): AsyncGenerator<string> {
  for (const { atMs, text } of tokens) {
    const waitMs = start + atMs - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs);
    yield text;
  }
}
