import type { StreamingConfig } from "@streamcard/feishu";
import { prose } from "./answers.ts";
import { streamcard } from "./candidates/streamcard.ts";
import { measureLag } from "./measure-lag.ts";
import { markdownTable } from "./table.ts";
import { scheduleTokens } from "./token-schedule.ts";
import { runInVirtualTime } from "./virtual-run.ts";

export interface PacingOptions {
  readonly tokensPerSecond: number;
  readonly roundTripMs: number;
  readonly intervalsMs: readonly number[];
}

const FREQUENCIES_MS = [10, 20, 30, 40, 50, 60, 70];
const STEPS = [1, 2, 3, 4, 6, 8, 12, 16];
const STRATEGIES = ["fast", "delay"] as const;
const ANSWER_SECONDS = 15;
const CHARACTERS_PER_TOKEN = 1.5;

/**
 * Prints the curves behind the defaults: lag by print settings and by the interval between writes.
 *
 * Each cell is the on-screen lag over the lag of the writes alone, and the largest jump in characters.
 */
export async function pacingCurves(
  { tokensPerSecond, roundTripMs, intervalsMs }: PacingOptions,
  print: (text: string) => void,
): Promise<void> {
  const answer = prose(tokensPerSecond * CHARACTERS_PER_TOKEN * ANSWER_SECONDS);
  const tokens = scheduleTokens(answer, { tokensPerSecond, firstAtMs: 1_000 });
  for (const minIntervalMs of intervalsMs) {
    for (const printStrategy of STRATEGIES) {
      let appliedMs = 0;
      const cell = async (streamingConfig: StreamingConfig): Promise<string> => {
        const candidate = streamcard({ minIntervalMs, streamingConfig });
        const { reading } = await runInVirtualTime(candidate, { tokens, roundTripMs });
        const lag = measureLag(tokens, reading);
        appliedMs = lag.appliedMs;
        return `${(lag.shownMs / lag.appliedMs).toFixed(2)} · ${lag.largestJump}`;
      };
      const rows: string[][] = [];
      for (const printFrequencyMs of FREQUENCIES_MS) {
        const cells: string[] = [];
        for (const printStep of STEPS) cells.push(await cell({ printFrequencyMs, printStep, printStrategy }));
        rows.push([`${printFrequencyMs} ms`, ...cells]);
      }
      print(
        `\n${printStrategy}, a write every ${minIntervalMs} ms at most: the writes alone lag ${appliedMs.toFixed(0)} ms\n`,
      );
      print(markdownTable(["frequency", ...STEPS.map((step) => `step ${step}`)], rows));
    }
  }
}
