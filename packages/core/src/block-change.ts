import { type CardBlock, isSameBlock } from "./card-view.ts";

/** One difference between two lists of blocks. Blocks never change places. */
export type BlockChange =
  /** `before`: the block that it stands before; at the end where there is none. */
  | { readonly type: "insert"; readonly block: CardBlock; readonly before?: string }
  | { readonly type: "update"; readonly block: CardBlock }
  | { readonly type: "remove"; readonly id: string };

/** The changes that lead from one list of blocks to another, in an order in which they can be carried out. */
export function diffBlocks(from: readonly CardBlock[], to: readonly CardBlock[]): BlockChange[] {
  const old = new Map(from.map((block) => [block.id, block]));
  const kept = new Set(to.map(({ id }) => id));
  const changes: BlockChange[] = [];
  let before: string | undefined;
  const inserts: BlockChange[] = [];
  for (const block of to.toReversed()) {
    const known = old.get(block.id);
    if (known === undefined)
      inserts.unshift({ type: "insert", block, ...(before !== undefined && { before }) });
    else before = block.id;
  }
  for (const block of to) {
    const known = old.get(block.id);
    if (known !== undefined && !isSameBlock(known, block)) changes.push({ type: "update", block });
  }
  changes.push(...inserts);
  for (const { id } of from) if (!kept.has(id)) changes.push({ type: "remove", id });
  return changes;
}

/** What a list of blocks is after changes. */
export function applyChanges(blocks: readonly CardBlock[], changes: readonly BlockChange[]): CardBlock[] {
  const result = [...blocks];
  for (const change of changes) {
    const at = result.findIndex(({ id }) => id === (change.type === "remove" ? change.id : change.block.id));
    if (change.type === "remove") {
      if (at >= 0) result.splice(at, 1);
    } else if (change.type === "update") {
      if (at >= 0) result[at] = change.block;
    } else {
      const before = result.findIndex(({ id }) => id === change.before);
      result.splice(before < 0 ? result.length : before, 0, change.block);
    }
  }
  return result;
}
