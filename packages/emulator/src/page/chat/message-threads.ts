import type { ShownMessage } from "../state/page-state.ts";

/** A message of a chat, and the replies that stand in a thread below it. */
export interface MessageThread {
  readonly message: ShownMessage;
  readonly replies: readonly ShownMessage[];
}

/** Puts replies in a thread below the message that it began with. Where that is not on the page, they stay in the row. */
export function threadsOf(messages: readonly ShownMessage[]): MessageThread[] {
  const rootIds = new Set(messages.map(({ messageId }) => messageId));
  const replies = new Map<string, ShownMessage[]>();
  const roots: ShownMessage[] = [];
  for (const message of messages) {
    const { threadRootId } = message;
    if (threadRootId === undefined || !rootIds.has(threadRootId)) {
      roots.push(message);
      continue;
    }
    const others = replies.get(threadRootId) ?? [];
    replies.set(threadRootId, [...others, message]);
  }
  return roots.map((message) => ({ message, replies: replies.get(message.messageId) ?? [] }));
}

// Messages further apart than this have the time between them.
const PAUSE_MS = 5 * 60 * 1000;

/** Whether there is a time to be said between two messages. */
export function isAfterPause(message: ShownMessage, before: ShownMessage | undefined): boolean {
  return before === undefined || message.createdAt - before.createdAt > PAUSE_MS;
}

/** Whether a message begins a row of its sender's. */
export function isFirstOfRow(message: ShownMessage, before: MessageThread | undefined): boolean {
  return (
    before === undefined ||
    isAfterPause(message, before.message) ||
    before.message.isRecalled ||
    before.message.sender.id !== message.sender.id ||
    before.replies.length > 0 ||
    message.quote !== undefined
  );
}
