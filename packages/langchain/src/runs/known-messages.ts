import type { LangChainMessage } from "@streamcard/core/internal";

/** The messages that need not be shown again: those that were told, and those of the history. */
export class KnownMessages {
  readonly #fields = new WeakSet<object>();
  readonly #ids = new Set<string>();

  add({ id, fields }: LangChainMessage): void {
    this.#fields.add(fields);
    if (id !== undefined) this.#ids.add(id);
  }

  has({ id, fields }: LangChainMessage): boolean {
    return this.#fields.has(fields) || (id !== undefined && this.#ids.has(id));
  }
}
