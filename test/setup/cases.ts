const wanted = process.env.PROPERTY_RUNS ?? "";
if (wanted !== "" && wanted !== "full") {
  throw new Error(`PROPERTY_RUNS must be "full" or unset, received ${JSON.stringify(wanted)}.`);
}

/** The full suite: all cases, and the tests that are tagged `slow`. `PROPERTY_RUNS=full` asks for it, as `.ci/run` does. */
export const isFull = wanted === "full";

/** Cases that a property of weight 1 tries in the full suite. */
export const FULL_CASES = 100;

/** Cases that a property of weight 1 tries otherwise. */
export const QUICK_CASES = 10;

/**
 * Counts the cases of a property, of a fuzz loop or of the simulation. No test names a number of its own.
 *
 * @param weight - how many times the usual number of cases; a property that finds its faults seldom needs more, one
 *   whose cases are long needs fewer.
 */
export function cases(weight = 1): number {
  return Math.max(1, Math.round(weight * (isFull ? FULL_CASES : QUICK_CASES)));
}
