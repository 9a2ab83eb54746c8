/** Source of time for the emulator. A test passes its own to run in virtual time. */
export interface Clock {
  /** Reads the time, in milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `delayMs` milliseconds. @returns a timer for `clearTimeout`. */
  setTimeout(callback: () => void, delayMs: number): unknown;
  /** Cancels a timer. A value that is no timer, or one that has fired, is ignored. */
  clearTimeout(timer: unknown): void;
}

/** The clock and timers of this process. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => {
    if (isTimeout(timer)) clearTimeout(timer);
  },
};

function isTimeout(timer: unknown): timer is NodeJS.Timeout {
  return typeof timer === "object" && timer !== null && "hasRef" in timer;
}
