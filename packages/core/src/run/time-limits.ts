import type { Clock } from "../clock.ts";
import { InvalidOptionError, RunTimeoutError } from "../errors.ts";

/** Limits on the source of a card, each in milliseconds, `0` for none. */
export interface Timeouts {
  /**
   * From the opening of the card to the first output of the run.
   * @defaultValue 0
   */
  firstTokenMs?: number | undefined;
  /**
   * Longest silence. Stopped while a tool runs.
   * @defaultValue 300000 (5 minutes)
   */
  idleMs?: number | undefined;
  /**
   * Of the whole run.
   * @defaultValue 0
   */
  totalMs?: number | undefined;
}

const defaults: ResolvedTimeouts = { firstTokenMs: 0, idleMs: 300_000, totalMs: 0 };

/** Longest delay that timers can take. */
const LONGEST_MS = 2 ** 31 - 1;

export type ResolvedTimeouts = { [Limit in keyof Timeouts]-?: number };

/** @throws {InvalidOptionError} */
export function resolveTimeouts(timeouts?: Timeouts): ResolvedTimeouts {
  if (timeouts === undefined) return defaults;
  if (typeof timeouts !== "object" || timeouts === null) {
    throw new InvalidOptionError(
      `timeouts must be an object such as { idleMs: 60_000 }, received ${JSON.stringify(timeouts)}.`,
    );
  }
  const unknown = Object.keys(timeouts).find((name) => !(name in defaults));
  if (unknown !== undefined) {
    throw new InvalidOptionError(
      `timeouts has the limits ${Object.keys(defaults).join(", ")}, received ${JSON.stringify(unknown)}.`,
    );
  }
  const resolved = { ...defaults };
  for (const name of ["firstTokenMs", "idleMs", "totalMs"] as const) {
    const value = timeouts[name] ?? defaults[name];
    if (!(Number.isFinite(value) && value >= 0 && value <= LONGEST_MS)) {
      throw new InvalidOptionError(
        `timeouts.${name} must be a number of milliseconds from 0 (no limit) to ${LONGEST_MS}, received ${String(value)}.`,
      );
    }
    resolved[name] = value;
  }
  return resolved;
}

/** Watches a source: tells once when it stays silent, or goes on, for too long. */
export class TimeLimits {
  readonly #clock: Clock;
  readonly #limits: ResolvedTimeouts;
  readonly #expire: (error: RunTimeoutError) => void;
  readonly #startedAt: number;
  #lastSignAt: number;
  #hasOutput = false;
  #isToolRunning = false;
  #timer: unknown;
  #isOver = false;

  constructor(clock: Clock, limits: ResolvedTimeouts, expire: (error: RunTimeoutError) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#expire = expire;
    this.#startedAt = clock.now();
    this.#lastSignAt = this.#startedAt;
    this.#arm();
  }

  /** The run gave a sign of life. */
  sign(state: { hasOutput: boolean; isToolRunning: boolean }): void {
    this.#lastSignAt = this.#clock.now();
    const changed = state.hasOutput !== this.#hasOutput || state.isToolRunning !== this.#isToolRunning;
    this.#hasOutput = state.hasOutput;
    this.#isToolRunning = state.isToolRunning;
    // A running timer finds the later sign by itself; arming one for each token would cost more than the token.
    if (changed) this.#arm();
  }

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
      deadlines.push({ limit: "idleMs", at: this.#lastSignAt + idleMs });
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
