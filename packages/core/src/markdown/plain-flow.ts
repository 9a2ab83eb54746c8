import type { Bridge, MarkdownFlow, MarkdownSink } from "./markdown-flow.ts";

/** What a text goes through on its way to where it can be shown. */
export type TextReader = Pick<
  MarkdownFlow,
  "isHolding" | "isAwaiting" | "push" | "release" | "end" | "noteTurn" | "bridge"
>;

/** Text for a reader who gets it as it is: nothing of it is undecided, and nothing has to be closed. */
export class PlainFlow implements TextReader {
  readonly isAwaiting = false;
  readonly #sink: MarkdownSink;
  /** Half of a surrogate pair, whose other half may be in the next delta. */
  #half = "";

  constructor(sink: MarkdownSink) {
    this.#sink = sink;
  }

  get isHolding(): boolean {
    return this.#half !== "";
  }

  push(text: string): void {
    const whole = this.#half + text;
    const last = whole.charCodeAt(whole.length - 1);
    const length = last >= 0xd800 && last <= 0xdbff ? whole.length - 1 : whole.length;
    this.#half = whole.slice(length);
    this.#show(whole.slice(0, length));
  }

  /** Half of a character is worth nothing to a reader. */
  release(): void {}

  end(): void {
    this.#show(this.#half);
    this.#half = "";
  }

  noteTurn(): void {}

  bridge(): Bridge {
    return { close: "", reopen: "", reopenShort: "" };
  }

  #show(text: string): void {
    if (text !== "") this.#sink.write(text.toWellFormed());
  }
}
