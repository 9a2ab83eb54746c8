import type { RequestRecord } from "../../exchange/request-log.ts";
import type { Operation } from "../gateway/routes.ts";
import type { Toast } from "../people/click.ts";

/** Something in the emulated world is different now. */
export type WorldChange =
  | { type: "message-added"; messageId: string; chatId: string }
  | { type: "message-changed"; messageId: string; chatId: string }
  | { type: "message-recalled"; messageId: string; chatId: string }
  | { type: "chat-added"; chatId: string }
  | { type: "chat-dissolved"; chatId: string }
  | { type: "bot-removed"; chatId: string }
  | { type: "person-added"; openId: string }
  | { type: "card-created"; cardId: string }
  | { type: "card-changed"; cardId: string; operation: Operation | "click" }
  /** A content call: a client begins to type this element's text. */
  | { type: "paint-restarted"; cardId: string; elementId: string }
  | { type: "interaction-started"; cardId?: string; messageId?: string }
  | {
      type: "interaction-ended";
      /** That of the click's event. */
      eventId: string;
      cardId?: string;
      messageId?: string;
      /** What the person is told went wrong. */
      code?: number;
      /** What the app has the person told. */
      toast?: Toast;
    }
  | { type: "request-logged"; request: RequestRecord };

export interface Feed<Event> {
  emit(event: Event): void;
  /** @returns a function that ends the subscription. */
  subscribe(listener: (event: Event) => void): () => void;
}

export function createFeed<Event>(): Feed<Event> {
  const listeners = new Set<(event: Event) => void>();
  return {
    emit: (event) => {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          // A listener's failure is the listener's own: it must not turn into an answer of the platform.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
