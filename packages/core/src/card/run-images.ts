import type { Clock } from "../clock.ts";
import type { CardDriver, ImageSource } from "../contract/card-driver.ts";
import { type ImageTargets, isDataUrl, PENDING_IMAGE, type PendingImage } from "../markdown/image-target.ts";
import type { FilePart } from "../run/run-part.ts";
import { parseDataUrl } from "./data-url.ts";

/** Longest time in milliseconds that text waits for an image that it mentions. */
const TEXT_WAIT_MS = 3_000;

/**
 * Longest time in milliseconds that the end waits for an image of the run, because the card has to settle soon after.
 */
const FILE_WAIT_MS = 6_000;

interface Image {
  key: string | undefined;
  isPending: boolean;
  timer?: unknown;
}

export interface RunImagesOptions {
  readonly driver: Pick<CardDriver, "profile" | "image" | "isImageAllowed">;
  readonly clock: Clock;
  /** Called when an image is uploaded or given up, so that text which waited for it can be shown. */
  readonly onReady: () => void;
}

/**
 * Images that a run produced or mentions, on their way to the platform: each is uploaded once and awaited for a
 * limited time.
 */
export class RunImages implements ImageTargets {
  readonly #options: RunImagesOptions;
  /** Images by their file, or by their target in a text. */
  readonly #images = new Map<FilePart | string, Image>();
  /** No image is awaited or begun any more. */
  #isOver = false;

  constructor(options: RunImagesOptions) {
    this.#options = options;
  }

  /** Some image is still awaited. */
  get isPending(): boolean {
    return [...this.#images.values()].some(({ isPending }) => isPending);
  }

  /**
   * Returns the platform's key of an image, which it begins to upload at the first call; `undefined` while uploading
   * and after a refusal.
   */
  keyOf(file: FilePart): string | undefined {
    return (this.#images.get(file) ?? this.#start(file, sourceOf(file), FILE_WAIT_MS))?.key;
  }

  /** Tells if the platform will not draw an image. */
  isLost(file: FilePart): boolean {
    const image = this.#images.get(file);
    return image === undefined || (image.key === undefined && !image.isPending);
  }

  targetOf(target: string): string | PendingImage | undefined {
    if (this.#options.driver.profile.dialect?.isImageTarget(target)) return target;
    const image = this.#images.get(target) ?? this.#start(target, this.#sourceOf(target), TEXT_WAIT_MS);
    return image?.isPending ? PENDING_IMAGE : image?.key;
  }

  /** Stops waiting for images, and begins no more of them. */
  stopWaiting(): void {
    this.#isOver = true;
    for (const image of this.#images.values()) this.#settle(image);
  }

  #start(of: FilePart | string, source: ImageSource | undefined, waitMs: number): Image | undefined {
    const { driver, clock, onReady } = this.#options;
    if (source === undefined || driver.image === undefined || this.#isOver) return undefined;
    const image: Image = { key: undefined, isPending: true };
    this.#images.set(of, image);
    image.timer = clock.setTimeout(() => {
      this.#settle(image);
      onReady();
    }, waitMs);
    void this.#upload(source).then((key) => {
      // A late image is drawn where it is mentioned next.
      image.key = key;
      this.#settle(image);
      onReady();
    });
    return image;
  }

  /** Has the driver make the image. Never rejects, because the answer goes on without it. */
  async #upload(source: ImageSource): Promise<string | undefined> {
    try {
      return await this.#options.driver.image?.(source);
    } catch {
      return undefined;
    }
  }

  #sourceOf(target: string): ImageSource | undefined {
    const { driver } = this.#options;
    if (isDataUrl(target)) return parseDataUrl(target);
    const url = unescaped(target);
    const isAllowed = /^https?:/i.test(url) && (driver.isImageAllowed?.(url) ?? true);
    return isAllowed ? { url } : undefined;
  }

  #settle(image: Image): void {
    image.isPending = false;
    this.#options.clock.clearTimeout(image.timer);
  }
}

function sourceOf({ mediaType, content }: FilePart): ImageSource | undefined {
  if ("bytes" in content) return { mediaType, bytes: content.bytes };
  if ("base64" in content) return parseDataUrl(`data:${mediaType};base64,${content.base64}`);
  return isDataUrl(content.url) ? parseDataUrl(content.url) : { url: content.url };
}

/** Turns a target of Markdown into its URL, by undoing escapes. */
function unescaped(target: string): string {
  return target.replace(/\\([!-/:-@[-`{-~])/g, "$1").replaceAll("&amp;", "&");
}
