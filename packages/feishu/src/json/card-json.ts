import { type CardBlock, InvalidOptionError, type Locale } from "@streamcard/core";
import { type BlockChange, type CardStatus, locales, wordsOf } from "@streamcard/core/driver";
import { checkOption, LazyMap, oneOf } from "@streamcard/core/internal";
import { limits } from "../api/limits.ts";
import { type BlockIds, type BlockJsonContext, blockJson, headJson, isTrouble } from "./block-json.ts";
import { type HeaderOptions, headerJson } from "./card-header.ts";
import type { Json } from "./component-json.ts";
import { plainWords } from "./markdown-text.ts";
import { type StreamingConfig, streamingConfigJson, typingMs } from "./streaming-config.ts";

/** Element id of the status line. */
export const statusElementId = "sc_status";

/** Options of a card's looks. */
export interface CardJsonOptions {
  /** Title of the header, or all of it. @defaultValue no header */
  header?: string | HeaderOptions | undefined;
  /**
   * Element id of the answer's first text; the ones after it are numbered (`answer_2` …).
   * @defaultValue "answer"
   */
  elementId?: string | undefined;
  /** Pace at which clients type text out. @defaultValue that of `StreamingConfig` */
  streamingConfig?: StreamingConfig | undefined;
  /** Language of the words around the answer. @defaultValue "zh-CN" */
  locale?: Locale | undefined;
}

/**
 * Draws blocks as Card JSON 2.0.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-structure
 */
export class CardJson {
  readonly #header: string | HeaderOptions | undefined;
  readonly #elementId: string;
  readonly #streamingConfig: Json;
  readonly #locale: Locale;
  readonly #context: BlockJsonContext;
  /** Element ids of the user's own components, by the ids of their blocks. */
  readonly #ownIds = new LazyMap<string, string>();
  /** Milliseconds that a client takes to type one character. */
  readonly typingMs: number;

  /** @throws {InvalidOptionError} */
  constructor({
    header,
    elementId = "answer",
    streamingConfig,
    locale = "zh-CN",
    runId = "",
  }: CardJsonOptions & { readonly runId?: string | undefined } = {}) {
    checkElementId(elementId);
    checkOption("locale", locale, oneOf(...locales));
    if (header !== undefined) headerJson(header);
    this.#header = header;
    this.#context = { locale, runId };
    this.#elementId = elementId;
    this.#streamingConfig = streamingConfigJson(streamingConfig);
    this.typingMs = typingMs(streamingConfig);
    this.#locale = locale;
  }

  /** True where the header says how the run ended: only an update of the whole card changes a header. */
  get isHeaderLive(): boolean {
    return typeof this.#header === "object" && this.#header.showStatus === true;
  }

  /**
   * Draws a whole card.
   *
   * @param end Given for a finished card. While a card streams, the chat list shows the platform's own "generating".
   */
  card(blocks: readonly CardBlock[], end?: { readonly summary: string }): Json {
    const status = statusOf(blocks);
    return {
      schema: "2.0",
      config: {
        update_multi: true,
        streaming_mode: end === undefined,
        streaming_config: this.#streamingConfig,
        ...(end !== undefined && { summary: this.summary(blocks, end.summary) }),
      },
      ...(this.#header !== undefined && {
        header: headerJson(this.#header, { status, isStreaming: end === undefined, locale: this.#locale }),
      }),
      body: { vertical_spacing: "8px", elements: this.#elements(blocks, undefined) },
    };
  }

  /** Draws a block without the blocks in it. */
  element(block: CardBlock): Json {
    return this.#element(block, []);
  }

  #element(block: CardBlock, blocks: readonly CardBlock[]): Json {
    return blockJson(block, this.#ids(block), this.#context, this.#elements(blocks, block.id));
  }

  /** Draws the blocks that are in another block, or on the card itself. */
  #elements(blocks: readonly CardBlock[], within: string | undefined): Json[] {
    return blocks.filter((block) => block.within === within).map((block) => this.#element(block, blocks));
  }

  /** The fields of `config` that open streaming mode. */
  get streamingConfig(): Json {
    return { streaming_config: this.#streamingConfig };
  }

  /** Writes blocks as the text of one Markdown element. While there is text, only the end adds a status to it. */
  asText(blocks: readonly CardBlock[]): string {
    const text = blocks.find((block) => block.type === "text")?.text ?? "";
    const status = statusOf(blocks);
    const isBlank = text.trim() === "";
    const isSilent = status?.phase === "thinking" || status?.phase === "tool";
    if (status === undefined || (isSilent && !isBlank)) return text;
    const line = `<font color="${isTrouble(status) ? "red" : "grey"}">${plainWords(wordsOf(this.#locale).status(status))}</font>`;
    if (isBlank) return line;
    return `${text}${text.endsWith("\n") ? "" : "\n"}\n${line}`;
  }

  /** Names the element of a block. */
  elementId(blockId: string): string {
    const own = this.#ownIds.get(blockId);
    if (own !== undefined) return own;
    if (blockId === "status") return statusElementId;
    const number = /^text-(\d+)$/.exec(blockId)?.[1];
    if (number !== undefined) return this.#suffixed(number === "1" ? "" : `_${number}`);
    return `sc_${blockId.replaceAll("-", "_")}`;
  }

  /** Names the holder of a block's text: the element, or the text object within it. */
  textId(block: CardBlock): string {
    return this.#ids(block).text;
  }

  #ids(block: CardBlock): BlockIds {
    if (block.type === "element") this.#ownIds.set(block.id, this.#ownId(block));
    const element = this.elementId(block.id);
    if (block.type === "text" && block.isPlain) {
      return { element, text: this.#suffixed(`_${block.id.slice(block.id.lastIndexOf("-") + 1)}t`) };
    }
    return { element, text: block.type === "lane" ? `${element}_h` : element };
  }

  /** Names a component of the user's own: by its own id, unless that is one of ours, because a card has each id once. */
  #ownId({ id, element }: Extract<CardBlock, { type: "element" }>): string {
    const { element_id: own } = element;
    const isOurs = typeof own !== "string" || own.startsWith("sc_") || this.#isOfText(own);
    return isOurs ? `u_${id}` : own;
  }

  #isOfText(elementId: string): boolean {
    return (
      elementId.startsWith(this.#elementId) && /^(?:_\d+t?)?$/.test(elementId.slice(this.#elementId.length))
    );
  }

  #suffixed(suffix: string): string {
    return `${this.#elementId.slice(0, limits.elementIdLength - suffix.length)}${suffix}`;
  }

  /** Makes the actions of a batch update that carry out changes. */
  actions(changes: readonly BlockChange[]): Json[] {
    const inserted = changes.flatMap((change) => (change.type === "insert" ? [change.block] : []));
    return changes.flatMap((change): Json[] => {
      if (change.type === "remove") {
        return [{ action: "delete_elements", params: { element_ids: [this.elementId(change.id)] } }];
      }
      if (change.type === "update") return [this.#update(change.block)];
      const { block, before } = change;
      // It comes with the block that it is in.
      if (inserted.some(({ id }) => id === block.within)) return [];
      const elements = [this.#element(block, inserted)];
      return [{ action: "add_elements", params: { ...this.#position(block, before), elements } }];
    });
  }

  #update(block: CardBlock): Json {
    const ids = this.#ids(block);
    const head = headJson(block, ids, this.#context);
    if (head !== undefined) return head;
    return { action: "update_element", params: { element_id: ids.element, element: this.element(block) } };
  }

  #position({ within }: CardBlock, before: string | undefined): Json {
    if (before !== undefined) return { type: "insert_before", target_element_id: this.elementId(before) };
    return within === undefined
      ? { type: "append" }
      : { type: "append", target_element_id: this.elementId(within) };
  }

  /** Words the line for the chat list: the beginning of the answer, and the end of a run that did not finish well. */
  summary(blocks: readonly CardBlock[], text: string): Json {
    const status = statusOf(blocks);
    if (status === undefined) return { content: text };
    const content = this.#summaryLine(status, text, this.#locale);
    if (text !== "") return { content };
    const inAll = locales.map((locale) => [
      locale.toLowerCase().replace("-", "_"),
      this.#summaryLine(status, text, locale),
    ]);
    return { content, i18n_content: Object.fromEntries(inAll) };
  }

  /** Words the same line for a message of its own. */
  notification(end: CardStatus, text: string): string {
    const words = wordsOf(this.#locale).status(withoutOwnCause(end));
    return text === "" ? words : `${words}：${text}`;
  }

  #summaryLine(status: CardStatus, text: string, locale: Locale): string {
    const words = wordsOf(locale).status(withoutOwnCause(status));
    if (text === "") return words;
    if (status.phase !== "ended") return text;
    return status.end.status === "finished" ? text : `[${words}] ${text}`;
  }
}

function statusOf(blocks: readonly CardBlock[]): CardStatus | undefined {
  return blocks.find((block) => block.type === "status")?.status;
}

/** Leaves out the user's own words on a failure, because they are long. */
function withoutOwnCause(status: CardStatus): CardStatus {
  if (status.phase !== "ended" || typeof status.cause !== "object") return status;
  const { cause: _cause, ...rest } = status;
  return rest;
}

/** @throws {InvalidOptionError} */
function checkElementId(elementId: string): void {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(elementId)) {
    throw new InvalidOptionError(
      `elementId must be 1 to 20 letters, digits and underscores and begin with a letter, received ${JSON.stringify(elementId)}.`,
    );
  }
  if (/^(?:sc|u)_/.test(elementId) || (elementId.length > MAX_SUFFIXED_LENGTH && /_\d+t?$/.test(elementId))) {
    throw new InvalidOptionError(
      `elementId must differ from the ids of further elements (those that begin with sc_ or u_, long ones that end in an underscore and a number), received ${JSON.stringify(elementId)}.`,
    );
  }
}

/** Largest length of an element id that leaves room for a number behind it. */
const MAX_SUFFIXED_LENGTH = limits.elementIdLength - "_180t".length;
