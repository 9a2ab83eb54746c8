import {
  type BlockChange,
  type CardBlock,
  type CardStatus,
  InvalidOptionError,
  type Locale,
  locales,
  statusText,
} from "@streamcard/core";
import { type HeaderOptions, headerJson } from "./card-header.ts";
import { limits } from "./limits.ts";
import { type StreamingConfig, streamingConfigJson, typingMs } from "./streaming-config.ts";

/** Id of the line that tells how the run is doing. */
export const statusElementId = "sc_status";

export interface CardJsonOptions {
  header?: string | HeaderOptions | undefined;
  /**
   * Element id of the answer's first text; the ones after it are numbered (`answer_2` …).
   * @defaultValue "answer"
   */
  elementId?: string | undefined;
  streamingConfig?: StreamingConfig | undefined;
  /** @defaultValue "zh-CN" */
  locale?: Locale | undefined;
}

type Json = Record<string, unknown>;

/**
 * Blocks as Card JSON 2.0.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-structure
 */
export class CardJson {
  readonly #header: Json | undefined;
  readonly #elementId: string;
  readonly #streamingConfig: Json;
  readonly #locale: Locale;
  /** Time that a client takes to type a character, in milliseconds. */
  readonly typingMs: number;

  /** @throws {InvalidOptionError} */
  constructor({ header, elementId = "answer", streamingConfig, locale = "zh-CN" }: CardJsonOptions = {}) {
    checkElementId(elementId);
    if (!locales.includes(locale)) {
      throw new InvalidOptionError(
        `locale must be one of ${locales.join(", ")}, received ${JSON.stringify(locale)}.`,
      );
    }
    this.#header = header === undefined ? undefined : headerJson(header);
    this.#elementId = elementId;
    this.#streamingConfig = streamingConfigJson(streamingConfig);
    this.typingMs = typingMs(streamingConfig);
    this.#locale = locale;
  }

  /** A whole card. While it streams the chat list shows the platform's own "generating". */
  card(blocks: readonly CardBlock[], end?: { readonly summary: string }): Json {
    return {
      schema: "2.0",
      config: {
        update_multi: true,
        streaming_mode: end === undefined,
        streaming_config: this.#streamingConfig,
        ...(end !== undefined && { summary: { content: this.summary(blocks, end.summary) } }),
      },
      ...(this.#header !== undefined && { header: this.#header }),
      body: { elements: blocks.map((block) => this.element(block)) },
    };
  }

  element(block: CardBlock): Json {
    if (block.type === "text") {
      const element_id = this.elementId(block.id);
      if (!block.isPlain) return { tag: "markdown", element_id, content: block.text };
      const text = { tag: "plain_text", element_id: this.textId(block), content: block.text };
      return { tag: "div", element_id, text };
    }
    const person = whoStopped(block.status);
    if (person !== undefined) {
      const content = statusText(block.status, this.#locale, person);
      return { tag: "markdown", element_id: statusElementId, content, text_size: "notation" };
    }
    const content = statusText(block.status, this.#locale);
    const text_color = isTrouble(block.status) ? "red" : "grey";
    return {
      tag: "div",
      element_id: statusElementId,
      text: { tag: "plain_text", content, text_size: "notation", text_color },
    };
  }

  /** The fields of `config` that open streaming mode. */
  get streamingConfig(): Json {
    return { streaming_config: this.#streamingConfig };
  }

  /** Blocks as the text of one Markdown element. While text is there, only the end adds a status to it. */
  asText(blocks: readonly CardBlock[]): string {
    const text = blocks.find((block) => block.type === "text")?.text ?? "";
    const status = blocks.find((block) => block.type === "status")?.status;
    const isBlank = text.trim() === "";
    const isSilent = status?.phase === "thinking" || status?.phase === "tool";
    if (status === undefined || (isSilent && !isBlank)) return text;
    const line = `<font color="${isTrouble(status) ? "red" : "grey"}">${escapeText(statusText(status, this.#locale))}</font>`;
    if (isBlank) return line;
    return `${text}${text.endsWith("\n") ? "" : "\n"}\n${line}`;
  }

  elementId(blockId: string): string {
    if (blockId === "status") return statusElementId;
    const number = blockId.slice(blockId.lastIndexOf("-") + 1);
    return this.#suffixed(number === "1" ? "" : `_${number}`);
  }

  /** Id of what holds the text of a block: the element, or the text object within it. */
  textId(block: CardBlock): string {
    if (block.type !== "text" || !block.isPlain) return this.elementId(block.id);
    return this.#suffixed(`_${block.id.slice(block.id.lastIndexOf("-") + 1)}t`);
  }

  #suffixed(suffix: string): string {
    return `${this.#elementId.slice(0, limits.elementIdLength - suffix.length)}${suffix}`;
  }

  /** The actions of a batch update that carry out changes. */
  actions(changes: readonly BlockChange[]): Json[] {
    return changes.map((change) => {
      if (change.type === "remove") {
        return { action: "delete_elements", params: { element_ids: [this.elementId(change.id)] } };
      }
      const element = this.element(change.block);
      if (change.type === "update") {
        const element_id = this.elementId(change.block.id);
        return { action: "update_element", params: { element_id, element } };
      }
      const position =
        change.before === undefined
          ? { type: "append" }
          : { type: "insert_before", target_element_id: this.elementId(change.before) };
      return { action: "add_elements", params: { ...position, elements: [element] } };
    });
  }

  /** The line for the chat list: the answer's words, and how the run ended where that was not well. */
  summary(blocks: readonly CardBlock[], text: string): string {
    const status = blocks.find((block) => block.type === "status")?.status;
    if (status === undefined) return text;
    const words = statusText(status, this.#locale);
    if (text === "") return words;
    if (status.phase !== "ended") return text;
    return status.end.status === "finished" ? text : `[${words}] ${text}`;
  }
}

/** A person is shown by an id, which clients turn into a name. It is the platform's, yet it came over the wire. */
function whoStopped(status: CardStatus): string | undefined {
  const id = status.phase === "ended" ? status.end.stoppedBy : undefined;
  if (id === undefined || !/^[\w-]{1,64}$/.test(id)) return undefined;
  return `<person id='${id}' show_name=true show_avatar=false style='normal'></person>`;
}

/** A tool's name is text, whatever is in it. */
function escapeText(text: string): string {
  return text.replace(/[<>&*_~`[\]]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function isTrouble(status: CardStatus): boolean {
  return status.phase === "ended" && status.end.status === "failed";
}

/** @throws {InvalidOptionError} */
function checkElementId(elementId: string): void {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(elementId)) {
    throw new InvalidOptionError(
      `elementId must be 1 to 20 letters, digits and underscores and begin with a letter, received ${JSON.stringify(elementId)}.`,
    );
  }
  if (elementId === statusElementId || (elementId.length > LONGEST_SUFFIXED && /_\d+t?$/.test(elementId))) {
    throw new InvalidOptionError(
      `elementId must differ from the ids of further elements (${statusElementId}, long ones that end in an underscore and a number), received ${JSON.stringify(elementId)}.`,
    );
  }
}

/** An id up to this length leaves room for the number of an element. */
const LONGEST_SUFFIXED = limits.elementIdLength - "_180t".length;
