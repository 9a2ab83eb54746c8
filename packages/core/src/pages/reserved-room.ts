import type { BlockSize, DriverProfile } from "../contract/card-driver.ts";
import type { ResolvedBlockOptions } from "../view/block-options.ts";
import { possibleFoot } from "../view/foot-blocks.ts";

/** Bytes reserved for a longer title, which may say more later than now. */
export const TITLE_SLACK_BYTES = 160;

/** Bytes that must be free on a page for a text to begin there. */
export const MIN_TEXT_BYTES = 64;

/** Adds the room for a longer title to the size of a block that has one. */
export function withSlack({ bytes, elements }: BlockSize): BlockSize {
  return { bytes: bytes + TITLE_SLACK_BYTES, elements };
}

/** Computes the room that each card keeps for the blocks at its foot: of alternatives, the largest. */
export function footSize(profile: DriverProfile, options: ResolvedBlockOptions): BlockSize {
  let [bytes, elements] = [0, 0];
  for (const alternatives of possibleFoot(options)) {
    const sizes = alternatives.map((block) => profile.measure(block));
    bytes += Math.max(0, ...sizes.map((size) => size.bytes));
    elements += Math.max(0, ...sizes.map((size) => size.elements));
  }
  return { bytes, elements };
}
