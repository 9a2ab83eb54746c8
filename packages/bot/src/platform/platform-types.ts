import type { LanesOptions } from "@streamcard/core";

/** A message to the bot: the fields by which the bot decides. A platform's own message has more. */
export interface BotMessage {
  /** Id of the message, unique on its platform. */
  readonly id: string;
  /** The words of the message, as Markdown where they were formatted; empty for an image or a file. */
  readonly text: string;
  /** Images and files of the message. */
  readonly resources: readonly BotResource[];
  readonly chatId: string;
  readonly chatType: "direct" | "group";
  readonly sender: { readonly isBot: boolean };
  /** True where the message mentions the bot that received it. */
  readonly mentionsBot: boolean;
  /** Messages of one conversation share a history, and are answered one after the other. */
  readonly conversationId: string;
}

/** An image or a file of a message. */
export interface BotResource {
  /** Kind of resource, such as `image` or `file`. */
  readonly type: string;
  /** The platform's key of the resource. */
  readonly key: string;
  readonly name?: string;
}

/** The types in which one platform speaks of messages, people and clicks. */
export interface PlatformTypes {
  /** A message before there is a way to answer it. */
  message: BotMessage;
  /** A person, by the ids that the platform has for them. */
  person: unknown;
  /** The place that an answer goes to, as an option of the platform's cards. */
  target: unknown;
  /** Options of `message.reply()`. */
  replyOptions: { readonly lanes?: LanesOptions | undefined };
  /** A click on a component of the app's own. */
  cardAction: unknown;
  /** The app's answer to such a click. */
  cardAnswer: unknown;
}
