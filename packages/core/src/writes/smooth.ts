import type { TextBlock } from "../contract/card-block.ts";
import { plainHead } from "./plain-head.ts";

/**
 * Lower bound of the characters that one write may bring: those that a client types until the next write, and a small
 * jump.
 */
const MIN_LIMIT = 42;

/** Multiple of the limit beyond which the text is a burst, which is not worth spreading. */
const BURST = 3;

/**
 * Factor by which a write may bring more than usual, so that the text catches up. It is larger from `SLOW_CHARACTERS`
 * between two writes on, because then writes are far apart.
 */
const CATCH_UP = 1.2;
const SLOW_CATCH_UP = 1.5;
const SLOW_CHARACTERS = 60;

/**
 * Leaves a part of a text for the next write where more has gathered than usual, so that the text moves evenly before
 * the reader.
 *
 * @param from Length of the text that is shown.
 * @param usual Characters that come between two writes.
 * @returns The block with less text; `undefined` where all of it should be written.
 */
export function smoothed(block: TextBlock, from: number, usual: number): TextBlock | undefined {
  const grown = block.text.length - from;
  const catchUp = usual > SLOW_CHARACTERS ? SLOW_CATCH_UP : CATCH_UP;
  const limit = Math.max(MIN_LIMIT, Math.ceil(usual * catchUp));
  if (grown <= limit || grown > limit * BURST) return undefined;
  const head = plainHead(block.text.slice(from), limit);
  if (head.length < limit / 2) return undefined;
  return { ...block, text: block.text.slice(0, from) + head };
}
