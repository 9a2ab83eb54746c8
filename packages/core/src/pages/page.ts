import type { CardBlock } from "../contract/card-block.ts";
import { type BlockSize, type DriverProfile, NO_SIZE } from "../contract/card-driver.ts";
import type { Slice } from "./slice.ts";

/** A block that holds no text of its own. What it takes is kept free for it. */
export interface Placed {
  readonly id: string;
  readonly order: number;
  block: CardBlock;
  size: BlockSize;
}

/** A block that others are in; without a block, the card itself. */
export class Holder {
  readonly order: number;
  block: CardBlock | undefined;
  entries: readonly (Slice | Placed | Holder)[] = [];

  constructor(block?: CardBlock, order = 0) {
    this.block = block;
    this.order = order;
  }

  /** Where a block is that it holds. */
  get place(): { readonly within?: string } {
    return this.block === undefined ? {} : { within: this.block.id };
  }

  /** Whether nothing in it appeared later in the run. */
  endsBefore(order: number): boolean {
    return (this.entries.at(-1)?.order ?? 0) <= order;
  }

  /** Puts an entry behind everything that appeared before it in the run. */
  insert(entry: Slice | Placed | Holder): void {
    const previous = this.entries.findLastIndex(({ order }) => order <= entry.order);
    this.entries = this.entries.toSpliced(previous + 1, 0, entry);
  }

  remove(entry: Placed): void {
    this.entries = this.entries.filter((other) => other !== entry);
  }
}

/** What is on one card, and what room it has taken. */
export class Page {
  readonly root = new Holder();
  /** All text on it, in order of their making. */
  slices: Slice[] = [];
  readonly baseBytes: number;
  bytes: number;
  elements: number;
  textBytes = 0;
  tables = 0;
  length = 0;
  /** Holds text of the run, not only what opens a block again. */
  hasText = false;
  /** Nothing more of substance comes here; only space that ends a paragraph. */
  isSpent = false;
  readonly #profile: DriverProfile;
  readonly #counts: Record<string, number> = {};

  constructor(profile: DriverProfile, foot: BlockSize) {
    this.#profile = profile;
    this.baseBytes = profile.baseBytes + foot.bytes;
    this.bytes = this.baseBytes;
    this.elements = profile.baseElements + foot.elements;
  }

  get isEmpty(): boolean {
    return this.root.entries.length === 0;
  }

  /** An id that no other block of the card has, or had. */
  newId(kind: string): string {
    const count = (this.#counts[kind] ?? 0) + 1;
    this.#counts[kind] = count;
    return `${kind}-${count}`;
  }

  /** Whether there is room for a block in place of another one. */
  hasRoom({ bytes, elements }: BlockSize, instead: BlockSize = NO_SIZE): boolean {
    const { maxBytes, maxElements } = this.#profile;
    return (
      this.bytes + bytes - instead.bytes <= maxBytes - CLOSING_BYTES &&
      this.elements + elements - instead.elements <= maxElements
    );
  }

  /** Room that is left, text and closing included. */
  get room(): BlockSize {
    const { maxBytes, maxElements } = this.#profile;
    return { bytes: maxBytes - this.bytes, elements: maxElements - this.elements };
  }

  take({ bytes, elements }: BlockSize): void {
    this.bytes += bytes;
    this.elements += elements;
  }

  giveBack({ bytes, elements }: BlockSize): void {
    this.bytes -= bytes;
    this.elements -= elements;
  }
}

/** Kept free on every page for what closes an open block at its end. */
export const CLOSING_BYTES = 64;
