/** A message in the shape of the AI SDK's `ModelMessage`. What a run answered is kept as the SDK gave it. */
export type ConversationMessage =
  | { readonly role: "user"; readonly content: string }
  | { readonly role: "assistant"; readonly content: string }
  | { readonly role: "assistant" | "tool"; readonly content: readonly object[] };

/** A question and everything that was answered to it. */
export interface ConversationTurn {
  /** The id of the message that asked. */
  readonly id: string;
  readonly messages: readonly ConversationMessage[];
}

/** Remembers what was said, by conversation. JSON all through, so that any database can hold it. */
export interface ConversationStore {
  /** Turns, oldest first. */
  read(conversationId: string): readonly ConversationTurn[] | Promise<readonly ConversationTurn[]>;
  /** Adds a turn at the end, or puts it in the place of the one with the same id. */
  write(conversationId: string, turn: ConversationTurn): void | Promise<void>;
}

export interface MemoryConversationStoreOptions {
  /** Turns of one conversation; older ones are forgotten. @defaultValue 50 */
  maxTurns?: number;
  /** Conversations; the one that was silent longest is forgotten. @defaultValue 1_000 */
  maxConversations?: number;
}

/** Remembers in this process, and forgets when it ends. */
export function memoryConversationStore({
  maxTurns = 50,
  maxConversations = 1_000,
}: MemoryConversationStoreOptions = {}): ConversationStore {
  const conversations = new Map<string, readonly ConversationTurn[]>();
  return {
    read: (conversationId) => conversations.get(conversationId) ?? [],
    write(conversationId, turn) {
      const turns = conversations.get(conversationId) ?? [];
      const at = turns.findIndex(({ id }) => id === turn.id);
      const next = at < 0 ? [...turns, turn] : turns.with(at, turn);
      conversations.delete(conversationId);
      conversations.set(conversationId, next.slice(-maxTurns));
      const [oldest] = conversations.keys();
      if (conversations.size > maxConversations && oldest !== undefined) conversations.delete(oldest);
    },
  };
}
