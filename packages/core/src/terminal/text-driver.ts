import { aFunction, requireOption } from "../check-option.ts";
import { applyChanges } from "../contract/block-change.ts";
import type { CardBlock } from "../contract/card-block.ts";
import {
  type CardDriver,
  type CardWrite,
  CardWriteError,
  type DriverProfile,
  type ImageSource,
  type OpenedCard,
  type OpenRequest,
} from "../contract/card-driver.ts";
import { utf8Length } from "../cut-text.ts";
import { wordsOf } from "../view/words/card-words.ts";
import type { Locale } from "../view/words/locales.ts";
import { TextPrinter } from "./text-printer.ts";

/** Options of a driver that writes text. */
export interface TextDriverOptions {
  /**
   * Appends text. A promise that it returns is waited for; after it throws or rejects, it is not called again.
   * Required.
   */
  write: (text: string) => unknown;
  /**
   * Says that a terminal shows the text: then the model's thoughts are shown, dimmed, and control characters of the
   * run are left out.
   * @defaultValue false
   */
  isTerminal?: boolean | undefined;
  /** Language of the words around the answer. @defaultValue "zh-CN" */
  locale?: Locale | undefined;
}

/**
 * Makes a driver that writes a run as text instead of on a card: the answer as it comes, each tool call in a line once
 * it is over, and at the end the sources and the status. Text that was written never changes or moves.
 *
 * @throws {InvalidOptionError}
 * @example
 * const driver = createTextDriver({ write: (text) => process.stdout.write(text), isTerminal: process.stdout.isTTY });
 * const result = await pipeToCard(stream, new CardStream({ driver }));
 */
export function createTextDriver(options: TextDriverOptions): CardDriver {
  return new TextDriver(options);
}

/** Time between two writes in milliseconds: short enough for text that seems to flow. */
const INTERVAL_MS = 30;

const profile: DriverProfile = {
  structure: "elements",
  text: "append",
  tail: "hold",
  maxBytes: Number.POSITIVE_INFINITY,
  maxElements: Number.POSITIVE_INFINITY,
  maxTables: Number.POSITIVE_INFINITY,
  maxTools: Number.POSITIVE_INFINITY,
  baseBytes: 0,
  baseElements: 0,
  measure: () => ({ bytes: 0, elements: 0 }),
  bytesOf: utf8Length,
  minIntervalMs: INTERVAL_MS,
};

class TextDriver implements CardDriver {
  readonly profile = profile;
  readonly #write: TextDriverOptions["write"];
  readonly #printer: TextPrinter;
  readonly #usage = { calls: 0, bytes: 0 };
  /** Error of the first write that failed. */
  #failure: CardWriteError | undefined;

  constructor({ write, isTerminal = false, locale = "zh-CN" }: TextDriverOptions) {
    requireOption("write", write, aFunction);
    this.#write = write;
    this.#printer = new TextPrinter({ words: wordsOf(locale), isTerminal });
  }

  async open({ blocks, summary }: OpenRequest): Promise<OpenedCard> {
    await this.#show(blocks, summary !== undefined);
    let shown = blocks;
    return {
      cardId: "text",
      messageId: "text",
      blocks,
      write: async (write) => {
        shown = blocksAfter(shown, write);
        await this.#show(shown, write.type === "finalize");
      },
    };
  }

  /** Returns the address of an image, or its media type where it has none. */
  async image(source: ImageSource): Promise<string> {
    return "url" in source ? source.url : source.mediaType;
  }

  usage() {
    return { ...this.#usage };
  }

  async #show(blocks: readonly CardBlock[], isFinal: boolean): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const text = this.#printer.print(blocks, isFinal);
    if (text === "") return;
    this.#usage.calls += 1;
    this.#usage.bytes += utf8Length(text);
    try {
      await this.#write(text);
    } catch (cause) {
      this.#failure = new CardWriteError({
        code: "write-failed",
        message: "The text of the run could not be written: `write` of the text driver threw.",
        outcome: "gone",
        cause,
      });
      throw this.#failure;
    }
  }
}

function blocksAfter(blocks: readonly CardBlock[], write: CardWrite): readonly CardBlock[] {
  if (write.type === "text") return applyChanges(blocks, [{ type: "update", block: write.block }]);
  if (write.type === "structure") return applyChanges(blocks, write.changes);
  if (write.type === "replace" || write.how !== "close") return write.blocks;
  const isStatus = ({ type }: CardBlock) => type === "status";
  return [...blocks.filter((block) => !isStatus(block)), ...write.blocks.filter(isStatus)];
}
