/** Makes ids in the platform's forms. They are unique within one emulator, and with the default `random` the same on every run. */
export interface Ids {
  /** Makes an id of `prefix` and hexadecimal digits. @defaultValue 32 digits */
  hex(prefix: string, length?: number): string;
  /** Makes an id of 19 decimal digits. */
  digits(): string;
}

const COUNTER_DIGITS = 6;

export function createIds(random: () => number = createSeededRandom(0x5eed)): Ids {
  let count = 0;
  // A counter makes ids unique, because a test may pass a constant `random`.
  const nextCount = (radix: number): string => (++count).toString(radix).padStart(COUNTER_DIGITS, "0");
  const characters = (length: number, radix: number): string => {
    let text = "";
    while (text.length < length) text += Math.floor(random() * radix).toString(radix);
    return text;
  };
  return {
    hex: (prefix, length = 32) => prefix + characters(length - COUNTER_DIGITS, 16) + nextCount(16),
    digits: () => `7${characters(18 - COUNTER_DIGITS, 10)}${nextCount(10)}`,
  };
}

// The generator is mulberry32.
function createSeededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
