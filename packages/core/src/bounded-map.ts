/**
 * A map with a largest number of entries: setting one more forgets the one that was set longest ago.
 *
 * For `bot`, `feishu` and `langchain`.
 */
export class BoundedMap<Key, Value> {
  readonly #maxEntries: number;
  /** The entries, the one that was set longest ago first. */
  readonly #entries = new Map<Key, Value>();

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Value that was set last; `undefined` for an empty map. */
  get newest(): Value | undefined {
    return [...this.#entries.values()].at(-1);
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  /** Sets an entry, which becomes the newest one, also where the key had a value before. */
  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#maxEntries && oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }
}
