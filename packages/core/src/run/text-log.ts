import { copyText } from "../retention/copy-text.ts";

/** Length at which the open piece is closed, in UTF-16 units, so that reading the end never touches the beginning. */
const PIECE_CHARS = 4096;

/** Text that only grows. Appending costs the length of the new text, and reading the end the length that is read. */
export class TextLog {
  readonly #pieces: string[] = [];
  #open = "";
  #openOffset = 0;

  /** Length in UTF-16 units. */
  get length(): number {
    return this.#openOffset + this.#open.length;
  }

  /** Adds text to the end. */
  append(text: string): void {
    this.#open += text;
    if (this.#open.length < PIECE_CHARS) return;
    this.#pieces.push(this.#open);
    this.#openOffset += this.#open.length;
    this.#open = "";
  }

  /**
   * Replaces a part of the text by an equal string that is kept elsewhere, too, so that it is in memory once. Does
   * nothing where the two differ.
   */
  share(part: string, from: number): void {
    const at = from - this.#openOffset;
    if (at < 0 || part === "" || !this.#open.startsWith(part, at)) return;
    if (at > 0) this.#pieces.push(copyText(this.#open.slice(0, at)));
    this.#pieces.push(part);
    this.#open = copyText(this.#open.slice(at + part.length));
    this.#openOffset = from + part.length;
  }

  /** Returns the beginning of the text. */
  head(length: number): string {
    return this.slice(0, length);
  }

  /** Returns the text from an offset to the end. */
  from(offset: number): string {
    return offset >= this.#openOffset
      ? this.#open.slice(offset - this.#openOffset)
      : this.slice(offset, this.length);
  }

  /** Returns the text between two offsets. */
  slice(from: number, to: number): string {
    let text = "";
    let end = 0;
    for (const piece of [...this.#pieces, this.#open]) {
      const start = end;
      end += piece.length;
      if (start >= to) break;
      if (end > from) text += piece.slice(Math.max(from - start, 0), to - start);
    }
    return text;
  }

  /** Returns the whole text. */
  toString(): string {
    return this.#pieces.join("") + this.#open;
  }
}
