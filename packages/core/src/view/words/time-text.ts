import type { Words } from "./words.ts";

const SECOND_MS = 1_000;

/** Shorter times are written as `instant`. */
const MIN_TIME_MS = 50;

/** From this time on, tenths of a second are left out: it would be rounded to `10.0 s`. */
const WHOLE_SECONDS_MS = 9_950;

/** Writes a time so that it is read at a glance: `0.4 s`, `12 s`, `3 min 5 s`. */
export function timeText(ms: number, { seconds, minutes, instant }: Words["units"]): string {
  if (ms < MIN_TIME_MS) return instant;
  if (ms < WHOLE_SECONDS_MS) return `${(ms / SECOND_MS).toFixed(1)} ${seconds}`;
  const whole = Math.round(ms / SECOND_MS);
  if (whole < 60) return `${whole} ${seconds}`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} ${minutes}${rest === 0 ? "" : ` ${rest} ${seconds}`}`;
}
