import type {
  Feedback as BotFeedback,
  MayAct as BotMayAct,
  ClickOptions,
  PlatformTypes,
} from "@streamcard/bot";
import type { MessageFacts, MessageTarget } from "./message-facts.ts";
import type { Person, ReceivedCardAction } from "./parse-event.ts";
import type { ReplyOptions } from "./reply-options.ts";

/** A click on a component of the app's own. */
export type FeishuCardAction = Omit<ReceivedCardAction, "type">;

/** A short notice to the person who clicked. */
export interface Toast {
  readonly type: "info" | "success" | "warning" | "error";
  /** Words for clients that choose no language. */
  readonly content: string;
  /** Words by language (`zh_cn`, `en_us`, `ja_jp`), from which the client chooses. */
  readonly i18n?: Readonly<Record<string, string>>;
}

/**
 * The body that answers a click.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication
 */
export interface CardActionResponse {
  readonly toast?: Toast;
  /** Takes the card's place, which must not be streaming. */
  readonly card?: { readonly type: "raw" | "template"; readonly data: object };
}

/** Feishu's types of messages, people and clicks. */
export interface FeishuTypes extends PlatformTypes {
  /** A message before there is a way to answer it. */
  message: MessageFacts;
  /** A person, by the ids that the app may know. */
  person: Person;
  /** The place that an answer goes to. */
  target: MessageTarget;
  /** Options of `message.reply()`. */
  replyOptions: ReplyOptions;
  /** A click on a component of the app's own. */
  cardAction: FeishuCardAction;
  /** The body with which the app answers such a click. */
  cardAnswer: CardActionResponse;
}

/** An opinion on an answer. */
export type Feedback = BotFeedback<FeishuTypes>;

/** The people who may press Stop, Regenerate, Approve and Deny. Everybody may give feedback. */
export type MayAct = BotMayAct<Person>;

/** Handlers of clicks. */
export type CardActionHandlers = ClickOptions<FeishuTypes>;
