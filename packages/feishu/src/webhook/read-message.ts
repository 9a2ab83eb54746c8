import type { MessageFacts } from "./feishu-message.ts";
import type { InboundOptions } from "./inbound-options.ts";
import { type MessageMention, readMessageContent } from "./message-content.ts";
import type { ReceivedMessage } from "./parse-event.ts";

/** What a received message says. */
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

/** In a group nobody waits for another person's answer, and nobody's words reach a model that they did not speak to. */
function defaultConversation({
  chatId,
  chatType,
  threadId,
  sender,
}: Omit<MessageFacts, "conversationId">): string {
  if (threadId !== undefined) return `${chatId}:${threadId}`;
  return chatType === "direct" ? chatId : `${chatId}:${sender.openId}`;
}
