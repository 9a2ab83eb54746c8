import fc from "fast-check";

/** Draws a number evenly from `min` to `max`. `fc.double` does not: most floating-point numbers are next to zero. */
export function share(min = 0, max = 1): fc.Arbitrary<number> {
  return fc
    .integer({ min: Math.round(min * 10_000), max: Math.round(max * 10_000) })
    .map((parts) => parts / 10_000);
}

/** Draws a length log-uniformly: as many of 10 to 100 characters as of 1,000 to 10,000. */
export function length(most: number, least = 0): fc.Arbitrary<number> {
  return share().map((exponent) => Math.max(least, Math.round((most + 1) ** exponent - 1)));
}
