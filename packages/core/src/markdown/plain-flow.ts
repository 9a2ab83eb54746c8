import type { MarkdownFlow } from "./markdown-flow.ts";
import type { Bridge, MarkdownSink } from "./markdown-sink.ts";

/** Way of a text from the run to the card: by Markdown or as plain text. */
export type TextReader = Pick<
  MarkdownFlow,
  "isHolding" | "isAwaiting" | "push" | "release" | "end" | "noteTurn" | "bridge"
>;

/** Flow of plain text: nothing of it is undecided, and nothing has to be closed. */
export class PlainFlow implements TextReader {
  /** Plain text waits for no image. */
  readonly isAwaiting = false;
  readonly #sink: MarkdownSink;
  /** Half of a surrogate pair, whose other half may be in the next delta. */
  #half = "";

  constructor(sink: MarkdownSink) {
    this.#sink = sink;
  }

  /** Half of a character waits for its other half. */
  get isHolding(): boolean {
    return this.#half !== "";
  }

  /** Shows text, apart from half of a surrogate pair at its end. */
  push(text: string): void {
    const whole = this.#half + text;
    const last = whole.charCodeAt(whole.length - 1);
    const length = last >= 0xd800 && last <= 0xdbff ? whole.length - 1 : whole.length;
    this.#half = whole.slice(length);
    this.#show(whole.slice(0, length));
  }

  /** Does nothing, because half of a character is of no use to a reader. */
  release(): void {}

  /** Shows the rest. */
  end(): void {
    this.#show(this.#half);
    this.#half = "";
  }

  /** Does nothing, because plain text has no blocks. */
  noteTurn(): void {}

  /** Makes an empty bridge, because plain text has no blocks. */
  bridge(): Bridge {
    return { close: "", reopen: "", reopenShort: "" };
  }

  #show(text: string): void {
    if (text !== "") this.#sink.write(text.toWellFormed());
  }
}
