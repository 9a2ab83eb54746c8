import type { CardBlock } from "../contract/card-block.ts";

/** Length in UTF-16 units from which on an open block is written only when it grew by a share of itself. */
const LARGE_BLOCK = 240;

/**
 * Smallest growth of a large block that is worth a write, as a share of the block, because each write carries all of
 * it.
 */
const MIN_GROWTH_SHARE = 0.05;

/** Leaves large blocks that have grown by too little as they are shown, to be sent when they have grown by more. */
export function deferSmallGrowth(
  shown: readonly CardBlock[],
  wanted: readonly CardBlock[],
): readonly CardBlock[] {
  let isChanged = false;
  const due = wanted.map((block) => {
    if (block.type !== "text" || block.isOpen !== true || block.text.length <= LARGE_BLOCK) return block;
    const known = shown.find(({ id }) => id === block.id);
    if (known?.type !== "text" || known.text.length === block.text.length) return block;
    if (block.text.length - known.text.length >= block.text.length * MIN_GROWTH_SHARE) return block;
    isChanged = true;
    return known;
  });
  return isChanged ? due : wanted;
}
