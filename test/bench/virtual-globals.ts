import type { Clock } from "@streamcard/core";

/**
 * Runs something while the process's timers and dates are those of a clock.
 *
 * For code that takes its time from nowhere else: the official SDK. One run at a time, and none in a process that
 * has real connections open, whose timers these are not.
 */
export async function withTimersOf<Value>(clock: Clock, run: () => Promise<Value>): Promise<Value> {
  const { setTimeout, clearTimeout } = globalThis;
  const { now } = Date;
  // Node.js waits for at least a millisecond.
  const setVirtual = (callback: () => void, delayMs = 0) => clock.setTimeout(callback, Math.max(1, delayMs));
  Object.assign(globalThis, {
    setTimeout: setVirtual,
    clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
  });
  Date.now = () => clock.now();
  try {
    return await run();
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = now;
  }
}
