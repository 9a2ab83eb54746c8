/** Position in a line, counted in columns, because a tab takes up to four of them. */
export class LineCursor {
  readonly #line: string;
  /** Offset of the position, in UTF-16 units. */
  at = 0;
  #column = 0;
  /** Columns that are left of a tab which a container took in part. */
  #spare = 0;
  /** Indentation of the whole line, in columns. */
  readonly lineIndent: number;

  constructor(line: string) {
    this.#line = line.replaceAll("\r", " ");
    this.lineIndent = this.indent;
  }

  /** Indentation after the position, in columns. */
  get indent(): number {
    let column = this.#column;
    for (let at = this.at; at < this.#line.length; at += 1) {
      if (this.#line[at] === " ") column += 1;
      else if (this.#line[at] === "\t") column += 4 - (column % 4);
      else break;
    }
    return this.#spare + column - this.#column;
  }

  /** Nothing but spaces and tabs follow. */
  get isBlank(): boolean {
    return this.rest === "";
  }

  /** Text after the indentation. */
  get rest(): string {
    return this.#line.slice(this.at).replace(/^[ \t]+/, "");
  }

  /** Moves on by some columns. */
  takeColumns(count: number): void {
    let left = count - this.#spare;
    this.#spare = left < 0 ? -left : 0;
    while (left > 0 && this.at < this.#line.length) {
      const width = this.#line[this.at] === "\t" ? 4 - (this.#column % 4) : 1;
      this.at += 1;
      this.#column += width;
      if (width > left) this.#spare = width - left;
      left -= width;
    }
  }

  /** Moves on past a quote mark and the space after it. */
  takeQuoteMark(): void {
    this.takeColumns(this.indent + 1);
    const next = this.#line[this.at];
    if (next === " " || next === "\t") this.takeColumns(1);
  }

  /** Moves on past a list marker and the spaces after it. Returns the item's width in columns, and its marker. */
  takeListMarker(text: string): { width: number; marker: string } {
    const indent = this.indent;
    this.takeColumns(indent + text.length);
    const spaces = this.isBlank || this.indent > 4 ? 1 : this.indent;
    this.takeColumns(Math.min(spaces, this.indent));
    return { width: indent + text.length + spaces, marker: text.slice(-1) };
  }
}
