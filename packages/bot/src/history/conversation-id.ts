/** The facts of a message that tell its conversation. */
export interface ConversationPlace {
  readonly chatId: string;
  readonly chatType: "direct" | "group";
  /** Id of the topic that the message is in; `undefined` outside of topics. */
  readonly threadId?: string | undefined;
  /** Id of the person who wrote the message. */
  readonly senderId: string;
}

/**
 * Names the conversation of a message: a topic, a direct chat, or one person's part of a group.
 *
 * In a group each person has a conversation of their own, because nobody should wait for another person's answer, and
 * nobody's words should reach a model that they did not speak to.
 */
export function conversationIdOf({ chatId, chatType, threadId, senderId }: ConversationPlace): string {
  if (threadId !== undefined) return `${chatId}:${threadId}`;
  return chatType === "direct" ? chatId : `${chatId}:${senderId}`;
}
