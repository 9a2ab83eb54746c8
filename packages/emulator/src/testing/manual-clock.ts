import type { Clock } from "../ground/clock.ts";

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time on and fires each timer that falls due, at its own time. */
  advance(ms: number): void;
  /** Number of timers that have not fired. */
  readonly pending: number;
}

export function createManualClock(start = 1_700_000_000_000): ManualClock {
  let now = start;
  let count = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  const nextDue = (limit: number) =>
    [...timers].filter(([, { at }]) => at <= limit).sort(([, a], [, b]) => a.at - b.at)[0];
  return {
    now: () => now,
    setTimeout: (callback, delayMs) => {
      timers.set(++count, { at: now + delayMs, callback });
      return count;
    },
    clearTimeout: (timer) => {
      if (typeof timer === "number") timers.delete(timer);
    },
    advance: (ms) => {
      const end = now + ms;
      for (let due = nextDue(end); due !== undefined; due = nextDue(end)) {
        const [id, { at, callback }] = due;
        timers.delete(id);
        now = at;
        callback();
      }
      now = end;
    },
    get pending() {
      return timers.size;
    },
  };
}
