import { copyText } from "../retention/copy-text.ts";
import { type ImageTargets, isData, PENDING_IMAGE } from "./image-target.ts";
import type { MarkdownDialect } from "./inline-text.ts";
import { LineReader, type Mode } from "./line-reader.ts";
import type { Bridge, MarkdownSink } from "./markdown-sink.ts";

/** Sink of text that is not shown. */
const nowhere: MarkdownSink = { write() {}, cut() {}, takeTable: () => true };

/**
 * Transducer from raw Markdown, as it streams in, to text that can be shown right away and only ever grows.
 *
 * Tails that may still turn into something else are held back, until `release()` shows them because the reader has
 * waited long. The sink receives the places where the text may be cut, too.
 */
export class MarkdownFlow {
  readonly #dialect: MarkdownDialect;
  readonly #images: ImageTargets;
  #lines: LineReader;
  /** Raw text that is not shown yet. */
  #pending = "";
  /** Flow that reads ahead of a pending image, so that further images are uploaded at the same time. */
  #scout: MarkdownFlow | undefined;
  /** Length of `#pending` at the last `release()`. */
  #lengthAtRelease = 0;

  constructor(dialect: MarkdownDialect, sink: MarkdownSink, images: ImageTargets = onlyKeys(dialect)) {
    this.#dialect = dialect;
    this.#images = images;
    this.#lines = new LineReader({ dialect, sink, images });
  }

  /** Text waits for a pending image. `push("")` and `end()` look at the image again. */
  get isAwaiting(): boolean {
    return this.#lines.awaited !== undefined;
  }

  /** Text waits to be decided. */
  get isHolding(): boolean {
    return this.#pending !== "";
  }

  /** Takes in raw text and shows the part of it that is decided. */
  push(text: string): void {
    this.#pending += copyText(text);
    this.#scout?.push(text);
    // A long text that cannot be shown yet is not read again for each of its parts.
    const { awaited, isInData } = this.#lines;
    const isMoreData = isInData && isData(text);
    const isAwaiting = awaited !== undefined && this.#images.targetOf(awaited) === PENDING_IMAGE;
    if (!isMoreData && !isAwaiting) this.#advance("decided");
  }

  /** Shows the text that is held back, except the few characters that decide the meaning of a whole line. */
  release(): void {
    // Half of an image's bytes is of no use to a reader while more of them arrive.
    const isGrowing = this.#lines.isInData && this.#pending.length > this.#lengthAtRelease;
    this.#lengthAtRelease = this.#pending.length;
    if (!isGrowing) this.#advance("release");
  }

  /** Shows the rest, because the text is complete, up to a pending image. Nothing may be pushed afterwards. */
  end(): void {
    this.#scout?.end();
    this.#advance("end");
    if (!this.isAwaiting) this.#lines.endTable();
  }

  /** Notes that a page is turned at this point. */
  noteTurn(): void {
    this.#lines.noteTurn();
  }

  /** Makes the bridge over a cut at this point. */
  bridge(): Bridge {
    return this.#lines.bridge();
  }

  #advance(mode: Mode): void {
    this.#pending = this.#pending.slice(this.#lines.read(this.#pending, mode));
    if (!this.isAwaiting) this.#scout = undefined;
    else this.#scout ??= this.#sendScout();
  }

  #sendScout(): MarkdownFlow {
    const images: ImageTargets = {
      targetOf: (target) => {
        const drawn = this.#images.targetOf(target);
        return drawn === PENDING_IMAGE ? undefined : drawn;
      },
    };
    const scout = new MarkdownFlow(this.#dialect, nowhere, images);
    scout.#lines = this.#lines.fork({ sink: nowhere, images });
    scout.push(this.#pending);
    return scout;
  }
}

/** Makes targets for a platform that draws its own keys alone. */
function onlyKeys(dialect: MarkdownDialect): ImageTargets {
  return { targetOf: (target) => (dialect.isImageTarget(target) ? target : undefined) };
}
