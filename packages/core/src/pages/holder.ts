import type { CardBlock } from "../contract/card-block.ts";
import type { BlockSize } from "../contract/card-driver.ts";
import type { Slice } from "./slice.ts";

/** Block without a text of its own on a page, with the size that was taken for it. */
export interface PlacedBlock {
  readonly id: string;
  /** Position of its first appearance in the run. */
  readonly order: number;
  block: CardBlock;
  size: BlockSize;
}

type Entry = Slice | PlacedBlock | Holder;

/** Block that holds other blocks; the card itself where it has none. */
export class Holder {
  readonly order: number;
  block: CardBlock | undefined;
  /** Blocks and slices inside, in order of their first appearance in the run. */
  entries: readonly Entry[] = [];

  constructor(block?: CardBlock, order = 0) {
    this.block = block;
    this.order = order;
  }

  /** Field that puts a block into this holder; none for the card itself. */
  get place(): { readonly within?: string } {
    return this.block === undefined ? {} : { within: this.block.id };
  }

  /** Tells if nothing inside appeared later in the run. */
  endsBefore(order: number): boolean {
    return (this.entries.at(-1)?.order ?? 0) <= order;
  }

  /** Puts an entry behind everything that appeared before it in the run. */
  insert(entry: Entry): void {
    const previous = this.entries.findLastIndex(({ order }) => order <= entry.order);
    this.entries = this.entries.toSpliced(previous + 1, 0, entry);
  }

  remove(entry: PlacedBlock): void {
    this.entries = this.entries.filter((other) => other !== entry);
  }
}
