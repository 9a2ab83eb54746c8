import type { TextBlock } from "../contract/card-block.ts";
import { plainHead } from "./plain-head.ts";

/** What one write brings at most while text comes faster than clients type: what they type until the next, and a small jump. */
const MOST_CHARACTERS = 42;

/** More than so many times that is a burst, which is not worth spreading. */
const BURST = 3;

/** Spread over the writes of this text's pace, with room to catch up: more where a write takes long. */
const CATCH_UP = 1.2;
const SLOW_CATCH_UP = 1.5;
const SLOW_CHARACTERS = 60;

/**
 * Leaves a part of the text for the next write where more of it has gathered than usual, so that what the reader
 * sees moves evenly.
 *
 * @param usual Characters that come between two writes.
 * @returns The block with less text; `undefined` where all of it should be written.
 */
export function smoothed(block: TextBlock, from: number, usual: number): TextBlock | undefined {
  const grown = block.text.length - from;
  const catchUp = usual > SLOW_CHARACTERS ? SLOW_CATCH_UP : CATCH_UP;
  const most = Math.max(MOST_CHARACTERS, Math.ceil(usual * catchUp));
  if (grown <= most || grown > most * BURST) return undefined;
  const head = plainHead(block.text.slice(from), most);
  if (head.length < most / 2) return undefined;
  return { ...block, text: block.text.slice(0, from) + head };
}
