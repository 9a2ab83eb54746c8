/** Where the emulator takes its time from. A test passes its own to run in virtual time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

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
