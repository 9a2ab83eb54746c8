import type { BotMessage } from "../platform/platform-types.ts";

/** Restricts the messages that a bot answers. */
export interface MessagePolicy {
  /**
   * Ids of the people who may talk to the bot, any of those that the platform has for a person.
   * @defaultValue everybody
   */
  allowedUsers?: readonly string[] | undefined;
  /**
   * Ids of the chats in which the bot answers.
   * @defaultValue all chats
   */
  allowedChats?: readonly string[] | undefined;
  /**
   * Answers messages of a group only where they mention the bot.
   * @defaultValue true
   */
  requireMention?: boolean | undefined;
}

/**
 * Tells whether the bot answers a message. It never answers another bot's, because two of them would talk for ever.
 *
 * @param senderIds Every id of the person who wrote the message.
 */
export function isAdmitted(
  {
    sender,
    chatId,
    chatType,
    mentionsBot,
  }: Pick<BotMessage, "sender" | "chatId" | "chatType" | "mentionsBot">,
  senderIds: readonly string[],
  { allowedUsers, allowedChats, requireMention = true }: MessagePolicy,
): boolean {
  if (sender.isBot) return false;
  if (allowedChats !== undefined && !allowedChats.includes(chatId)) return false;
  if (allowedUsers !== undefined && !senderIds.some((id) => allowedUsers.includes(id))) return false;
  return chatType === "direct" || mentionsBot || !requireMention;
}
