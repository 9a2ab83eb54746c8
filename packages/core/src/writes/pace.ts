import type { RunTimes } from "../run/run-times.ts";
import { Backoff } from "./backoff.ts";
import { MAX_INTERVAL_MS, type ResolvedPace } from "./pace-options.ts";

/** Consumption of a run up to the time at which it is read. */
export interface RunSpending {
  /** Time since the card was made, in milliseconds. */
  readonly ageMs: number;
  /** Time since the run's first text, in milliseconds. */
  readonly writingMs: number;
  /** Calls of the platform's API. */
  readonly calls: number;
  /** Length of the answer, in UTF-16 units. */
  readonly characters: number;
  /** The run is over, and its cards have to settle soon. */
  readonly hasEnded: boolean;
}

/**
 * Largest gap between inputs, as a share of the time between two writes, at which the next input is worth waiting
 * for.
 */
const GAP_WORTH_WAITING = 0.6;

/** Time since the last input, in gaps between inputs, from which on the next one is near. */
const GAPS_UNTIL_NEAR = 0.8;

/** Time since the last input, in gaps between inputs, after which none is expected any more. */
const MAX_GAPS = 3;

/** Longest time in milliseconds that a finalizing write waits because of the interval. */
const FINALIZE_SLOT_MS = 100;

/** Longest time in milliseconds that a finalizing write waits after a failure, once the run is over. */
const MAX_FINALIZE_PENALTY_MS = 3_000;

/** Interval in economy, as a share of the run's age: 100 ms at two seconds, a second at twenty. */
const ECONOMY_SHARE = 0.05;
const MAX_ECONOMY_INTERVAL_MS = 1_000;

/** Calls of a budget that are kept for finalizing. */
const RESERVED_CALLS = 1;

/**
 * Factor of the interval under a budget: the interval is this multiple of the run's age over the calls that are left,
 * so that a budget lasts for a time that grows with its square.
 */
const BUDGET_STRETCH = 2;

/**
 * Times between the writes to one card, as the run wants them: one interval after the last one, later after failures
 * and where calls are counted, sooner for the write that finalizes. The platform's own rate is the driver's.
 */
export class Pace {
  readonly #pace: ResolvedPace;
  readonly #spending: RunSpending;
  #sentAt: number | undefined;
  #roundTripMs = 0;
  readonly #backoff = new Backoff();

  constructor(pace: ResolvedPace, spending: RunSpending) {
    this.#pace = pace;
    this.#spending = spending;
  }

  /**
   * Returns the earliest time for the next write, in the clock's milliseconds; `Infinity` when the budget is used up.
   */
  earliest(kind: "frame" | "finalize"): number {
    const isFinal = kind === "finalize";
    const intervalMs = isFinal ? Math.min(this.#pace.intervalMs, FINALIZE_SLOT_MS) : this.#intervalMs();
    const isUrgent = isFinal && this.#spending.hasEnded;
    const slot = this.#sentAt === undefined ? 0 : Math.ceil(this.#sentAt + intervalMs);
    return Math.max(slot, this.#backoff.until(isUrgent ? MAX_FINALIZE_PENALTY_MS : undefined));
  }

  /** Time between two writes as things are, in milliseconds. */
  get periodMs(): number {
    return Math.min(Math.max(this.#intervalMs(), this.#roundTripMs), MAX_INTERVAL_MS);
  }

  /**
   * Returns the time until which a write that may leave at `from` waits for the next input; minus infinity where it
   * does not wait. Where the next input is near, the write would just miss it, and the input would wait for the next.
   */
  waitsUntil(
    { lastInputAt, inputGapMs }: Pick<RunTimes, "lastInputAt" | "inputGapMs">,
    from: number,
  ): number {
    const { periodMs } = this;
    const isNear = lastInputAt + inputGapMs * GAPS_UNTIL_NEAR <= from;
    if (!isNear || inputGapMs > periodMs * GAP_WORTH_WAITING) return Number.NEGATIVE_INFINITY;
    return lastInputAt + Math.min(inputGapMs * MAX_GAPS, periodMs);
  }

  /** Time at which the last write left; 0 before the first. */
  get sentAt(): number {
    return this.#sentAt ?? 0;
  }

  /** Notes that a write leaves. */
  sent(now: number): void {
    this.#sentAt = now;
  }

  /** Notes that the last write was acknowledged. */
  succeeded(now: number): void {
    this.#roundTripMs = Math.min(now - (this.#sentAt ?? now), MAX_INTERVAL_MS);
    this.#backoff.succeeded();
  }

  /** Notes that a call failed. @param tookMs Time from its leaving to the failure, in milliseconds. */
  failed(now: number, error: { readonly retryAfterMs?: number | undefined }, tookMs: number): void {
    this.#backoff.failed(now, error, tookMs);
  }

  #intervalMs(): number {
    const { isEconomy, maxCalls, intervalMs } = this.#pace;
    const { ageMs } = this.#spending;
    const stretched = isEconomy ? Math.min(ageMs * ECONOMY_SHARE, MAX_ECONOMY_INTERVAL_MS) : 0;
    return Math.max(intervalMs, stretched, maxCalls === Number.POSITIVE_INFINITY ? 0 : this.#ration(ageMs));
  }

  /** Returns the interval in milliseconds at which the calls that are left last for the run. */
  #ration(ageMs: number): number {
    const callsLeft = this.#pace.maxCalls - RESERVED_CALLS - this.#spending.calls;
    return callsLeft > 0 ? (ageMs * BUDGET_STRETCH) / callsLeft : Number.POSITIVE_INFINITY;
  }
}
