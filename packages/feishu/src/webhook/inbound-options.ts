import { type BotOptions, checkBotOptions } from "@streamcard/bot";
import type { Logger } from "@streamcard/core";
import { aFunction, checkOption } from "@streamcard/core/internal";
import type { Feishu } from "../create-feishu.ts";
import type { FeishuMessage } from "./feishu-message.ts";
import type { FeishuTypes } from "./feishu-types.ts";
import type { OtherEvent } from "./parse-event.ts";

/** Handlers and rules for the messages, clicks and events that reach an app. */
export interface InboundOptions extends BotOptions<FeishuTypes> {
  /**
   * The app that answers.
   * @defaultValue the app that the environment names, as for `feishuCard()`
   */
  feishu?: Feishu | undefined;
  /**
   * Answers a message. The platform has its acknowledgement long before this is done.
   * An error that it throws goes to `onError`; the reader is told on a card, unless there is one already.
   * @defaultValue none: messages are not answered
   */
  onMessage?: ((message: FeishuMessage) => unknown) | undefined;
  /** Receives every event that is neither a message nor a click. @defaultValue none */
  onEvent?: ((event: OtherEvent) => unknown) | undefined;
  /**
   * Open, union or user ids of the people who may talk to the bot.
   * @defaultValue everybody
   */
  allowedUsers?: readonly string[] | undefined;
  /**
   * Ids of the chats (`oc_…`) in which the bot answers.
   * @defaultValue all chats
   */
  allowedChats?: readonly string[] | undefined;
  /**
   * Open id of the app's own bot.
   * @defaultValue asked from the platform, once
   */
  botOpenId?: string | undefined;
  /**
   * Receives the reason of each refused request: a stranger's, or the platform's own where a key is wrong.
   * @defaultValue warns once of each kind of trouble
   */
  logger?: Logger | undefined;
}

/** Time to answer a request, in milliseconds. The platform gives 3 seconds, travel included. */
export const ANSWER_MS = 2_500;

/** @throws {InvalidOptionError} when an option can never work. */
export function checkInboundOptions(options: InboundOptions): void {
  checkBotOptions(options);
  checkOption("onEvent", options.onEvent, aFunction);
}
