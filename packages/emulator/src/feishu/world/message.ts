import type { JsonObject } from "../../ground/json.ts";
import { SlidingWindow } from "../../ground/sliding-window.ts";
import type { App } from "./app.ts";
import type { Chat } from "./chat.ts";
import type { Person } from "./person.ts";

type Sender = { type: "app"; app: App } | { type: "user"; person: Person };

/** A message as the platform keeps it. Times are in milliseconds of the emulator's clock. */
export interface Message {
  readonly messageId: string;
  readonly chat: Chat;
  readonly sender: Sender;
  readonly createdAt: number;
  updatedAt: number;
  msgType: string;
  /** Content as it was sent, a string of JSON. */
  content: string;
  /** Card entity that the message was sent with. */
  readonly cardId: string | undefined;
  /** Card that came in the message itself, or that a message patch put in the entity's place. */
  card: JsonObject | undefined;
  readonly parentId: string | undefined;
  readonly rootId: string | undefined;
  readonly threadId: string | undefined;
  isRecalled: boolean;
  edits: number;
  /** End of the lock that a click on a card without an entity puts on the message. */
  lockedUntil: number;
  readonly patchWindow: SlidingWindow;
}

export type NewMessage = Omit<Message, "updatedAt" | "isRecalled" | "edits" | "lockedUntil" | "patchWindow">;

export function createMessage(message: NewMessage, patchesPerSecond: number): Message {
  return {
    ...message,
    updatedAt: message.createdAt,
    isRecalled: false,
    edits: 0,
    lockedUntil: Number.NEGATIVE_INFINITY,
    patchWindow: new SlidingWindow(patchesPerSecond, 1000),
  };
}
