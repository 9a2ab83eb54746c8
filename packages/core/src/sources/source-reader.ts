import type { CardInput } from "../contract/card-event.ts";
import { ByteText } from "./byte-text.ts";
import { ChunkReader } from "./chunk-reader.ts";

/** Reads any stream as what a card takes. What a kind of stream needs is there once a chunk of it has come. */
export class SourceReader {
  #bytes: ByteText | undefined;
  #chunks: ChunkReader | undefined;

  /** @returns what the chunk says; the chunk itself where nobody knows its kind */
  read(chunk: unknown): CardInput[] {
    if (!(chunk instanceof Uint8Array)) return this.#value(chunk);
    this.#bytes ??= new ByteText();
    return this.#values(this.#bytes.read(chunk));
  }

  /** The source closed. @returns what is left to say, and how the run ended, where the source speaks of it */
  end(): CardInput[] {
    return [...this.#values(this.#bytes?.end()), ...(this.#chunks?.end() ?? [])];
  }

  /** The source failed. @returns what is left to say */
  fail(error: unknown): CardInput[] {
    this.#chunks ??= new ChunkReader();
    return [...this.#values(this.#bytes?.end()), ...this.#chunks.fail(error)];
  }

  #values(values: readonly unknown[] = []): CardInput[] {
    return values.flatMap((value) => this.#value(value));
  }

  #value(value: unknown): CardInput[] {
    if (typeof value === "string") return [value];
    this.#chunks ??= new ChunkReader();
    return this.#chunks.read(value);
  }
}
