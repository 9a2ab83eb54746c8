import type { CardBlock } from "../contract/card-block.ts";
import { type BlockSize, type DriverProfile, NO_SIZE } from "../contract/card-driver.ts";
import { copyText } from "../retention/copy-text.ts";
import type { TextPart } from "../run/run-part.ts";

/** A run of text in an element of its own. */
export class Slice {
  readonly id: string;
  readonly page: Page;
  /** The text that it shows a part of; in a card with slots, the first one. */
  readonly owner: TextPart;
  readonly order: number;
  text = "";
  bytes = 0;
  /** Where it begins in the text of its owner. */
  #from: number | undefined;
  /** From each of these places on, as far as the next, the text of the run stands there as it is; few slices have any. */
  #jumps: Source[] | undefined;

  constructor(id: string, page: Page, owner: TextPart) {
    this.id = id;
    this.page = page;
    this.owner = owner;
    this.order = owner.order;
  }

  /** Adds text that stands for a part of the run's text, or for none of it. */
  append(display: string, { text, from, length }: SourceRange): void {
    this.#from ??= from;
    const last = this.#jumps?.at(-1) ?? { at: 0, owner: this.owner, from: this.#from };
    const goesOn = last.owner === text && last.from + this.text.length - last.at === from;
    if (!goesOn) this.#jump(text, from);
    this.text = this.text === "" ? copyText(display) : this.text + display;
    if (display.length !== length) this.#jump(text, from + length);
  }

  #jump(owner: TextPart, from: number): void {
    this.#jumps ??= [];
    this.#jumps.push({ at: this.text.length, owner, from });
  }

  /** Where the text begins in the run's, if it is a part of it as it is. */
  get verbatimFrom(): number | undefined {
    return this.#jumps === undefined ? this.#from : undefined;
  }

  /** The part of the run's text that stands behind the first `shown` characters. */
  sourceAfter(shown: number): string {
    const sources = [{ at: 0, owner: this.owner, from: this.#from ?? 0 }, ...(this.#jumps ?? [])];
    let source = "";
    for (const [index, { at, owner, from }] of sources.entries()) {
      const next = sources[index + 1];
      const end = next?.at ?? this.text.length;
      if (end <= shown && next !== undefined) continue;
      const to = next?.owner === owner ? next.from : from + end - at;
      source += owner.log.slice(Math.min(from + Math.max(shown - at, 0), to), to);
    }
    return source;
  }
}

interface Source {
  readonly at: number;
  readonly owner: TextPart;
  readonly from: number;
}

/** A part of a text of the run. */
export interface SourceRange {
  readonly text: TextPart;
  readonly from: number;
  readonly length: number;
}

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
  slices: readonly Slice[] = [];
  /** Ids of texts that stand empty at its end, ready for what comes next. */
  spares: readonly string[] = [];
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

  /** @returns the id of a text that stands ready. */
  takeSpare(): string | undefined {
    const [spare, ...others] = this.spares;
    this.spares = others;
    return spare;
  }

  /** Keeps some texts ready, while that takes little of the room that is left. */
  addSpares(size: BlockSize): void {
    const { maxBytes, maxElements } = this.#profile;
    while (
      this.spares.length < MOST_SPARES &&
      size.bytes <= (maxBytes - this.bytes) * SPARE_SHARE &&
      size.elements <= (maxElements - this.elements) * SPARE_SHARE
    ) {
      this.spares = this.spares.concat(this.newId("text"));
      this.take(size);
    }
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

/** Texts that stand ready: each of them saves a write, and takes some space below the text. */
const MOST_SPARES = 3;

/** Of the room that is left, one of them takes this at most. */
const SPARE_SHARE = 1 / 24;

/** Kept free on every page for what closes an open block at its end. */
export const CLOSING_BYTES = 64;
