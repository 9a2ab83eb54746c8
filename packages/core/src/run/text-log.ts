import { copyText } from "../retention/copy-text.ts";

/** Characters after which the open piece is put aside, so that reading the end never touches the beginning. */
const PIECE_LENGTH = 4096;

/**
 * Text that only grows: appending costs the length of what is appended, and reading its end the length of what is
 * read.
 */
export class TextLog {
  readonly #pieces: string[] = [];
  #open = "";
  #openOffset = 0;

  get length(): number {
    return this.#openOffset + this.#open.length;
  }

  append(text: string): void {
    this.#open += text;
    if (this.#open.length < PIECE_LENGTH) return;
    this.#pieces.push(this.#open);
    this.#openOffset += this.#open.length;
    this.#open = "";
  }

  /** Keeps a part of the text as the very string that somebody else keeps, too: then it is in memory once. */
  share(part: string, from: number): void {
    const at = from - this.#openOffset;
    if (at < 0 || part === "" || !this.#open.startsWith(part, at)) return;
    if (at > 0) this.#pieces.push(copyText(this.#open.slice(0, at)));
    this.#pieces.push(part);
    this.#open = copyText(this.#open.slice(at + part.length));
    this.#openOffset = from + part.length;
  }

  /** The same for the end of the text as long as that grows. */
  shareEnd(part: string, from: number): void {
    if (from === this.#openOffset && part === this.#open) this.#open = part;
  }

  /** The first characters of the text. */
  head(length: number): string {
    return this.slice(0, length);
  }

  /** The text from an offset to the end. */
  from(offset: number): string {
    return offset >= this.#openOffset
      ? this.#open.slice(offset - this.#openOffset)
      : this.slice(offset, this.length);
  }

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

  toString(): string {
    return this.#pieces.join("") + this.#open;
  }
}
