import { v4 as uuidv4 } from "uuid";
import { limits } from "../api/limits.ts";

/** Random characters in the id of an operation: enough for the few writers of one card. */
const WRITER_ID_LENGTH = 8;

/** Largest number of refusals of the sequence in a row; after more, raising it is given up. */
const MAX_JUMPS = 8;

/**
 * The sequence of one card entity, which has to increase over all of its operations.
 *
 * @see https://open.feishu.cn/document/cardkit-v1/feishu-card-resource-overview
 */
export class CardSequence {
  /** Beginning of the ids of operations, so that no other writer of this card has the same ids. */
  readonly #writerId = uuidv4().slice(-WRITER_ID_LENGTH);
  #last: number;
  #jumps = 0;

  /** @param last The last number that another writer has used. */
  constructor(last: number) {
    this.#last = last;
  }

  /** Takes the number of the next operation, with the id of the operation. */
  next(): { readonly sequence: number; readonly uuid: string } {
    this.#last += 1;
    return this.#numbered(this.#last);
  }

  /** Notes that the platform took a number. */
  accepted(): void {
    this.#jumps = 0;
  }

  /**
   * Raises the sequence after the platform refused a number, because another writer has used a larger one. The time in
   * seconds is above any counter; where it is not enough, half of the numbers that are left are skipped.
   *
   * @param now Milliseconds since the epoch.
   * @returns true where another attempt may succeed.
   */
  jumpAhead(now: number): boolean {
    this.#jumps += 1;
    const seconds = Math.floor(now / 1000);
    const isFirst = this.#jumps === 1 && this.#last < seconds;
    const next = isFirst ? seconds : this.#last + Math.ceil((limits.sequence - this.#last) / 2);
    if (next >= limits.sequence || this.#jumps > MAX_JUMPS) return false;
    this.#last = next;
    return true;
  }

  #numbered(sequence: number) {
    return { sequence, uuid: `${this.#writerId}${sequence}` };
  }
}
