import type { DriverProfile } from "../contract/card-driver.ts";
import type { ImageTargets } from "../markdown/image-target.ts";
import { MarkdownFlow } from "../markdown/markdown-flow.ts";
import { PlainFlow, type TextReader } from "../markdown/plain-flow.ts";
import type { TextPart } from "../run/run-part.ts";
import type { LanePlace } from "../view/lane-view.ts";
import type { Page } from "./page.ts";
import type { Slice } from "./slice.ts";
import { type PageTurner, SliceWriter } from "./slice-writer.ts";

export interface TextFlowParts {
  readonly text: TextPart;
  readonly lane: LanePlace;
  readonly profile: DriverProfile;
  readonly pages: PageTurner;
  readonly images?: ImageTargets | undefined;
}

/** Way of one text from the run onto the pages: read as Markdown or as plain text, and written into slices. */
export class TextFlow {
  readonly #text: TextPart;
  readonly #reader: TextReader;
  readonly #writer: SliceWriter;
  /** Length of the text that was read. */
  #readLength = 0;
  #isDone = false;

  constructor({ images, ...parts }: TextFlowParts) {
    const { text, profile } = parts;
    const { dialect } = profile;
    this.#text = text;
    this.#writer = new SliceWriter({ ...parts, bridge: () => this.#reader.bridge() });
    this.#reader =
      dialect === undefined ? new PlainFlow(this.#writer) : new MarkdownFlow(dialect, this.#writer, images);
  }

  /** The text is complete, and all of it stands on pages. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Slice that the text flows into now. */
  get slice(): Slice | undefined {
    return this.#writer.slice;
  }

  /** Text is held back because its Markdown is undecided. */
  get isHolding(): boolean {
    return this.#reader.isHolding;
  }

  /** Returns the text that closes the block which is open at the end of a text. */
  closing(text: string): string {
    return this.#writer.closing(text);
  }

  /** Reads the text that the run has added. @param isReleasing Text that is undecided is shown as it stands. */
  read(isReleasing: boolean): void {
    if (this.#isDone) return;
    const { log, isEnded } = this.#text;
    const reader = this.#reader;
    this.#writer.noteRead();
    if (log.length > this.#readLength || reader.isAwaiting) {
      reader.push(log.from(this.#readLength));
      this.#readLength = log.length;
    }
    if (isEnded) {
      reader.end();
      this.#isDone = !reader.isAwaiting;
    } else if (isReleasing) reader.release();
  }

  /** Leaves a page, to go on on the next one. */
  leave(page: Page): void {
    if (!this.#writer.isOn(page)) return;
    this.#writer.leave(this.#isDone);
    if (!this.#isDone) this.#reader.noteTurn();
  }
}
