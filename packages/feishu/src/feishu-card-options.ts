import { type CardStreamOptions, InvalidOptionError } from "@streamcard/core";
import type { CardJsonOptions } from "./card-json.ts";
import type { CardTarget, ReceiverTarget } from "./card-message.ts";
import type { ProfileOptions } from "./card-profile.ts";
import {
  checkMessageId,
  checkReceiveId,
  type ReceiveIdType,
  receiveIdTypeOf,
  receiveIdTypes,
} from "./receive-id.ts";

/** Where a card goes: exactly one of `to` and `replyTo`. */
export interface FeishuTargetOptions {
  /** Id of the chat (`oc_…`) or person (`ou_…`, `on_…`, an e-mail address, a user id) who gets the card. */
  to?: string | undefined;
  /** @defaultValue by the shape of `to` */
  receiveIdType?: ReceiveIdType | undefined;
  /** Id of the message (`om_…`) that the card replies to. */
  replyTo?: string | undefined;
  /**
   * Replies in a topic of that message.
   * @defaultValue false
   */
  replyInThread?: boolean | undefined;
  /** Gets the card when the message to reply to was recalled. */
  fallbackTo?: string | undefined;
}

/** Options of one card. */
export interface FeishuCardOptions
  extends FeishuTargetOptions,
    CardJsonOptions,
    ProfileOptions,
    Omit<CardStreamOptions, "driver" | "clock"> {}

/**
 * Checks a target before there is a card. @internal for `langchain`, whose cards are made when a run starts
 *
 * @throws {InvalidOptionError} when the target cannot be one.
 */
export function checkFeishuTarget(options: FeishuTargetOptions): void {
  readTarget(options);
}

/** @throws {InvalidOptionError} when the target cannot be one. */
export function readTarget(options: FeishuTargetOptions): CardTarget {
  const { to, replyTo, replyInThread = false, fallbackTo, receiveIdType } = options;
  if (to !== undefined && replyTo !== undefined) {
    throw new InvalidOptionError("A card has one target: give either `to` or `replyTo`, received both.");
  }
  if (replyTo === undefined) {
    if (to === undefined) {
      throw new InvalidOptionError(
        "A card needs a target: give `to` (a chat or a person) or `replyTo` (a message), received neither.",
      );
    }
    return receiver(to, "to", receiveIdType);
  }
  checkMessageId(replyTo, "replyTo");
  const fallback = fallbackTo === undefined ? undefined : receiver(fallbackTo, "fallbackTo", undefined);
  return { type: "reply", messageId: replyTo, inThread: replyInThread, fallback };
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
