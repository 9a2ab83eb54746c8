/** Source of time. A test passes a manual clock and runs hours within milliseconds. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once, after at least `delayMs` milliseconds. Returns a timer for `clearTimeout`. */
  setTimeout(callback: () => void, delayMs: number): unknown;
  /** Cancels a timer. A timer that has called back, and `undefined`, are ignored. */
  clearTimeout(timer: unknown): void;
}

/** Clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // A delay may be negative after the event loop was held up, and Node.js warns of those.
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, Math.max(0, delayMs)),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as ReturnType<typeof globalThis.setTimeout>),
};

/** Resolves after `ms` milliseconds of a clock. */
export function wait(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.setTimeout(resolve, ms));
}
