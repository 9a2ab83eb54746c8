/** Characters after which the open piece is put aside, so that reading the end never touches the beginning. */
const PIECE_LENGTH = 4096;

/**
 * Text that only grows: appending costs the length of what is appended, and reading from an offset the
 * length of what is read.
 */
export class TextLog {
  readonly #pieces: string[] = [];
  /** Offset of each piece, for finding the one that holds an offset. */
  readonly #offsets: number[] = [];
  #open = "";
  #openOffset = 0;

  get length(): number {
    return this.#openOffset + this.#open.length;
  }

  append(text: string): void {
    this.#open += text;
    if (this.#open.length < PIECE_LENGTH) return;
    this.#pieces.push(this.#open);
    this.#offsets.push(this.#openOffset);
    this.#openOffset += this.#open.length;
    this.#open = "";
  }

  /** The first characters of the text. */
  head(length: number): string {
    return (this.#pieces[0] ?? this.#open).slice(0, length);
  }

  /** The text from an offset to the end. */
  from(offset: number): string {
    if (offset >= this.#openOffset) return this.#open.slice(offset - this.#openOffset);
    let first = this.#offsets.length - 1;
    while (first > 0 && (this.#offsets[first] ?? 0) > offset) first -= 1;
    const [head = "", ...rest] = this.#pieces.slice(first);
    return head.slice(offset - (this.#offsets[first] ?? 0)) + rest.join("") + this.#open;
  }

  slice(from: number, to: number): string {
    return this.from(from).slice(0, Math.max(0, to - from));
  }

  toString(): string {
    return this.from(0);
  }
}
