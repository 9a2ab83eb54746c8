import type { DriverProfile } from "./card-driver.ts";
import type { TextRun } from "./card-state.ts";

/** A run of text in an element of its own. */
export class Slice {
  readonly id: string;
  readonly page: Page;
  /** The text that it shows a part of; in a card with slots, the first one. */
  readonly owner: TextRun;
  text = "";
  bytes = 0;
  /** From each of these places in `text` on, as far as the next, the run's text stands there as it is. */
  readonly #sources: Source[] = [];

  constructor(id: string, page: Page, owner: TextRun) {
    this.id = id;
    this.page = page;
    this.owner = owner;
  }

  /** Adds text that stands for a part of the run's text, or for none of it. */
  append(display: string, { text, from, length }: SourceRange): void {
    const isVerbatim = display.length === length;
    const last = this.#sources.at(-1);
    const goesOn = last?.owner === text && last.from + this.text.length - last.at === from;
    if (!goesOn) this.#sources.push({ at: this.text.length, owner: text, from });
    this.text += display;
    if (!isVerbatim) this.#sources.push({ at: this.text.length, owner: text, from: from + length });
  }

  /** The part of the run's text that stands behind the first `shown` characters. */
  sourceAfter(shown: number): string {
    let source = "";
    for (const [index, { at, owner, from }] of this.#sources.entries()) {
      const next = this.#sources[index + 1];
      const end = next?.at ?? this.text.length;
      if (end <= shown && next !== undefined) continue;
      const to = next?.owner === owner ? next.from : from + end - at;
      source += owner.log.slice(Math.min(from + Math.max(shown - at, 0), to), to);
    }
    return source;
  }
}

interface Source {
  readonly at: number;
  readonly owner: TextRun;
  readonly from: number;
}

/** A part of a text of the run. */
export interface SourceRange {
  readonly text: TextRun;
  readonly from: number;
  readonly length: number;
}

/** What is on one card, and what room it has taken. */
export class Page {
  readonly slices: Slice[] = [];
  bytes: number;
  elements: number;
  tables = 0;
  length = 0;
  /** Holds text of the run, not only what opens a block again. */
  hasText = false;
  /** Nothing more of substance comes here; only space that ends a paragraph. */
  isSpent = false;

  constructor(profile: DriverProfile) {
    this.bytes = profile.baseBytes;
    this.elements = profile.baseElements;
  }
}
