import type { BotMessage } from "@streamcard/bot";
import type { MessageMention, MessageResource } from "./message-content.ts";
import type { Person } from "./parse-event.ts";

/** The place that an answer goes to. Fits the options of `feishu.card()`, `toFeishuCard()` and every other adapter. */
export interface MessageTarget {
  readonly replyTo: string;
  /** The chat that gets the answer when the message was recalled. */
  readonly fallbackTo: string;
  /** Open id of the person who asked: they alone may stop the answer. */
  readonly askedBy: string;
  /** Aborted when the run has to end. */
  readonly signal: AbortSignal;
}

/** A message to the bot, before there is a way to answer it. */
export interface MessageFacts extends BotMessage {
  /** Message id (`om_…`). */
  readonly id: string;
  /** The platform's message type: `text`, `post`, `image`, `file`, `audio`, `media`, `sticker` … */
  readonly type: string;
  /**
   * Words of the message, as Markdown where they were formatted; empty for an image or a file. Others' mentions are
   * `@name`, the bot's own are gone.
   */
  readonly text: string;
  /** Images and files of the message, by key. */
  readonly resources: readonly MessageResource[];
  /** Chat id (`oc_…`). */
  readonly chatId: string;
  /** Id of the topic (`omt_…`) that the message is in. */
  readonly threadId?: string;
  /** Id of the message at the top of its chain of replies. */
  readonly rootId?: string;
  /** Id of the message that it replies to. */
  readonly parentId?: string;
  readonly sender: Person & { readonly isBot: boolean };
  readonly mentions: readonly MessageMention[];
  /** Time of the message, in milliseconds since the epoch. */
  readonly createdAt: number;
}
