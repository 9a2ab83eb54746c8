import fc from "fast-check";

/** Evenly from `min` to `max`; among floating-point numbers themselves, nearly all are next to zero. */
export function share(min = 0, max = 1): fc.Arbitrary<number> {
  return fc
    .integer({ min: Math.round(min * 10_000), max: Math.round(max * 10_000) })
    .map((parts) => parts / 10_000);
}

/** Log-uniform: as many answers of 10 to 100 characters as of 1,000 to 10,000. */
export function length(most: number, least = 0): fc.Arbitrary<number> {
  return share().map((exponent) => Math.max(least, Math.round((most + 1) ** exponent - 1)));
}
