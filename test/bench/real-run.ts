import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "@streamcard/core/driver";
import { startFeishuEmulator } from "@streamcard/emulator";
import type { Candidate } from "./candidates/candidate.ts";
import { type Reading, watchCards } from "./reader.ts";
import type { Token } from "./token-schedule.ts";

export interface RealRun {
  readonly tokens: readonly Token[];
  readonly roundTripMs: number;
}

/** Shows one answer by one candidate in real time, over HTTP with the candidate's own client. */
export async function runInRealTime(
  candidate: Candidate,
  { tokens, roundTripMs }: RealRun,
): Promise<Reading> {
  const emulator = await startFeishuEmulator({
    page: false,
    latency: () => ({ requestMs: roundTripMs / 2, responseMs: roundTripMs / 2 }),
  });
  try {
    const read = watchCards(emulator, Date.now);
    await candidate.stream(play(tokens, Date.now()), {
      domain: emulator.url,
      credentials: emulator.credentials,
      chatId: emulator.chats.group,
      clock: systemClock,
    });
    return read();
  } finally {
    await emulator.close();
  }
}

async function* play(tokens: readonly Token[], startedAt: number): AsyncGenerator<string> {
  for (const { atMs, text } of tokens) {
    const waitMs = startedAt + atMs - Date.now();
    if (waitMs > 0) await sleep(waitMs);
    yield text;
  }
}
