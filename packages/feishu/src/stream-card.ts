import { InvalidOptionError, type Locale, pipeToCard } from "@streamcard/core";
import { checkOption, milliseconds } from "@streamcard/core/internal";
import type { Feishu } from "./create-feishu.ts";
import type { ReceiveIdType } from "./driver/receive-id.ts";
import type { HeaderColor } from "./json/card-header.ts";

/** Options of `streamCard()`. Exactly one of `receiveId` and `replyToMessageId` has to be given. */
export interface StreamCardOptions {
  /** Id of the chat or person who gets the card. @defaultValue none */
  receiveId?: string;
  /** Kind of `receiveId`. @defaultValue by its shape */
  receiveIdType?: ReceiveIdType;
  /** Id of the message that the card replies to. @defaultValue none */
  replyToMessageId?: string;
  /**
   * Element id of the text: 1 to 20 letters, digits and underscores.
   * @defaultValue "md"
   */
  elementId?: string;
  /**
   * Shortest time between two updates, in milliseconds from 0 to 60000.
   * @defaultValue 250
   */
  debounceMs?: number;
  /** Title of the card's header. @defaultValue no header */
  header?: string;
  /** Colour of the header. Needs a `header`. @defaultValue the platform's */
  template?: HeaderColor;
  /** Language of the words around the answer. @defaultValue "zh-CN" */
  locale?: Locale;
  /** Signal that stops the card when it is aborted. @defaultValue none */
  signal?: AbortSignal;
}

/**
 * Streams text into a card: strings in, card id out.
 *
 * The card is finalized whatever happens.
 *
 * @returns the card id, once the whole text is on the finalized card.
 * @throws what `tokens` throws, once the card is finalized.
 * @throws {InvalidOptionError} when an option can never work.
 * @throws {FeishuApiError | FeishuTransportError} when the text could not be delivered on a card.
 */
export async function streamCard(
  feishu: Feishu,
  tokens: AsyncIterable<string>,
  options: StreamCardOptions,
): Promise<string> {
  const { receiveId, receiveIdType, replyToMessageId, elementId = "md", debounceMs = 250 } = options;
  const { header, template, locale, signal } = options;
  if (header === undefined && template !== undefined) {
    throw new InvalidOptionError("template colours the header: give a header too.");
  }
  checkTarget(options);
  checkOption("debounceMs", debounceMs, milliseconds({ max: MAX_DEBOUNCE_MS }));
  const card = feishu.card({
    to: receiveId,
    receiveIdType,
    replyTo: replyToMessageId,
    elementId,
    minIntervalMs: debounceMs,
    header:
      header === undefined
        ? undefined
        : { title: header, ...(template !== undefined && { color: template }) },
    locale,
    ...(signal !== undefined && { signal }),
  });
  const result = await pipeToCard(tokens, card);
  if (result.status !== "finished")
    throw result.error ?? new DOMException("The card was stopped.", "AbortError");
  const [first] = result.cards;
  if (result.delivery !== "card" || first === undefined) throw result.deliveryError;
  return first.cardId;
}

const MAX_DEBOUNCE_MS = 60_000;

/** @throws {InvalidOptionError} by the names that the caller used. */
function checkTarget({ receiveId, receiveIdType, replyToMessageId }: StreamCardOptions): void {
  if ((receiveId === undefined) === (replyToMessageId === undefined)) {
    const received = receiveId === undefined ? "neither" : "both";
    throw new InvalidOptionError(
      `A card has one target: give either receiveId or replyToMessageId, received ${received}.`,
    );
  }
  if (receiveIdType !== undefined && receiveId === undefined) {
    throw new InvalidOptionError("receiveIdType belongs to receiveId, received replyToMessageId.");
  }
}
