import type { Clock } from "@streamcard/core";
import { systemClock } from "@streamcard/core/driver";

/** The system's clock, which a story can also move on at once, because the run that it tells took seconds. */
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
