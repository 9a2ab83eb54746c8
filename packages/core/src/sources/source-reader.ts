import type { CardInput } from "../contract/card-event.ts";
import { ByteText } from "./byte-text.ts";
import { ChunkReader } from "./chunk-reader.ts";

/**
 * A reader of any stream: turns its chunks into the input of a card. Parts that only some streams need are made with
 * the first chunk that needs them.
 */
export class SourceReader {
  #bytes: ByteText | undefined;
  #chunks: ChunkReader | undefined;

  /** Translates a chunk. @returns The chunk itself if its kind is unknown. */
  read(chunk: unknown): CardInput[] {
    if (!(chunk instanceof Uint8Array)) return this.#value(chunk);
    this.#bytes ??= new ByteText();
    return this.#values(this.#bytes.read(chunk));
  }

  /** Takes in that the stream closed. @returns The rest of the input, with the run's end if the stream told it. */
  end(): CardInput[] {
    return [...this.#values(this.#bytes?.end()), ...(this.#chunks?.end() ?? [])];
  }

  /** Takes in that the stream failed. @returns The rest of the input. */
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
