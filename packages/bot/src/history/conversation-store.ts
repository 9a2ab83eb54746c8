import { BoundedMap } from "@streamcard/core/internal";

/** A message in the shape of the AI SDK's `ModelMessage`. The messages of an answer are kept as the SDK gave them. */
export type ConversationMessage =
  | { readonly role: "user"; readonly content: string }
  | { readonly role: "assistant"; readonly content: string }
  | { readonly role: "assistant" | "tool"; readonly content: readonly object[] };

/** A question and everything that was answered to it. */
export interface ConversationTurn {
  /** Id of the message that asked. */
  readonly id: string;
  readonly messages: readonly ConversationMessage[];
}

/** Remembers the turns of conversations. Turns are JSON all through, so that any database can hold them. */
export interface ConversationStore {
  /** Reads the turns of a conversation, oldest first; an empty list for an unknown one. */
  read(conversationId: string): readonly ConversationTurn[] | Promise<readonly ConversationTurn[]>;
  /** Adds a turn at the end, or puts it in the place of the turn with the same id. */
  write(conversationId: string, turn: ConversationTurn): void | Promise<void>;
}

/** Sizes of a store in memory. */
export interface MemoryConversationStoreOptions {
  /**
   * Largest number of turns of one conversation; older ones are forgotten.
   * @defaultValue 50
   */
  maxTurns?: number;
  /**
   * Largest number of conversations; the one that was silent longest is forgotten.
   * @defaultValue 1_000
   */
  maxConversations?: number;
}

/** Remembers conversations in this process, and forgets them when it ends. */
export function memoryConversationStore({
  maxTurns = 50,
  maxConversations = 1_000,
}: MemoryConversationStoreOptions = {}): ConversationStore {
  const conversations = new BoundedMap<string, readonly ConversationTurn[]>(maxConversations);
  return {
    read: (conversationId) => conversations.get(conversationId) ?? [],
    write(conversationId, turn) {
      const turns = conversations.get(conversationId) ?? [];
      const at = turns.findIndex(({ id }) => id === turn.id);
      const next = at < 0 ? [...turns, turn] : turns.with(at, turn);
      conversations.set(conversationId, next.slice(-maxTurns));
    },
  };
}
