import type { BlockSize, DriverProfile } from "../contract/card-driver.ts";
import { Page } from "./page.ts";

/** Pages of a run, in order. */
export class PageList {
  readonly #profile: DriverProfile;
  readonly #foot: BlockSize;
  readonly #pages: Page[] = [];

  constructor({ profile, foot }: { readonly profile: DriverProfile; readonly foot: BlockSize }) {
    this.#profile = profile;
    this.#foot = foot;
    this.add();
  }

  get count(): number {
    return this.#pages.length;
  }

  /** Page that text goes to: the newest one. */
  get current(): Page {
    return this.#pages.at(-1) as Page;
  }

  /** Characters on all pages. */
  get length(): number {
    return this.#pages.reduce((sum, { textAmount }) => sum + textAmount.length, 0);
  }

  /** Bytes that the texts take on all pages. */
  get textBytes(): number {
    return this.#pages.reduce((sum, { textAmount }) => sum + textAmount.bytes, 0);
  }

  at(pageIndex: number): Page | undefined {
    return this.#pages[pageIndex];
  }

  add(): void {
    this.#pages.push(new Page(this.#profile, this.#foot));
  }

  /** Returns the run's text on a page behind the text that its blocks show, whose lengths are given by id. */
  textAfter(pageIndex: number, shown: ReadonlyMap<string, number>): string {
    const slices = (this.at(pageIndex)?.slices ?? []).filter(({ owner }) => owner.type === "text");
    return slices.map((slice) => slice.textAfter(shown.get(slice.id) ?? 0)).join("");
  }

  /** Lets go of the text of a page that was left. */
  forget(pageIndex: number): void {
    const page = this.at(pageIndex);
    if (page === undefined || page === this.current) return;
    page.slices = [];
    page.root.entries = [];
  }
}
