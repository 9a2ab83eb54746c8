import type { CardBlock } from "../contract/card-block.ts";
import { type BlockSize, NO_SIZE } from "../contract/card-driver.ts";
import { InvalidOptionError } from "../errors.ts";
import type { Layout, LayoutInfo } from "../view/block-options.ts";

export interface KeptLayoutParts {
  readonly layout: Layout;
  readonly measure: (block: CardBlock) => BlockSize;
  /** Called with the first error of the layout. */
  readonly onMisuse: (error: unknown) => void;
}

/** Layout of the blocks of one card, followed as far as the card allows once blocks were shown. */
export class KeptLayout {
  readonly #parts: KeptLayoutParts;
  /** Ids of the blocks on the card itself, in the order in which they were shown. */
  #order: readonly string[] = [];
  /** Room taken for the blocks that the layout added, by id. */
  readonly #added = new Map<string, BlockSize>();
  #hasMisused = false;

  constructor(parts: KeptLayoutParts) {
    this.#parts = parts;
  }

  /**
   * Puts the blocks into the order of the layout, with the blocks that it adds.
   *
   * @param take Takes room for a block that the layout adds, in place of the room that was taken for it before.
   * @returns the blocks as the layout wants them. Where it cannot be followed, the given blocks: those that were shown
   * in their order, each other one behind all given blocks before it.
   */
  apply(blocks: readonly CardBlock[], info: LayoutInfo, take: TakeRoom): readonly CardBlock[] {
    const top = blocks.filter(({ within }) => within === undefined);
    try {
      const wanted = this.#parts.layout(top, info);
      this.#check(wanted, blocks);
      return this.#inOrder(this.#fitting(wanted, top, take), blocks);
    } catch (error) {
      this.#reportOnce(error);
      return this.#inOrder(this.#asTheyStood(top), blocks);
    }
  }

  #inOrder(top: readonly CardBlock[], blocks: readonly CardBlock[]): readonly CardBlock[] {
    this.#order = top.map(({ id }) => id);
    return top.flatMap((block) => [block, ...inside(blocks, block.id)]);
  }

  /** Keeps shown blocks in their places, because in another order new text would come to stand above older text. */
  #asTheyStood(given: readonly CardBlock[]): readonly CardBlock[] {
    const stood = this.#order.flatMap((id) => given.find((block) => block.id === id) ?? []);
    for (const [index, block] of given.entries()) {
      if (stood.includes(block)) continue;
      const before = given.slice(0, index);
      stood.splice(stood.findLastIndex((other) => before.includes(other)) + 1, 0, block);
    }
    return stood;
  }

  /** @throws {InvalidOptionError} */
  #check(wanted: unknown, blocks: readonly CardBlock[]): asserts wanted is readonly CardBlock[] {
    if (!Array.isArray(wanted) || !wanted.every(isBlock)) {
      throw new InvalidOptionError(
        "layout must return a list of blocks, each with a type and an id of its own.",
      );
    }
    const ids = wanted.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined)
      throw new InvalidOptionError(`layout returned two blocks with the id "${twice}".`);
    const texts = blocks.filter((block) => holdsAnswer(block, blocks)).map(({ id }) => id);
    const kept = wanted.filter(({ id }) => texts.includes(id));
    if (
      kept.length !== texts.length ||
      kept.some((block, index) => block !== blocks.find(({ id }) => id === texts[index]))
    ) {
      throw new InvalidOptionError("layout must keep every text of the answer as it is, and in its order.");
    }
    const before = this.#order.filter((id) => ids.includes(id));
    const after = ids.filter((id) => before.includes(id));
    const moved = after.find((id, index) => id !== before[index]);
    if (moved !== undefined) {
      throw new InvalidOptionError(`layout moved the block "${moved}", which was shown already.`);
    }
    for (const { id } of wanted.filter(({ type }) => type === "element")) {
      if (!/^[A-Za-z]\w{0,15}$/.test(id)) {
        throw new InvalidOptionError(
          `The id of an element must be 1 to 16 letters, digits and underscores and begin with a letter, received ${JSON.stringify(id)}.`,
        );
      }
    }
  }

  /** Leaves out blocks that the layout adds and the card has no room for. */
  #fitting(wanted: readonly CardBlock[], given: readonly CardBlock[], take: TakeRoom): readonly CardBlock[] {
    return wanted.filter((block) => {
      if (given.includes(block)) return true;
      const size = this.#parts.measure(block);
      const known = this.#added.get(block.id) ?? NO_SIZE;
      // A block on the card stays there, although text may have taken all the room since.
      if (isSameSize(size, known)) return true;
      if (!take(size, known)) {
        this.#reportOnce(
          new InvalidOptionError(`The card has no room for the block "${block.id}" of its layout.`),
        );
        return false;
      }
      this.#added.set(block.id, size);
      return true;
    });
  }

  #reportOnce(error: unknown): void {
    if (this.#hasMisused) return;
    this.#hasMisused = true;
    this.#parts.onMisuse(error);
  }
}

/** Takes room in place of another size. @returns false where there is none. */
type TakeRoom = (size: BlockSize, instead: BlockSize) => boolean;

function isSameSize(one: BlockSize, other: BlockSize): boolean {
  return one.bytes === other.bytes && one.elements === other.elements;
}

function isBlock(value: unknown): value is CardBlock {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "type" in value &&
    typeof value.type === "string"
  );
}

/** Tells if a block stands on the card itself and is a text of the answer, or holds one at whatever depth. */
function holdsAnswer(block: CardBlock, blocks: readonly CardBlock[]): boolean {
  if (block.within !== undefined) return false;
  return [block, ...inside(blocks, block.id)].some((one) => one.type === "text" && one.isReasoning !== true);
}

/** Returns the blocks inside a block, at whatever depth. */
function inside(blocks: readonly CardBlock[], id: string): CardBlock[] {
  return blocks.flatMap((block) => (block.within === id ? [block, ...inside(blocks, block.id)] : []));
}
