import { type CardDriver, CardWriteError, type ImageSource } from "@streamcard/core/driver";
import { LazyMap, type TroubleReport } from "@streamcard/core/internal";
import type { FeishuApi } from "../api/feishu-api.ts";
import { limits } from "../api/limits.ts";
import { downloadImage } from "./download-image.ts";
import { imageError, nameOfImage, tooLarge } from "./image-error.ts";
import { imageFormatOf } from "./image-format.ts";
import type { ImagePolicy } from "./image-options.ts";
import type { ImageStore } from "./image-store.ts";
import { uploadImage } from "./upload-image.ts";

export interface CardImagesOptions {
  readonly api: FeishuApi;
  readonly policy: ImagePolicy;
  readonly store: ImageStore;
  /** Told of each image that could not be shown, once. */
  readonly report: Pick<TroubleReport, "note">;
}

/** Turns the images of one card stream into keys of the platform. */
export class CardImages {
  readonly #options: CardImagesOptions;
  readonly #closed = new AbortController();
  readonly #byUrl = new LazyMap<string, Promise<string | undefined>>();

  constructor(options: CardImagesOptions) {
    this.#options = options;
  }

  /** Makes the methods of a driver for images. */
  ofDriver(): Required<Pick<CardDriver, "image" | "isImageAllowed">> {
    return {
      image: (source) => this.#image(source),
      isImageAllowed: (url) => this.#allowed(url) !== undefined,
    };
  }

  /** Gives up the images that are not uploaded yet, once the card is settled. */
  close(): void {
    this.#closed.abort();
  }

  #image(source: ImageSource): Promise<string | undefined> {
    if ("bytes" in source) return this.#reported(undefined, async () => source.bytes);
    const url = this.#allowed(source.url);
    const { policy, api } = this.#options;
    const { fetch } = policy;
    if (url === undefined || fetch === undefined) return Promise.resolve(undefined);
    const download = { fetch, isAllowed: policy.isAllowed, clock: api.clock, signal: this.#closed.signal };
    const image = this.#byUrl.get(url.href) ?? this.#reported(url, () => downloadImage(url, download));
    this.#byUrl.set(url.href, image);
    return image;
  }

  #allowed(source: string): URL | undefined {
    const url = URL.canParse(source) ? new URL(source) : undefined;
    return url !== undefined && this.#options.policy.isAllowed(url) ? url : undefined;
  }

  async #reported(url: URL | undefined, read: () => Promise<Uint8Array>): Promise<string | undefined> {
    const { store, report } = this.#options;
    try {
      return await store.inTurn(url, async () => {
        this.#closed.signal.throwIfAborted();
        return this.#keyOf(await read(), url);
      });
    } catch (error) {
      if (this.#closed.signal.aborted) return undefined;
      const isKnown = error instanceof CardWriteError;
      report.note(isKnown ? error : imageError("image-unreachable", url, "something unexpected went wrong"));
      return undefined;
    }
  }

  async #keyOf(bytes: Uint8Array, url: URL | undefined): Promise<string> {
    if (bytes.length > limits.imageBytes) throw tooLarge(url);
    if (imageFormatOf(bytes) === undefined) {
      throw imageError("image-format", url, "it is no JPEG, PNG, GIF, WebP, BMP, ICO, TIFF or HEIC");
    }
    const { store, api } = this.#options;
    return store.keyOf(bytes, (content) => uploadImage(api, content, `Uploading ${nameOfImage(url)}`));
  }
}
