import type { Clock } from "../clock.ts";
import type { CardDriver, ImageSource } from "../contract/card-driver.ts";
import { type ImageTargets, isDataUrl, PENDING_IMAGE, type PendingImage } from "../markdown/image-target.ts";

import type { FilePart } from "../run/run-part.ts";
import { parseDataUrl } from "./data-url.ts";

/** Longest time that text waits for an image that it mentions. */
const TEXT_WAIT_MS = 3_000;

/** Longest time that the end waits for an image that the run produced: the card has to settle soon after. */
const FILE_WAIT_MS = 6_000;

interface Image {
  key: string | undefined;
  isPending: boolean;
  timer?: unknown;
}

export interface RunImagesOptions {
  readonly driver: Pick<CardDriver, "profile" | "image" | "isImageAllowed">;
  readonly clock: Clock;
  /** An image is there, or given up: what waited for it can be shown. */
  readonly onReady: () => void;
}

/** The images that a run produced or mentions, on their way to the platform: each is made once, and waited for within bounds. */
export class RunImages implements ImageTargets {
  readonly #options: RunImagesOptions;
  /** By the file, or by its target in a text. */
  readonly #images = new Map<FilePart | string, Image>();
  #isOver = false;

  constructor(options: RunImagesOptions) {
    this.#options = options;
  }

  /** Some are not there yet. */
  get isPending(): boolean {
    return [...this.#images.values()].some(({ isPending }) => isPending);
  }

  /** By which the platform knows an image; `undefined` while it does not, and for good where it will not. */
  keyOf(file: FilePart): string | undefined {
    return (this.#images.get(file) ?? this.#start(file, sourceOf(file), FILE_WAIT_MS))?.key;
  }

  /** Whether the platform will not draw it. */
  isLost(file: FilePart): boolean {
    const image = this.#images.get(file);
    return image === undefined || (image.key === undefined && !image.isPending);
  }

  targetOf(target: string): string | PendingImage | undefined {
    if (this.#options.driver.profile.dialect?.isImageTarget(target)) return target;
    const image = this.#images.get(target) ?? this.#start(target, this.#sourceOf(target), TEXT_WAIT_MS);
    return image?.isPending ? PENDING_IMAGE : image?.key;
  }

  /** Nothing is waited for any more, and nothing begun. */
  giveUp(): void {
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
    void this.#make(source).then((key) => {
      // Also where it comes late: then it is drawn where it is mentioned next.
      image.key = key;
      this.#settle(image);
      onReady();
    });
    return image;
  }

  /** Whatever becomes of an image, the answer goes on. */
  async #make(source: ImageSource): Promise<string | undefined> {
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

/** A target of Markdown as the URL that it means. */
function unescaped(target: string): string {
  return target.replace(/\\([!-/:-@[-`{-~])/g, "$1").replaceAll("&amp;", "&");
}
