import type { CardDriver, ImageSource } from "./card-driver.ts";
import type { Clock } from "./clock.ts";
import { parseDataUrl } from "./data-url.ts";
import { type ImageTargets, isDataUrl, PENDING_IMAGE, type PendingImage } from "./markdown/image-target.ts";

/** Longest time that text waits for an image. */
const WAIT_MS = 3_000;

interface Image {
  key: string | undefined;
  isPending: boolean;
  timer?: unknown;
}

export interface RunImagesOptions {
  readonly driver: Pick<CardDriver, "profile" | "image" | "isImageAllowed">;
  readonly clock: Clock;
  /** What was pending is known, or given up: text that waited for it can be shown. */
  readonly onSettled: () => void;
}

/** The images that the text of a run mentions: each is made once, and waited for within bounds. */
export class RunImages implements ImageTargets {
  readonly #options: RunImagesOptions;
  readonly #images = new Map<string, Image>();
  #isOver = false;

  constructor(options: RunImagesOptions) {
    this.#options = options;
  }

  targetOf(target: string): string | PendingImage | undefined {
    if (this.#options.driver.profile.dialect.isImageTarget(target)) return target;
    const image = this.#images.get(target) ?? this.#start(target);
    return image?.isPending ? PENDING_IMAGE : image?.key;
  }

  /** Nothing is waited for any more, and nothing begun. */
  giveUp(): void {
    this.#isOver = true;
    for (const image of this.#images.values()) this.#settle(image);
  }

  #start(target: string): Image | undefined {
    const source = this.#isOver ? undefined : this.#sourceOf(target);
    if (source === undefined) return undefined;
    const { clock, onSettled } = this.#options;
    const image: Image = { key: undefined, isPending: true };
    this.#images.set(target, image);
    const settle = () => {
      if (this.#settle(image)) onSettled();
    };
    image.timer = clock.setTimeout(settle, WAIT_MS);
    void this.#make(source).then((key) => {
      // Also where it is too late for this mention: the next one is drawn.
      image.key = key;
      settle();
    });
    return image;
  }

  /** Whatever becomes of an image, the text goes on. */
  async #make(source: ImageSource): Promise<string | undefined> {
    try {
      return await this.#options.driver.image?.(source);
    } catch {
      return undefined;
    }
  }

  #sourceOf(target: string): ImageSource | undefined {
    const { driver } = this.#options;
    if (driver.image === undefined) return undefined;
    if (isDataUrl(target)) return parseDataUrl(target);
    const url = unescaped(target);
    const isAllowed = /^https?:/i.test(url) && (driver.isImageAllowed?.(url) ?? true);
    return isAllowed ? { url } : undefined;
  }

  #settle(image: Image): boolean {
    if (!image.isPending) return false;
    image.isPending = false;
    this.#options.clock.clearTimeout(image.timer);
    return true;
  }
}

/** A target of Markdown as the URL that it means. */
function unescaped(target: string): string {
  return target.replace(/\\([!-/:-@[-`{-~])/g, "$1").replaceAll("&amp;", "&");
}
