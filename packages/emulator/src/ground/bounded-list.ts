/** A list that keeps its newest `max` items. */
export class BoundedList<Item> {
  readonly #max: number;
  #items: Item[] = [];

  constructor(max: number) {
    this.#max = max;
  }

  add(item: Item): void {
    this.#items.push(item);
    // Old items go in blocks, because removing one at a time would move the whole array each time.
    if (this.#items.length >= 2 * this.#max) this.#items = this.newest();
  }

  /** Copies the list: its newest `max` items, oldest first. */
  newest(): Item[] {
    return this.#items.slice(Math.max(0, this.#items.length - this.#max));
  }

  clear(): void {
    this.#items = [];
  }
}
