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

  constructor(id: string, page: Page, owner: TextRun) {
    this.id = id;
    this.page = page;
    this.owner = owner;
  }
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
