import { limits } from "../api/limits.ts";

const noTexts: ReadonlySet<string> = new Set();

/**
 * The state of streaming mode of one card entity, as far as it is known: the platform closes it by itself ten minutes
 * after it was opened.
 *
 * @see https://open.feishu.cn/document/cardkit-v1/streaming-updates-openapi-overview
 */
export class StreamingMode {
  #openedAt: number;
  #isClosed = false;
  /** True from a second opening until a text has been streamed. */
  #isUnproven = false;
  #cannotStreamText = false;
  /** Ids of the texts that were streamed since streaming mode was opened. */
  #streamed: readonly string[] = [];
  /** Ids of texts that the platform may have dropped without a word, because streaming mode had closed itself. */
  #doubtful = noTexts;

  /** @param openedAt Time of its opening, in milliseconds since the epoch; `-Infinity` where it is unknown. */
  constructor(openedAt: number) {
    this.#openedAt = openedAt;
  }

  /** True once streaming mode was found closed, or was closed to be renewed. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** True where streaming text fails on this card, although its streaming mode was opened again. */
  get cannotStreamText(): boolean {
    return this.#cannotStreamText;
  }

  /** Tells whether streaming mode is about to close itself. */
  isOld(now: number): boolean {
    return now - this.#openedAt >= limits.streamingRenewMs;
  }

  /** Lists the ids of texts that have to be written again before the card can be called whole. */
  textsToResend(now: number): ReadonlySet<string> {
    return this.isOld(now) ? new Set([...this.#doubtful, ...this.#streamed]) : this.#doubtful;
  }

  opened(now: number): void {
    this.#isClosed = false;
    this.#openedAt = now;
    this.#streamed = [];
  }

  closed(): void {
    this.#isClosed = true;
  }

  /** Notes that a text is sent. */
  streaming(textId: string): void {
    if (!this.#streamed.includes(textId)) this.#streamed = this.#streamed.concat(textId);
  }

  /** Notes that the platform took a text. */
  streamed(): void {
    this.#isUnproven = false;
  }

  /** Notes that the whole card was written, all of its texts included. */
  replaced(): void {
    this.#doubtful = noTexts;
    this.#streamed = [];
  }

  /**
   * Notes that the platform refused an operation because streaming mode is closed.
   *
   * @param isText True where the operation was to stream a text, which can be written in another way.
   * @returns true where another attempt may succeed.
   */
  foundClosed(isText: boolean): boolean {
    this.#doubtful = new Set([...this.#doubtful, ...this.#streamed]);
    // Opening it a second time in a row, without a text in between, has not helped.
    const canReopen = !this.#isUnproven;
    this.#isUnproven = true;
    this.#isClosed = canReopen;
    if (isText) this.#cannotStreamText = !canReopen;
    return canReopen || isText;
  }
}
