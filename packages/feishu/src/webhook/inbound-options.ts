import { type Clock, InvalidOptionError, type LanesOptions, type Logger } from "@streamcard/core";
import type { Feishu } from "../create-feishu.ts";
import type { FeishuCardOptions, FeishuTargetOptions } from "../feishu-card-options.ts";
import type { CardActionHandlers } from "./card-action.ts";
import type { ConversationStore } from "./conversation-store.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import type { FeishuMessage, MessageFacts } from "./feishu-message.ts";
import type { OtherEvent } from "./parse-event.ts";
import type { WhenBusy } from "./run-queue.ts";

/** Options of the cards that `message.reply()` makes: all but where they go, though that may be a topic. */
export type ReplyOptions = Omit<
  FeishuCardOptions,
  keyof FeishuTargetOptions | "runId" | "askedBy" | "signal"
> &
  Pick<FeishuTargetOptions, "replyInThread"> & {
    /** How several runs share the card. */
    lanes?: LanesOptions | undefined;
  };

/** What an app does with what reaches it, however it reaches it. */
export interface InboundOptions extends CardActionHandlers {
  /** @defaultValue the app that the environment names, as for `feishuCard()` */
  feishu?: Feishu | undefined;

  /**
   * Answers a message. The platform has its answer long before this is done.
   * What it throws is told to `onError`, and on a card to the reader where none was made yet.
   */
  onMessage?: ((message: FeishuMessage) => unknown) | undefined;
  /** Told of every event that is neither a message nor a click. */
  onEvent?: ((event: OtherEvent) => unknown) | undefined;
  /**
   * Told of what your handlers and stores throw, and of keys and credentials that are missing.
   * @defaultValue `console.error`
   */
  onError?: ((error: unknown) => void) | undefined;

  /** People who may talk to the bot: open, union or user ids. @defaultValue everybody */
  allowedUsers?: readonly string[] | undefined;
  /** Chats in which the bot answers (`oc_…`). @defaultValue all */
  allowedChats?: readonly string[] | undefined;
  /** Whether a message in a group has to mention the bot. @defaultValue true */
  requireMention?: boolean | undefined;

  /** What happens to a message that comes while the one before it is being answered. @defaultValue "queue" */
  whenBusy?: WhenBusy | undefined;
  /**
   * What belongs together: shares a history, and is answered one after the other.
   * @defaultValue a direct chat, a topic, or what one person says in a group
   */
  conversationOf?: ((message: Omit<MessageFacts, "conversationId">) => string) | undefined;
  /** Longest run, in milliseconds; then its signal is aborted and the next one begins. @defaultValue 900_000 */
  maxRunMs?: number | undefined;

  /** Remembers deliveries. @defaultValue this process's memory */
  deliveries?: DeliveryStore | undefined;
  /** Remembers what was said, for `message.history()`. @defaultValue this process's memory */
  conversations?: ConversationStore | undefined;

  /** Options of every card that `message.reply()` makes. */
  card?: ReplyOptions | undefined;
  /** Open id of the app's own bot. @defaultValue asked from the platform, once */
  botOpenId?: string | undefined;

  /**
   * Told of requests that were refused, and why: a stranger's, or the platform's own where a key is wrong.
   * @defaultValue warns once of each kind of trouble
   */
  logger?: Logger | undefined;
  /** @defaultValue the system's clock */
  clock?: Clock | undefined;
}

/** How long the app may take to answer a request: the platform gives it 3 seconds, travel included. */
export const ANSWER_MS = 2_500;

const handlers = ["onMessage", "onEvent", "onError", "onCardAction", "onFeedback", "conversationOf"] as const;
const choices = { whenBusy: ["queue", "replace", "drop"], mayAct: ["asker", "anyone"] } as const;

/** @throws {InvalidOptionError} when an option can never work. */
export function checkInboundOptions(options: InboundOptions): void {
  for (const name of handlers) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "function") throw wrong(name, "a function", value);
  }
  for (const [name, words] of Object.entries(choices)) {
    const value: unknown = options[name as keyof typeof choices];
    const isFunction = name === "mayAct" && typeof value === "function";
    if (value !== undefined && !isFunction && !words.some((word) => word === value)) {
      throw wrong(name, `one of ${words.join(", ")}${name === "mayAct" ? " or a function" : ""}`, value);
    }
  }
  for (const name of ["allowedUsers", "allowedChats"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && !(Array.isArray(value) && value.every((id) => typeof id === "string"))) {
      throw wrong(name, "a list of ids", value);
    }
  }
  const { maxRunMs } = options;
  // Longer than a timer can wait would be no time at all.
  if (maxRunMs !== undefined && !(maxRunMs > 0 && maxRunMs < 2 ** 31)) {
    throw wrong("maxRunMs", "a number of milliseconds from 1 to 2147483647", maxRunMs);
  }
}

function wrong(option: string, expected: string, value: unknown): InvalidOptionError {
  return new InvalidOptionError(
    `${option} must be ${expected}, received ${JSON.stringify(value) ?? typeof value}.`,
  );
}
