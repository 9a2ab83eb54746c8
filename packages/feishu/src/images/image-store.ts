import { BoundedMap } from "@streamcard/core/internal";
import pLimit from "p-limit";
import { limits } from "../api/limits.ts";
import { imageError } from "./image-error.ts";

/** Largest number of images whose keys are remembered; the one that was shown longest ago is forgotten. */
const MAX_KEYS = 1_000;

/** Images that an app has uploaded. Each content is uploaded once, for all cards that show it. */
export class ImageStore {
  readonly #keys = new BoundedMap<string, Promise<string>>(MAX_KEYS);
  readonly #limit = pLimit(limits.imagesAtOnce);

  /**
   * Downloads and uploads an image when its turn comes, so that many images at once do not fill the memory.
   *
   * @throws {CardWriteError} when `limits.imagesWaiting` others wait already.
   */
  async inTurn<Result>(url: URL | undefined, make: () => Promise<Result>): Promise<Result> {
    if (this.#limit.pendingCount < limits.imagesWaiting) return this.#limit(make);
    throw imageError("image-queue-full", url, `${limits.imagesWaiting} others are waiting`);
  }

  /** Finds the key of an image, or uploads it. After a failure the next call tries again. */
  async keyOf(bytes: Uint8Array, upload: (bytes: Uint8Array) => Promise<string>): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
    const content = new Uint8Array(digest).join();
    const key = this.#keys.get(content) ?? upload(bytes);
    this.#keys.set(content, key);
    key.catch(() => {
      if (this.#keys.get(content) === key) this.#keys.delete(content);
    });
    return key;
  }
}
