import type { BlockSize, DriverProfile } from "../contract/card-driver.ts";
import { Holder } from "./holder.ts";
import { PageRoom } from "./page-room.ts";
import type { Slice } from "./slice.ts";

/** Content of one card: its blocks and slices, and the room that they take. */
export class Page {
  readonly room: PageRoom;
  /** Holder of everything that stands on the card itself. */
  readonly root = new Holder();
  /** Slices of all texts, in order of their making. */
  slices: Slice[] = [];
  /** Amount of text that was put here; it does not shrink when the slices are let go of. */
  readonly textAmount = { bytes: 0, length: 0 };
  /** Text of the run stands here, not only text that opens a block again. */
  hasText = false;
  /** Only space that ends a paragraph may still come here, because the page is nearly full and a sentence has ended. */
  takesOnlySpace = false;
  /** Number of ids that were made, by kind. */
  readonly #counts: Record<string, number> = {};

  /** @param foot Size kept for the blocks at the foot of the page. */
  constructor(profile: DriverProfile, foot: BlockSize) {
    this.room = new PageRoom(profile, foot);
  }

  get isEmpty(): boolean {
    return this.root.entries.length === 0;
  }

  /** Makes an id that no other block of the card has or had. */
  newId(kind: string): string {
    const count = (this.#counts[kind] ?? 0) + 1;
    this.#counts[kind] = count;
    return `${kind}-${count}`;
  }

  /** Counts text that was added to a slice. */
  noteText(text: string, bytes: number): void {
    this.room.take({ bytes, elements: 0 });
    this.textAmount.bytes += bytes;
    this.textAmount.length += text.length;
  }
}
