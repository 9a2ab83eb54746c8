import type { MessageFacts } from "./feishu-message.ts";
import type { InboundOptions } from "./inbound-options.ts";

type Policy = Pick<InboundOptions, "allowedUsers" | "allowedChats" | "requireMention">;

/** Whether the bot answers a message. Never another bot's: two of them would talk for ever. */
export function isAdmitted(
  { sender, chatId, chatType, mentionsBot }: MessageFacts,
  { allowedUsers, allowedChats, requireMention = true }: Policy,
): boolean {
  if (sender.isBot) return false;
  if (allowedChats !== undefined && !allowedChats.includes(chatId)) return false;
  const ids = [sender.openId, sender.unionId, sender.userId];
  if (allowedUsers !== undefined && !ids.some((id) => id !== undefined && allowedUsers.includes(id)))
    return false;
  return chatType === "direct" || mentionsBot || !requireMention;
}
