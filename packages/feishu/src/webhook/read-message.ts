import { conversationIdOf } from "@streamcard/bot";
import type { InboundOptions } from "./inbound-options.ts";
import { type MessageMention, readMessageContent } from "./message-content.ts";
import type { MessageFacts } from "./message-facts.ts";
import type { ReceivedMessage } from "./parse-event.ts";

/**
 * Reads a received message.
 *
 * @param botOpenId Open id of our own bot; `undefined` where it is unknown.
 * @param conversationOf The app's own way to name a conversation.
 */
export function readMessageFacts(
  received: ReceivedMessage,
  botOpenId: string | undefined,
  conversationOf: InboundOptions["conversationOf"] = defaultConversation,
): MessageFacts {
  const { messageId, messageType, chatId, chatType, threadId, rootId, parentId, createdAt, sender } =
    received;
  const mentions = received.mentions.map(
    ({ key, name, openId, isBot }): MessageMention => ({
      key,
      name,
      isBot,
      isSelf: openId !== undefined && openId === botOpenId,
      ...(openId !== undefined && { openId }),
    }),
  );
  const facts = {
    id: messageId,
    type: messageType,
    ...readMessageContent(messageType, received.content, mentions),
    chatId,
    chatType,
    ...(threadId !== undefined && { threadId }),
    ...(rootId !== undefined && { rootId }),
    ...(parentId !== undefined && { parentId }),
    sender,
    mentions,
    mentionsBot: mentions.some(({ isSelf }) => isSelf),
    createdAt,
  };
  return { ...facts, conversationId: conversationOf(facts) };
}

function defaultConversation({
  chatId,
  chatType,
  threadId,
  sender,
}: Omit<MessageFacts, "conversationId">): string {
  return conversationIdOf({ chatId, chatType, threadId, senderId: sender.openId });
}
