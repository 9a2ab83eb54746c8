/** Map that takes no memory before its first entry, for values that few runs have. */
export class LazyMap<Key, Value> {
  #entries: Map<Key, Value> | undefined;

  get size(): number {
    return this.#entries?.size ?? 0;
  }

  get(key: Key): Value | undefined {
    return this.#entries?.get(key);
  }

  has(key: Key): boolean {
    return this.#entries?.has(key) === true;
  }

  set(key: Key, value: Value): void {
    this.#entries ??= new Map();
    this.#entries.set(key, value);
  }

  clear(): void {
    this.#entries = undefined;
  }

  values(): Iterable<Value> {
    return this.#entries?.values() ?? [];
  }

  *[Symbol.iterator](): Generator<[Key, Value]> {
    yield* this.#entries ?? [];
  }
}
