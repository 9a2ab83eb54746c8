import { InvalidOptionError } from "@streamcard/core";
import { type CardStreamOptions, resolveCardStreamOptions } from "@streamcard/core/driver";
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
  /** Id of the chat (`oc_…`) or person (`ou_…`, `on_…`, an e-mail address, a user id) who gets the card. */
  to?: string | undefined;
  /** @defaultValue by the shape of `to`, or of `fallbackTo` */
  receiveIdType?: ReceiveIdType | undefined;
  /** Id of the message (`om_…`) that the card replies to. */
  replyTo?: string | undefined;
  /**
   * Replies in a topic of that message.
   * @defaultValue false
   */
  replyInThread?: boolean | undefined;
  /** Id of the chat or person who gets the card when the message to reply to was recalled. */
  fallbackTo?: string | undefined;
}

/** A card that somebody else has laid out, and the element of it that takes the text. Needs `elementId`. */
export interface GivenCardOptions {
  /**
   * Id of a card entity that exists already. It stays where it is; a target gets further cards for the text that it cannot hold.
   */
  cardId?: string | undefined;
  /**
   * The last `sequence` that was used on that entity.
   * @defaultValue 0
   */
  sequence?: number | undefined;
  /** A card of the visual builder, with its variables. */
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
   * Open id (`ou_…`) of the person who asked. They alone may then press Stop, Regenerate, Approve and Deny.
   * @defaultValue everybody may press them
   */
  askedBy?: string | undefined;
  /** Choice of the images that are drawn. Needs the scope `im:resource`. */
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

/** Reads the options of a given card. @returns `undefined` where there is none. @throws {InvalidOptionError} when it cannot be one. */
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
    if (typeof cardTemplate.id === "string" && cardTemplate.id !== "") return cardTemplate;
    throw new InvalidOptionError(
      `cardTemplate.id must be the id of a template, received ${JSON.stringify(cardTemplate.id)}.`,
    );
  }
  if (typeof cardId !== "string" || !/^\w{1,20}$/.test(cardId)) {
    throw new InvalidOptionError(
      `cardId must be the id of a card entity, up to 20 digits, received ${JSON.stringify(cardId)}.`,
    );
  }
  const last = sequence ?? 0;
  if (!Number.isInteger(last) || last < 0 || last >= limits.sequence) {
    throw new InvalidOptionError(
      `sequence must be a whole number from 0 to ${limits.sequence - 1}, received ${String(sequence)}.`,
    );
  }
  return { cardId, sequence: last };
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
  if (type !== undefined && !receiveIdTypes.includes(type)) {
    throw new InvalidOptionError(
      `receiveIdType must be one of ${receiveIdTypes.join(", ")}, received ${JSON.stringify(type)}.`,
    );
  }
  return { type: "receiver", receiveId: id, receiveIdType: type ?? receiveIdTypeOf(id) };
}
