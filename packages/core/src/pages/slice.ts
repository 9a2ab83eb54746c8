import { copyText } from "../retention/copy-text.ts";
import type { TextPart } from "../run/run-part.ts";

/** Piece of a text in an element of its own. */
export class Slice {
  readonly id: string;
  /** Text that the slice shows a part of; on a card with slots, the first one. */
  readonly owner: TextPart;
  readonly order: number;
  text = "";
  bytes = 0;
  /** Index in the owner's text at which the slice begins. */
  #from: number | undefined;
  /** Sources after the first one, in order of their places in the slice. Few slices have any. */
  #jumps: Source[] | undefined;

  constructor(id: string, owner: TextPart) {
    this.id = id;
    this.owner = owner;
    this.order = owner.order;
  }

  /** Adds text that stands for a range of the run's text; a range of length 0 where it stands for none. */
  append(display: string, { text, from, length }: SourceRange): void {
    this.#from ??= from;
    const last = this.#jumps?.at(-1) ?? { at: 0, owner: this.owner, from: this.#from };
    const goesOn = last.owner === text && last.from + this.text.length - last.at === from;
    if (!goesOn) this.#jump(text, from);
    this.text = this.text === "" ? copyText(display) : this.text + display;
    if (display.length !== length) this.#jump(text, from + length);
  }

  #jump(owner: TextPart, from: number): void {
    this.#jumps ??= [];
    this.#jumps.push({ at: this.text.length, owner, from });
  }

  /** Index in the run's text at which the slice begins, if the slice is a verbatim part of it. */
  get verbatimFrom(): number | undefined {
    return this.#jumps === undefined ? this.#from : undefined;
  }

  /** Returns the part of the run's text that stands behind the first `shown` characters. */
  textAfter(shown: number): string {
    const sources = [{ at: 0, owner: this.owner, from: this.#from ?? 0 }, ...(this.#jumps ?? [])];
    let source = "";
    for (const [index, { at, owner, from }] of sources.entries()) {
      const next = sources[index + 1];
      const end = next?.at ?? this.text.length;
      if (end <= shown && next !== undefined) continue;
      const to = next?.owner === owner ? next.from : from + end - at;
      source += owner.log.slice(Math.min(from + Math.max(shown - at, 0), to), to);
    }
    return source;
  }
}

/** Source of the text of a slice from a place on, as far as the next source. */
interface Source {
  /** Place in the slice. */
  readonly at: number;
  readonly owner: TextPart;
  /** Index in the owner's text. */
  readonly from: number;
}

/** Range of a text of the run. */
export interface SourceRange {
  readonly text: TextPart;
  readonly from: number;
  readonly length: number;
}
