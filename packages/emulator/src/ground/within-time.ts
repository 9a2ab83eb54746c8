import type { Clock } from "./clock.ts";

export interface TimeLimit<Late> {
  readonly clock: Clock;
  readonly limitMs: number;
  /** Result when the time is up. */
  readonly late: Late;
}

/** Waits for a promise, but no longer than a limit. Its timer is gone once either has happened. */
export async function withinTime<Value, Late>(
  promise: Promise<Value>,
  { clock, limitMs, late }: TimeLimit<Late>,
): Promise<Value | Late> {
  let timer: unknown;
  const timeIsUp = new Promise<Late>((resolve) => {
    timer = clock.setTimeout(() => resolve(late), limitMs);
  });
  try {
    return await Promise.race([promise, timeIsUp]);
  } finally {
    clock.clearTimeout(timer);
  }
}
