import { InvalidOptionError } from "../errors.ts";
import type { RunTimes } from "../run/run-times.ts";
import { AnswerWindow } from "./answer-window.ts";
import { Backoff } from "./backoff.ts";

/** How often a card is written to. */
export interface PaceOptions {
  /**
   * `smooth`: as often as the platform allows. `economy`: so for two seconds, then less and less often, down to
   * once a second, for tenants whose calls are counted.
   * @defaultValue "smooth"
   */
  pace?: "smooth" | "economy" | undefined;
  /**
   * Calls that one run may cost, those that open and finalize its cards included. Writes become rarer as they
   * are used up. An answer always ends with its whole text: opening and finalizing a card (3 calls) may exceed it.
   * @defaultValue no limit
   */
  budget?: { readonly maxCalls: number } | undefined;
  /**
   * Shortest time from one write to the next one, in milliseconds.
   * @defaultValue the platform's limit (Feishu: 100)
   */
  minIntervalMs?: number | undefined;
}

export interface ResolvedPace {
  readonly isEconomy: boolean;
  readonly maxCalls: number;
  readonly intervalMs: number;
  /** Writes that the platform allows in a second. */
  readonly perSecond: number;
}

/** What a run has used so far, as it is when it is read. */
export interface RunSpending {
  readonly ageMs: number;
  /** Time since its first text. */
  readonly writingMs: number;
  readonly calls: number;
  /** Text that it has said. */
  readonly characters: number;
  /** The run is over, and its cards have to settle soon. */
  readonly hasEnded: boolean;
}

const LONGEST_INTERVAL_MS = 60_000;
const SECOND_MS = 1_000;

/** Inputs up to this share of the time between two writes apart are worth waiting for. */
const GAP_WORTH_WAITING = 0.6;

/** The next input is near when the last one is so many of their gaps ago. */
const GAPS_UNTIL_NEAR = 0.8;

/** It does not come when the last one is so many of their gaps ago. */
const MOST_GAPS = 3;

/** Open a card, send it, write to it, finalize it. */
const FEWEST_CALLS = 4;

/** @throws {InvalidOptionError} */
export function resolvePace(options: PaceOptions, platformIntervalMs: number): ResolvedPace {
  const { pace = "smooth", budget, minIntervalMs: intervalMs = platformIntervalMs } = options;
  if (pace !== "smooth" && pace !== "economy") {
    throw new InvalidOptionError(`pace must be "smooth" or "economy", received ${JSON.stringify(pace)}.`);
  }
  const maxCalls = budget === undefined ? Number.POSITIVE_INFINITY : budget?.maxCalls;
  if (budget !== undefined && !(Number.isInteger(maxCalls) && maxCalls >= FEWEST_CALLS)) {
    throw new InvalidOptionError(
      `budget.maxCalls must be a whole number of at least ${FEWEST_CALLS}, received ${String(maxCalls)}.`,
    );
  }
  if (!(Number.isFinite(intervalMs) && intervalMs >= 0 && intervalMs <= LONGEST_INTERVAL_MS)) {
    throw new InvalidOptionError(
      `minIntervalMs must be a number of milliseconds from 0 to ${LONGEST_INTERVAL_MS}, received ${JSON.stringify(intervalMs)}.`,
    );
  }
  const perSecond = Math.max(1, Math.floor(SECOND_MS / Math.max(platformIntervalMs, 1)));
  return { isEconomy: pace === "economy", maxCalls, intervalMs, perSecond };
}

/** Longest that a finalizing write waits for its turn, when nothing but our own pace is in its way. */
const FINALIZE_SLOT_MS = 100;

/** Longest that the write which finalizes a card waits after a failure once the run is over. */
const LONGEST_FINALIZE_PENALTY_MS = 3_000;

/** In economy, the interval is this share of the run's age: 100 ms at two seconds, a second at twenty. */
const ECONOMY_SHARE = 0.05;
const ECONOMY_INTERVAL_MS = 1_000;

/** Of a budget, calls that are kept for finalizing. */
const RESERVED_CALLS = 1;

/** With this the calls of a budget last for a time that grows with their square: 30 calls for some minutes. */
const BUDGET_STRETCH = 2;

/**
 * When the next write to a card may leave: one interval after the last one, and never before its answer; later where
 * the platform asked for it, sooner for the write that finalizes.
 *
 * A limit of so many writes a second holds from the answer to a write to the answer of the one that many later. So
 * each interval is longer by its share of what a round trip takes longer than it has to.
 */
export class Pace {
  readonly #pace: ResolvedPace;
  readonly #spending: RunSpending;
  #sentAt: number | undefined;
  #roundTripMs = 0;
  readonly #window: AnswerWindow;
  readonly #backoff = new Backoff();

  constructor(pace: ResolvedPace, spending: RunSpending) {
    this.#pace = pace;
    this.#window = new AnswerWindow(pace.perSecond);
    this.#spending = spending;
  }

  /** Earliest time for the next write, in the clock's milliseconds; `Infinity` when the budget is used up. */
  earliest(kind: "frame" | "finalize"): number {
    const isFinal = kind === "finalize";
    const interval = isFinal ? Math.min(this.#pace.intervalMs, FINALIZE_SLOT_MS) : this.#interval();
    const delayMs = Math.max(0, this.#roundTripMs - this.#window.leastTripMs);
    const share = delayMs * (this.#pace.intervalMs / SECOND_MS);
    const isUrgent = isFinal && this.#spending.hasEnded;
    const failedUntil = this.#backoff.until(isUrgent ? LONGEST_FINALIZE_PENALTY_MS : undefined);
    const slot = this.#sentAt === undefined ? 0 : Math.ceil(this.#sentAt + interval + share);
    return Math.max(failedUntil, slot, this.#window.freeAt);
  }

  /** Time between two writes as things are. */
  get periodMs(): number {
    return Math.min(Math.max(this.#interval(), this.#roundTripMs), LONGEST_INTERVAL_MS);
  }

  /**
   * Until when a write that may leave waits for what the run says next: where that is near, the write would just miss
   * it, and it would wait for the next one.
   */
  waitsUntil({ lastInputAt, inputGapMs }: Pick<RunTimes, "lastInputAt" | "inputGapMs">): number {
    const { periodMs } = this;
    const isNear = lastInputAt + inputGapMs * GAPS_UNTIL_NEAR <= this.earliest("frame");
    if (!isNear || inputGapMs > periodMs * GAP_WORTH_WAITING) return Number.NEGATIVE_INFINITY;
    return lastInputAt + Math.min(inputGapMs * MOST_GAPS, periodMs);
  }

  /** Time at which the last write left; 0 before the first. */
  get sentAt(): number {
    return this.#sentAt ?? 0;
  }

  /** Notes that a write leaves. */
  sent(now: number): void {
    this.#sentAt = now;
  }

  /** It was acknowledged. */
  succeeded(now: number): void {
    this.#window.answered(now, this.#sentAt ?? now);
    this.#roundTripMs = Math.min(now - (this.#sentAt ?? now), LONGEST_INTERVAL_MS);
    this.#backoff.succeeded();
  }

  /** It failed. @param tookMs Time from its leaving to the failure. */
  failed(now: number, error: { readonly retryAfterMs?: number | undefined }, tookMs: number): void {
    this.#window.answered(now, now - tookMs);
    this.#backoff.failed(now, error, tookMs);
  }

  #interval(): number {
    const { isEconomy, maxCalls, intervalMs } = this.#pace;
    const { ageMs } = this.#spending;
    const stretched = isEconomy ? Math.min(ageMs * ECONOMY_SHARE, ECONOMY_INTERVAL_MS) : 0;
    return Math.max(intervalMs, stretched, maxCalls === Number.POSITIVE_INFINITY ? 0 : this.#ration(ageMs));
  }

  /** The interval that makes the calls that are left last. */
  #ration(ageMs: number): number {
    const left = this.#pace.maxCalls - RESERVED_CALLS - this.#spending.calls;
    return left > 0 ? (ageMs * BUDGET_STRETCH) / left : Number.POSITIVE_INFINITY;
  }
}
