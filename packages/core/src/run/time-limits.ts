import {
  anObject,
  checkFields,
  checkOption,
  described,
  milliseconds,
  requireOption,
} from "../check-option.ts";
import type { Clock } from "../clock.ts";
import { RunTimeoutError } from "../errors.ts";

/** Limits on a run, each in milliseconds, `0` for none. A run that exceeds one is stopped. */
export interface Timeouts {
  /**
   * Longest time from the making of the card to the first output of the run, in milliseconds.
   * @defaultValue 0
   */
  firstTokenMs?: number | undefined;
  /**
   * Longest silence of the run, in milliseconds. Does not count while a tool runs.
   * @defaultValue 300000 (5 minutes)
   */
  idleMs?: number | undefined;
  /**
   * Longest duration of the run, in milliseconds.
   * @defaultValue 0
   */
  totalMs?: number | undefined;
}

const defaults: ResolvedTimeouts = { firstTokenMs: 0, idleMs: 300_000, totalMs: 0 };

/** Longest delay that timers can take. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** All limits, with their defaults filled in. */
export type ResolvedTimeouts = { [Limit in keyof Timeouts]-?: number };

/**
 * Checks the limits and fills in their defaults.
 *
 * @throws {InvalidOptionError} when a limit is unknown, or can never work.
 */
export function resolveTimeouts(timeouts?: Timeouts): ResolvedTimeouts {
  if (timeouts === undefined) return defaults;
  requireOption("timeouts", timeouts, described("an object such as { idleMs: 60_000 }", anObject));
  checkFields("timeouts", timeouts, Object.keys(defaults));
  const resolved = { ...defaults };
  for (const name of ["firstTokenMs", "idleMs", "totalMs"] as const) {
    checkOption(`timeouts.${name}`, timeouts[name], milliseconds({ max: MAX_TIMER_MS, zero: "no limit" }));
    resolved[name] = timeouts[name] ?? defaults[name];
  }
  return resolved;
}

/** Watch over a run: calls `expire` once, when the run exceeds a limit. */
export class TimeLimits {
  readonly #clock: Clock;
  readonly #limits: ResolvedTimeouts;
  readonly #expire: (error: RunTimeoutError) => void;
  readonly #startedAt: number;
  #lastActivityAt: number;
  #hasOutput = false;
  #isToolRunning = false;
  #timer: unknown;
  #isOver = false;

  constructor(clock: Clock, limits: ResolvedTimeouts, expire: (error: RunTimeoutError) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#expire = expire;
    this.#startedAt = clock.now();
    this.#lastActivityAt = this.#startedAt;
    this.#arm();
  }

  /** Notes that the run is alive. */
  noteActivity(state: { hasOutput: boolean; isToolRunning: boolean }): void {
    this.#lastActivityAt = this.#clock.now();
    const changed = state.hasOutput !== this.#hasOutput || state.isToolRunning !== this.#isToolRunning;
    this.#hasOutput = state.hasOutput;
    this.#isToolRunning = state.isToolRunning;
    // The timer that is set looks at the last activity itself; setting one per token would cost more than the token.
    if (changed) this.#arm();
  }

  /** Ends the watch. */
  stop(): void {
    this.#isOver = true;
    this.#clock.clearTimeout(this.#timer);
  }

  #deadlines(): { limit: RunTimeoutError["limit"]; at: number }[] {
    const { firstTokenMs, idleMs, totalMs } = this.#limits;
    const deadlines: { limit: RunTimeoutError["limit"]; at: number }[] = [];
    if (totalMs > 0) deadlines.push({ limit: "totalMs", at: this.#startedAt + totalMs });
    if (firstTokenMs > 0 && !this.#hasOutput) {
      deadlines.push({ limit: "firstTokenMs", at: this.#startedAt + firstTokenMs });
    }
    if (idleMs > 0 && !this.#isToolRunning)
      deadlines.push({ limit: "idleMs", at: this.#lastActivityAt + idleMs });
    return deadlines.sort((one, other) => one.at - other.at);
  }

  #arm(): void {
    this.#clock.clearTimeout(this.#timer);
    const [next] = this.#deadlines();
    if (next === undefined || this.#isOver) return;
    this.#timer = this.#clock.setTimeout(() => this.#check(), next.at - this.#clock.now());
  }

  #check(): void {
    if (this.#isOver) return;
    const [next] = this.#deadlines();
    if (next === undefined || next.at > this.#clock.now()) {
      this.#arm();
      return;
    }
    this.stop();
    this.#expire(new RunTimeoutError(next.limit, this.#limits[next.limit]));
  }
}
