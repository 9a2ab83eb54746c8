import type { ShownMessage } from "../state/page-state.ts";

/** A message of a chat, with the replies that stand in a thread below it. */
export interface MessageThread {
  readonly message: ShownMessage;
  readonly replies: readonly ShownMessage[];
}

/** Puts the replies of a thread below the thread's first message. If that is not on the page, the replies stay in the list. */
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

// Messages that are further apart have a line with the time between them.
const PAUSE_MS = 5 * 60 * 1000;

/** Tells whether a line with the time stands before a message. */
export function isAfterPause(message: ShownMessage, before: ShownMessage | undefined): boolean {
  return before === undefined || message.createdAt - before.createdAt > PAUSE_MS;
}

/** Tells whether a message shows its sender: it is the first of several in a row by the same sender. */
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
