import type { Clock } from "@streamcard/core";
import { systemClock } from "@streamcard/core/driver";

/** The system's clock, except that a story can let time pass in no time: what it tells took seconds. */
export class StoryClock implements Clock {
  #skippedMs = 0;

  now(): number {
    return systemClock.now() + this.#skippedMs;
  }

  pass(ms: number): void {
    this.#skippedMs += ms;
  }

  setTimeout(callback: () => void, delayMs: number): unknown {
    return systemClock.setTimeout(callback, delayMs);
  }

  clearTimeout(timer: unknown): void {
    systemClock.clearTimeout(timer);
  }
}
