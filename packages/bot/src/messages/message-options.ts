import type { ConversationStore } from "../history/conversation-store.ts";
import type { PlatformTypes } from "../platform/platform-types.ts";
import type { Answerable } from "./answerable-message.ts";
import type { MessagePolicy } from "./message-policy.ts";
import type { WhenBusy } from "./run-queue.ts";

/** Options of the answers to messages. */
export interface MessageOptions<P extends PlatformTypes> extends MessagePolicy {
  /**
   * Answers a message. The platform has its acknowledgement long before this is done.
   * An error that it throws is told to `onError`, and to the reader on a card where no card was made yet.
   * @defaultValue none: messages are acknowledged, and nothing else
   */
  onMessage?: ((message: P["message"] & Answerable<P>) => unknown) | undefined;
  /**
   * The fate of a message that comes while the one before it is being answered.
   * @defaultValue "queue"
   */
  whenBusy?: WhenBusy | undefined;
  /**
   * Names the conversation of a message. Messages of one conversation share a history and are answered one after the other.
   * @defaultValue a direct chat, a topic, or one person's messages in a group
   */
  conversationOf?: ((message: Omit<P["message"], "conversationId">) => string) | undefined;
  /**
   * Longest run, in milliseconds: then its signal is aborted and the next one begins.
   * @defaultValue 900_000
   */
  maxRunMs?: number | undefined;
  /**
   * Remembers conversations, for `message.history()`.
   * @defaultValue this process's memory
   */
  conversations?: ConversationStore | undefined;
  /** Options of every card that `message.reply()` makes. @defaultValue none */
  card?: P["replyOptions"] | undefined;
}
