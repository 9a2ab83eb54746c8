import { type BlockSize, type DriverProfile, NO_SIZE } from "../contract/card-driver.ts";

/** Bytes kept free on every page for the text that closes an open block at its end. */
export const CLOSING_BYTES = 64;

/** Room of one page: the limits of the platform, and the sizes that count towards them. */
export class PageRoom {
  readonly #profile: DriverProfile;
  /** Bytes of a page without any content: the card's own, and those kept for its foot. */
  readonly #baseBytes: number;
  #bytes: number;
  #elements: number;
  #tables = 0;

  /** @param foot Size kept for the blocks at the foot of the page. */
  constructor(profile: DriverProfile, foot: BlockSize) {
    this.#profile = profile;
    this.#baseBytes = profile.baseBytes + foot.bytes;
    this.#bytes = this.#baseBytes;
    this.#elements = profile.baseElements + foot.elements;
  }

  /** Size that is free, the bytes for closing a block included. */
  get free(): BlockSize {
    const { maxBytes, maxElements } = this.#profile;
    return { bytes: maxBytes - this.#bytes, elements: maxElements - this.#elements };
  }

  /** Another table may stand on the page. */
  get hasTableLeft(): boolean {
    return this.#tables < this.#profile.maxTables;
  }

  /** Tells if a size fits, in place of another one that was taken. */
  has({ bytes, elements }: BlockSize, instead: BlockSize = NO_SIZE): boolean {
    const { free } = this;
    return (
      bytes - instead.bytes <= free.bytes - CLOSING_BYTES && elements - instead.elements <= free.elements
    );
  }

  /** Tells if a share of the page's bytes is taken, not counting its foot and the bytes for closing a block. */
  isTakenTo(share: number): boolean {
    const { maxBytes } = this.#profile;
    return this.#bytes - this.#baseBytes >= (maxBytes - CLOSING_BYTES - this.#baseBytes) * share;
  }

  take({ bytes, elements }: BlockSize): void {
    this.#bytes += bytes;
    this.#elements += elements;
  }

  giveBack({ bytes, elements }: BlockSize): void {
    this.#bytes -= bytes;
    this.#elements -= elements;
  }

  takeTable(): void {
    this.#tables += 1;
  }
}
