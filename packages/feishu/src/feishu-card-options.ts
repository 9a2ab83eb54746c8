import { InvalidOptionError } from "@streamcard/core";
import { type CardStreamOptions, resolveCardStreamOptions } from "@streamcard/core/driver";
import { checkOption, described, oneOf, requireOption, wholeNumber } from "@streamcard/core/internal";
import { limits } from "./api/limits.ts";
import type { CardTarget, ReceiverTarget } from "./driver/card-message.ts";
import { cardProfile, type ProfileOptions } from "./driver/card-profile.ts";
import {
  checkMessageId,
  checkReceiveId,
  type ReceiveIdType,
  receiveIdTypeOf,
  receiveIdTypes,
} from "./driver/receive-id.ts";
import type { CardTemplate, ExistingCard } from "./driver/slot-driver.ts";
import type { ImageOptions } from "./images/image-options.ts";
import { CardJson, type CardJsonOptions } from "./json/card-json.ts";

/** Target of a card: exactly one of `to` and `replyTo`. */
export interface FeishuTargetOptions {
  /**
   * Id of the chat (`oc_…`) or person (`ou_…`, `on_…`, an e-mail address, a user id) who gets the card.
   * @defaultValue none, or `FEISHU_TO` for `feishuCard()`
   */
  to?: string | undefined;
  /** Kind of the id in `to` or `fallbackTo`. @defaultValue by its shape */
  receiveIdType?: ReceiveIdType | undefined;
  /** Id of the message (`om_…`) that the card replies to. @defaultValue none */
  replyTo?: string | undefined;
  /**
   * Replies in a topic of that message.
   * @defaultValue false
   */
  replyInThread?: boolean | undefined;
  /** Id of the chat or person who gets the card when the message to reply to was recalled. @defaultValue none */
  fallbackTo?: string | undefined;
}

/** Card that somebody else has laid out. Needs `elementId`, the element of it that takes the text. */
export interface GivenCardOptions {
  /**
   * Id of a card entity that exists already, and was sent already. A target gets what does not fit it.
   * @defaultValue none: a new card is made
   */
  cardId?: string | undefined;
  /**
   * Last `sequence` number that was used on that entity.
   * @defaultValue 0
   */
  sequence?: number | undefined;
  /** Card of the visual builder, with its variables. @defaultValue none: the card has our own layout */
  cardTemplate?: CardTemplate | undefined;
}

/** Options of one card. */
export interface FeishuCardOptions
  extends FeishuTargetOptions,
    GivenCardOptions,
    CardJsonOptions,
    ProfileOptions,
    Omit<CardStreamOptions, "driver" | "clock"> {
  /**
   * Id of the run, which the buttons of its cards carry. One run, one card stream: never use it twice.
   * @defaultValue a generated one
   */
  runId?: string | undefined;
  /**
   * Open id (`ou_…`) of the person who asked: nobody else may stop the run or have it repeated by a button.
   * @defaultValue none: everybody may
   */
  askedBy?: string | undefined;
  /** Images of the text that are drawn. Needs the scope `im:resource`. @defaultValue those that the run produced */
  images?: ImageOptions | undefined;
}

/**
 * Checks options before there is a card, for `langchain`, whose cards are made when a run starts.
 *
 * @throws {InvalidOptionError} when an option can never work. That there is a target is not checked.
 */
export function checkFeishuCardOptions(options: FeishuCardOptions): void {
  readGivenCard(options);
  if (options.to !== undefined || options.replyTo !== undefined) readTarget(options);
  resolveCardStreamOptions(options, cardProfile(new CardJson(options), options));
}

const aTemplateId = described("the id of a template", {
  words: [],
  accepts: (value) => typeof value === "string" && value !== "",
});

const aCardId = described("the id of a card entity, up to 20 digits", {
  words: [],
  accepts: (value) => typeof value === "string" && /^\w{1,20}$/.test(value),
});

/** @throws {InvalidOptionError} when the given card cannot be one. */
export function readGivenCard({
  cardId,
  sequence,
  cardTemplate,
  elementId,
}: FeishuCardOptions): ExistingCard | CardTemplate | undefined {
  if (cardId === undefined && cardTemplate === undefined) {
    if (sequence === undefined) return undefined;
    throw new InvalidOptionError("sequence is that of an existing card: give cardId too.");
  }
  if (cardId !== undefined && cardTemplate !== undefined) {
    throw new InvalidOptionError("Give either cardId or cardTemplate, received both.");
  }
  if (elementId === undefined) {
    throw new InvalidOptionError(
      "A given card needs elementId, the element of it that takes the text; received none.",
    );
  }
  if (cardTemplate !== undefined) {
    requireOption("cardTemplate.id", cardTemplate.id, aTemplateId);
    return cardTemplate;
  }
  requireOption("cardId", cardId, aCardId);
  checkOption("sequence", sequence, wholeNumber({ min: 0, max: limits.sequence - 1 }));
  return { cardId: String(cardId), sequence: sequence ?? 0 };
}

/**
 * Reads the target of a card.
 *
 * @returns `undefined` for an existing card without a target.
 * @throws {InvalidOptionError} when the target cannot be one.
 */
export function readTarget(options: FeishuTargetOptions & GivenCardOptions): CardTarget | undefined {
  const { to, replyTo, replyInThread, fallbackTo, receiveIdType } = options;
  if (to !== undefined && replyTo !== undefined) {
    throw new InvalidOptionError("A card has one target: give either `to` or `replyTo`, received both.");
  }
  if (replyTo === undefined) {
    if (replyInThread !== undefined || fallbackTo !== undefined) {
      throw new InvalidOptionError("replyInThread and fallbackTo belong to `replyTo`, received none.");
    }
    if (to !== undefined) return receiver(to, "to", receiveIdType);
    if (options.cardId !== undefined) return undefined;
    throw new InvalidOptionError(
      "A card needs a target: give `to` (a chat or a person) or `replyTo` (a message), or set FEISHU_TO; received neither.",
    );
  }
  checkMessageId(replyTo, "replyTo");
  if (receiveIdType !== undefined && fallbackTo === undefined) {
    throw new InvalidOptionError("receiveIdType belongs to `to` or `fallbackTo`, received `replyTo` alone.");
  }
  const fallback = fallbackTo === undefined ? undefined : receiver(fallbackTo, "fallbackTo", receiveIdType);
  return { type: "reply", messageId: replyTo, inThread: replyInThread ?? false, fallback };
}

function receiver(id: unknown, option: string, type: ReceiveIdType | undefined): ReceiverTarget {
  checkReceiveId(id, option);
  checkOption("receiveIdType", type, oneOf(...receiveIdTypes));
  return { type: "receiver", receiveId: id, receiveIdType: type ?? receiveIdTypeOf(id) };
}
