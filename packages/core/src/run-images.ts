import type { CardDriver, ImageSource } from "./card-driver.ts";
import type { FileRun } from "./run-part.ts";

/** The images that a run produced, on their way to the platform. */
export class RunImages {
  readonly #driver: CardDriver;
  readonly #onReady: () => void;
  readonly #keys = new Map<FileRun, string | undefined>();
  #pending = 0;

  constructor(driver: CardDriver, onReady: () => void) {
    this.#driver = driver;
    this.#onReady = onReady;
  }

  /** Some are not there yet. */
  get isPending(): boolean {
    return this.#pending > 0;
  }

  /** By which the platform knows an image; `undefined` while it does not, and for good where it will not. */
  keyOf(file: FileRun): string | undefined {
    if (!this.#keys.has(file)) {
      this.#keys.set(file, undefined);
      void this.#send(file);
    }
    return this.#keys.get(file);
  }

  async #send(file: FileRun): Promise<void> {
    if (this.#driver.image === undefined) return;
    this.#pending += 1;
    try {
      this.#keys.set(file, await this.#driver.image(sourceOf(file)));
    } catch {
      // The driver has told of it; the answer goes on without its image.
    } finally {
      this.#pending -= 1;
      this.#onReady();
    }
  }
}

/** @throws {DOMException} when the base64 is none. */
function sourceOf({ mediaType, content }: FileRun): ImageSource {
  if ("url" in content) return { url: content.url };
  if ("bytes" in content) return { mediaType, bytes: content.bytes };
  return { mediaType, bytes: Uint8Array.from(atob(content.base64), (character) => character.charCodeAt(0)) };
}
