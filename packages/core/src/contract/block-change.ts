import { type CardBlock, isSameBlock } from "./card-block.ts";

/** Difference between two lists of blocks. Blocks never change places. */
export type BlockChange =
  /** `before`: id of the block that follows it. Without it the block goes to the end of the list, or of its holder. */
  | { readonly type: "insert"; readonly block: CardBlock; readonly before?: string }
  | { readonly type: "update"; readonly block: CardBlock }
  /** Removes the block and all blocks in it. */
  | { readonly type: "remove"; readonly id: string };

/** Finds the changes from one list of blocks to another, in an order in which they can be carried out. */
export function diffBlocks(from: readonly CardBlock[], to: readonly CardBlock[]): BlockChange[] {
  const old = new Map(from.map((block) => [block.id, block]));
  const kept = new Set(to.map(({ id }) => id));
  const changes: BlockChange[] = [];
  /** Id of the next block that is in both lists, by the id of its holder. */
  const next = new Map<string | undefined, string>();
  const inserts: BlockChange[] = [];
  for (const block of to.toReversed()) {
    const known = old.get(block.id);
    const before = next.get(block.within);
    if (known === undefined)
      inserts.unshift({ type: "insert", block, ...(before !== undefined && { before }) });
    else next.set(block.within, block.id);
  }
  // Removals come first, because a platform that carries changes out one by one must never hold more than its limit.
  for (const { id, within } of from) {
    if (!kept.has(id) && (within === undefined || kept.has(within))) changes.push({ type: "remove", id });
  }
  for (const block of to) {
    const known = old.get(block.id);
    if (known !== undefined && !isSameBlock(known, block)) changes.push({ type: "update", block });
  }
  changes.push(...inserts);
  return changes;
}

/** Applies changes to a list of blocks and returns the new list. */
export function applyChanges(blocks: readonly CardBlock[], changes: readonly BlockChange[]): CardBlock[] {
  const result = [...blocks];
  for (const change of changes) {
    const id = change.type === "remove" ? change.id : change.block.id;
    const at = result.findIndex((block) => block.id === id);
    if (change.type === "remove") {
      if (at >= 0) result.splice(at, endOf(result, at) - at);
    } else if (change.type === "update") {
      if (at >= 0) result[at] = change.block;
    } else {
      result.splice(placeOf(result, change), 0, change.block);
    }
  }
  return result;
}

function placeOf(
  blocks: readonly CardBlock[],
  { block, before }: Extract<BlockChange, { type: "insert" }>,
): number {
  const next = blocks.findIndex(({ id }) => id === before);
  if (next >= 0) return next;
  const holder = blocks.findIndex(({ id }) => id === block.within);
  return holder < 0 ? blocks.length : endOf(blocks, holder);
}

/** Finds the index after a block and all blocks in it. */
function endOf(blocks: readonly CardBlock[], at: number): number {
  const inside = new Set([blocks[at]?.id]);
  let end = at + 1;
  while (end < blocks.length && inside.has(blocks[end]?.within)) {
    inside.add(blocks[end]?.id);
    end += 1;
  }
  return end;
}
