import type { Reading } from "./reader.ts";
import { largestGroup, mean, percentile } from "./statistics.ts";
import { saidAt, type Token } from "./token-schedule.ts";

/** Lag of an answer on cards behind the model, in milliseconds, over the characters that arrived. */
export interface Lag {
  /** Time from the model's first token to the first text that the platform applied. */
  readonly firstTextMs: number;
  /** Mean time of a character from its token until the platform had applied it. */
  readonly appliedMs: number;
  /** Mean time of a character from its token to the reader's screen. */
  readonly shownMs: number;
  /** 95th percentile of a character's time to the reader's screen. */
  readonly shownP95Ms: number;
  /** Largest number of characters that came onto the screen at once. */
  readonly largestJump: number;
  /** Characters of the answer that never arrived. */
  readonly missing: number;
}

export function measureLag(tokens: readonly Token[], reading: Reading): Lag {
  const said = saidAt(tokens);
  const arrived = Math.min(said.length, reading.text.length);
  const applied = said.slice(0, arrived).map((atMs, index) => (reading.appliedAt[index] as number) - atMs);
  const shown = said.slice(0, arrived).map((atMs, index) => (reading.shownAt[index] as number) - atMs);
  return {
    firstTextMs: applied[0] ?? Number.POSITIVE_INFINITY,
    appliedMs: mean(applied),
    shownMs: mean(shown),
    shownP95Ms: percentile(shown, 0.95),
    largestJump: largestGroup(reading.shownAt),
    missing: said.length - arrived,
  };
}
