import { isEmptyText, type TextBlock } from "../contract/card-block.ts";
import type { BlockSize, CardWrite } from "../contract/card-driver.ts";
import type { Page } from "./page.ts";

/** Number of ready texts on a page. Each saves one write, and takes some space below the text. */
const MAX_READY = 3;

/** Largest share of the room that is left on a page which one ready text may take. */
const ROOM_SHARE = 1 / 24;

/**
 * Texts without a character at the end of the newest page: the next slice is typed into one of them at once, instead
 * of costing a write that adds its element.
 */
export class ReadyTexts {
  readonly #isWanted: boolean;
  #ids: readonly string[] = [];
  /** Answer of the platform to elements without a character. After a refusal none are added any more. */
  #support: "untried" | "accepted" | "refused" = "untried";

  /** @param isWanted False where text is not streamed by prefix, or a layout would have to deal with empty texts. */
  constructor(isWanted: boolean) {
    this.#isWanted = isWanted;
  }

  /** The card may hold texts without a character. */
  get areAllowed(): boolean {
    return this.#isWanted && this.#support !== "refused";
  }

  /** Blocks of the ready texts; none where they are not allowed. */
  get blocks(): TextBlock[] {
    return this.areAllowed ? this.#ids.map((id) => ({ type: "text", id, text: "", isOpen: true })) : [];
  }

  /** Takes the first ready text for a slice. @returns its id; `undefined` where none stands ready. */
  take(): string | undefined {
    const [id, ...others] = this.#ids;
    this.#ids = others;
    return id;
  }

  /** Adds texts to a page while one takes little of the room that is left. */
  refill(page: Page, size: BlockSize): void {
    if (!this.areAllowed) return;
    while (
      this.#ids.length < MAX_READY &&
      size.bytes <= page.room.free.bytes * ROOM_SHARE &&
      size.elements <= page.room.free.elements * ROOM_SHARE
    ) {
      this.#ids = [...this.#ids, page.newId("text")];
      page.room.take(size);
    }
  }

  /** Forgets the ready texts, because the page is left. */
  leave(): void {
    this.#ids = [];
  }

  /** Notes that the platform acknowledged a write. */
  noteWritten(write: CardWrite): void {
    if (this.#support === "untried" && hasEmptyText(write)) this.#support = "accepted";
  }

  /** Notes that the platform refused a write for good: empty texts may be the reason, until some were accepted. */
  noteRefused(write: CardWrite): void {
    if (this.#support === "untried" && write.type === "structure" && hasEmptyText(write)) {
      this.#support = "refused";
    }
  }
}

function hasEmptyText(write: CardWrite): boolean {
  if (write.type === "structure") {
    return write.changes.some((change) => change.type === "insert" && isEmptyText(change.block));
  }
  return write.type === "replace" && write.blocks.some(isEmptyText);
}
