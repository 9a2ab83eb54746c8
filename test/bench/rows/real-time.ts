import { prose } from "../answers.ts";
import { allCandidates } from "../candidates/all-candidates.ts";
import { measureLag } from "../measure-lag.ts";
import { runInRealTime } from "../real-run.ts";
import { compared, milliseconds, type Section } from "../section.ts";
import { scheduleTokens } from "../token-schedule.ts";
import { runInVirtualTime } from "../virtual-run.ts";

const CHARACTERS = 450;
const ROUND_TRIP_MS = 80;

/** Measures one answer in virtual and in real time, as a check of virtual time. */
export async function realTimeSection(): Promise<Section> {
  const tokens = scheduleTokens(prose(CHARACTERS), { tokensPerSecond: 60, firstAtMs: 1_000 });
  const run = { tokens, roundTripMs: ROUND_TRIP_MS };
  const virtual: number[] = [];
  for (const candidate of allCandidates) {
    virtual.push(measureLag(tokens, (await runInVirtualTime(candidate, run)).reading).shownMs);
  }
  const real: number[] = [];
  for (const candidate of allCandidates) {
    real.push(measureLag(tokens, await runInRealTime(candidate, run)).shownMs);
  }
  return {
    title: "Virtual and real time",
    about:
      "Mean on-screen lag of five seconds of text at 60 tokens/s and 80 ms. The rows about lag come from runs in " +
      "virtual time, in which the official SDK has the clock's timers and the emulator's `fetch` in place of the " +
      "process's timers and axios. Here the same answer goes over HTTP, in real time, with each candidate's own client.",
    rows: [
      { id: "virtual", name: "virtual time", cells: compared(virtual, milliseconds) },
      { id: "real", name: "real time, over HTTP", cells: compared(real, milliseconds) },
    ],
  };
}
