import { type CardBlock, isSameBlock } from "./card-block.ts";

/** One difference between two lists of blocks. Blocks never change places. */
export type BlockChange =
  /** `before`: the block that it stands before; at the end, or at the end of the block that it is in, where there is none. */
  | { readonly type: "insert"; readonly block: CardBlock; readonly before?: string }
  | { readonly type: "update"; readonly block: CardBlock }
  /** With everything that is in it. */
  | { readonly type: "remove"; readonly id: string };

/** The changes that lead from one list of blocks to another, in an order in which they can be carried out. */
export function diffBlocks(from: readonly CardBlock[], to: readonly CardBlock[]): BlockChange[] {
  const old = new Map(from.map((block) => [block.id, block]));
  const kept = new Set(to.map(({ id }) => id));
  const changes: BlockChange[] = [];
  /** The next block that is there already, by what it is in. */
  const next = new Map<string | undefined, string>();
  const inserts: BlockChange[] = [];
  for (const block of to.toReversed()) {
    const known = old.get(block.id);
    const before = next.get(block.within);
    if (known === undefined)
      inserts.unshift({ type: "insert", block, ...(before !== undefined && { before }) });
    else next.set(block.within, block.id);
  }
  // First, so that a platform that carries them out one by one never holds more than it may.
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

/** What a list of blocks is after changes. */
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

/** Where the block and all that is in it end. */
function endOf(blocks: readonly CardBlock[], at: number): number {
  const inside = new Set([blocks[at]?.id]);
  let end = at + 1;
  while (end < blocks.length && inside.has(blocks[end]?.within)) {
    inside.add(blocks[end]?.id);
    end += 1;
  }
  return end;
}
