import type { DriverProfile } from "./card-driver.ts";
import type { TextRun } from "./card-state.ts";
import type { TextBlock } from "./card-view.ts";
import type { ImageTargets } from "./markdown/image-target.ts";
import { Page, Slice } from "./page.ts";
import { TextFlow } from "./text-flow.ts";

const SLICE_BYTES = 300;

/**
 * Puts the text of a run on pages, cut into slices.
 *
 * Where the text was cut is remembered and never moves: slices only grow, the last one of each text alone,
 * and a page is left for good. A slice and a page turn are cuts of the same kind, of different size.
 */
export class Paginator {
  /** Size at whose first safe place a slice closes. */
  sliceBytes = SLICE_BYTES;
  readonly #profile: DriverProfile;
  readonly #images: ImageTargets | undefined;
  readonly #flows = new Map<TextRun, TextFlow>();
  readonly #pages: Page[];

  constructor(profile: DriverProfile, images?: ImageTargets) {
    this.#profile = profile;
    this.#images = images;
    this.#pages = [new Page(profile)];
  }

  get pageCount(): number {
    return this.#pages.length;
  }

  /** Text is held back because it is undecided. */
  get isHolding(): boolean {
    return [...this.#flows.values()].some(({ isHolding }) => isHolding);
  }

  /** Text waits for an image that is being made. */
  get isAwaiting(): boolean {
    return [...this.#flows.values()].some(({ isAwaiting }) => isAwaiting);
  }

  /** Characters on all pages: tells whether anything was added. */
  get shownLength(): number {
    return this.#pages.reduce((sum, page) => sum + page.length, 0);
  }

  /** What the texts take on all pages. */
  get textBytes(): number {
    return this.#pages.reduce((sum, { bytes }) => sum + bytes - this.#profile.baseBytes, 0);
  }

  /** Takes in what was added to the texts since the last time. */
  update(texts: readonly TextRun[], isReleasing = false): void {
    for (const text of texts) {
      const flow = this.#flowOf(text);
      flow.read(isReleasing);
      // Blocks that share one text have to wait for their turn, and all of them where one waits for an image:
      // what came behind it could turn the page.
      const isOneByOne = this.#profile.structure === "slots" || text.isEnded;
      if (isOneByOne && !flow.isDone) return;
    }
  }

  /** The text blocks of a page as they are now. */
  page(index: number): TextBlock[] {
    const page = this.#pages[index];
    if (page === undefined) return [];
    return page.slices.map((slice) => {
      const flow = this.#openFlow(slice);
      const close = this.#profile.tail === "close" ? this.#closing(slice) : "";
      return {
        type: "text",
        id: slice.id,
        text: slice.text,
        ...(flow !== undefined && { isOpen: true }),
        ...(close !== "" && { close }),
      };
    });
  }

  /** The part of the run's text that stands on a page behind what is shown of its blocks, by their lengths. */
  sourceAfter(index: number, shown: ReadonlyMap<string, number>): string {
    const slices = this.#pages[index]?.slices ?? [];
    return slices.map((slice) => slice.sourceAfter(shown.get(slice.id) ?? 0)).join("");
  }

  /** Lets go of the text of a page that will not be written again. */
  forget(index: number): void {
    const page = this.#pages[index];
    if (page !== undefined && page !== this.#current) page.slices.length = 0;
  }

  get #current(): Page {
    return this.#pages.at(-1) as Page;
  }

  #flowOf(text: TextRun): TextFlow {
    const known = this.#flows.get(text);
    if (known !== undefined) return known;
    const paginator = this;
    const pages = {
      get sliceBytes() {
        return paginator.sliceBytes;
      },
      page: () => this.#current,
      turn: () => this.#turn(),
      openSlice: () => this.#openSlice(text),
    };
    const flow = new TextFlow(text, this.#profile, pages, this.#images);
    this.#flows.set(text, flow);
    return flow;
  }

  #openSlice(text: TextRun): { slice: Slice; separator: string } {
    const profile = this.#profile;
    const shared = profile.structure === "slots" ? this.#current.slices[0] : undefined;
    if (shared !== undefined) return { slice: shared, separator: `${this.#closing(shared)}\n\n` };
    if (this.#current.elements + profile.textBlockElements > profile.maxElements) this.#turn();
    const page = this.#current;
    const slice = new Slice(`text-${page.slices.length + 1}`, page, text);
    // Texts that are written in turns keep their own order: a slice stands behind the one that it continues.
    const previous = page.slices.findLastIndex((other) => other.owner === text);
    page.slices.splice(previous < 0 ? page.slices.length : previous + 1, 0, slice);
    page.bytes += profile.textBlockBytes;
    page.elements += profile.textBlockElements;
    return { slice, separator: "" };
  }

  #turn(): void {
    const left = this.#current;
    for (const flow of this.#flows.values()) flow.leave(left);
    this.#pages.push(new Page(this.#profile));
  }

  /** The text that still flows into a slice. */
  #openFlow(slice: Slice): TextFlow | undefined {
    return [...this.#flows.values()].find((flow) => flow.slice === slice && !flow.isDone);
  }

  #closing(slice: Slice): string {
    return [...this.#flows.values()].findLast((flow) => flow.slice === slice)?.closing(slice.text) ?? "";
  }
}
