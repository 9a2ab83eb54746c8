import type { FeishuCardOptions } from "@streamcard/feishu";
import { mixedAnswer } from "./answers.ts";
import { streamcard } from "./candidates/streamcard.ts";
import { measureLag } from "./measure-lag.ts";
import { markdownTable } from "./table.ts";
import { scheduleTokens } from "./token-schedule.ts";
import { runInVirtualTime } from "./virtual-run.ts";

const modes: readonly { readonly name: string; readonly options: Omit<FeishuCardOptions, "to"> }[] = [
  { name: "smooth (default)", options: {} },
  { name: 'flushOn: "sentence"', options: { flushOn: "sentence" } },
  { name: 'pace: "economy"', options: { pace: "economy" } },
  { name: "budget: { maxCalls: 20 }", options: { budget: { maxCalls: 20 } } },
];

/** Answers of 5 seconds, half a minute and two minutes, in bytes of Chinese text. */
const answers = [1_400, 8_000, 28_000];

/**
 * Prints for each mode the calls of an answer, and the mean time from a character's token to the reader's screen. 60
 * tokens/s of 1.5 Chinese characters, a round trip of 80 ms.
 */
export async function callsOfModes(print: (text: string) => void): Promise<void> {
  const rows: string[][] = [];
  for (const { name, options } of modes) {
    const cells: string[] = [];
    for (const bytes of answers) {
      const tokens = scheduleTokens(mixedAnswer(bytes), { tokensPerSecond: 60, firstAtMs: 1_000 });
      const { requests, reading } = await runInVirtualTime(streamcard(options), { tokens, roundTripMs: 80 });
      const { shownMs, missing } = measureLag(tokens, reading);
      cells.push(
        `${requests.length} · ${(shownMs / 1000).toFixed(1)} s${missing > 0 ? ` · ${missing} missing` : ""}`,
      );
    }
    rows.push([name, ...cells]);
  }
  print(markdownTable(["calls · lag", ...answers.map((bytes) => `${bytes / 1000} KB`)], rows));
}
