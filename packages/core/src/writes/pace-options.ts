import { anObject, described, milliseconds, oneOf, requireOption, wholeNumber } from "../check-option.ts";

/** Options for the time between the writes to a card. */
export interface PaceOptions {
  /**
   * `smooth`: as often as the platform allows. `economy`: the same for two seconds, then less and less often, down to
   * one write a second, for tenants whose calls are counted.
   * @defaultValue "smooth"
   */
  pace?: "smooth" | "economy" | undefined;
  /**
   * Number of API calls that one run may cost, at least 4, opening and finalizing its cards included. Writes become
   * rarer as the calls are used up. An answer always ends with its whole text, so each further card may exceed the
   * budget by the 3 calls that open and finalize it.
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
}

/** Longest interval between two writes, in milliseconds. */
export const MAX_INTERVAL_MS = 60_000;

/** Smallest budget of a run: one call each to make its card, send it, write to it and finalize it. */
const MIN_CALLS = 4;

/**
 * Checks the options and fills in their defaults.
 *
 * @throws {InvalidOptionError} when one can never work.
 */
export function resolvePace(options: PaceOptions, platformIntervalMs: number): ResolvedPace {
  const { pace = "smooth", budget, minIntervalMs: intervalMs = platformIntervalMs } = options;
  requireOption("pace", pace, oneOf("smooth", "economy"));
  requireOption("minIntervalMs", intervalMs, milliseconds({ max: MAX_INTERVAL_MS }));
  return { isEconomy: pace === "economy", maxCalls: resolveBudget(budget), intervalMs };
}

function resolveBudget(budget: PaceOptions["budget"]): number {
  if (budget === undefined) return Number.POSITIVE_INFINITY;
  requireOption("budget", budget, described("{ maxCalls }", anObject));
  requireOption("budget.maxCalls", budget.maxCalls, wholeNumber({ min: MIN_CALLS }));
  return budget.maxCalls;
}
