import { cloneJson, isJsonObject, type JsonObject, type JsonValue, parseJson } from "../../ground/json.ts";
import type { Message } from "../world/message.ts";

/** A message as the people in the chat have it. Times are in milliseconds of the emulator's clock. */
export interface MessageSnapshot {
  readonly messageId: string;
  readonly chatId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly sender: { readonly type: "app" | "user"; readonly id: string; readonly name: string };
  readonly msgType: string;
  readonly content: JsonValue;
  /** The text of a text message. */
  readonly text: string | undefined;
  /** The card entity that it shows. */
  readonly cardId: string | undefined;
  /** A card that came with the message, or that a message patch put in the place of the entity. */
  readonly card: JsonObject | undefined;
  /** The message that it replies to, the first one of that exchange, and the thread it is in. */
  readonly parentId: string | undefined;
  readonly rootId: string | undefined;
  readonly threadId: string | undefined;
  readonly isRecalled: boolean;
  readonly edits: number;
}

export function messageSnapshot(message: Message): MessageSnapshot {
  const { sender, msgType, card } = message;
  const parsed = parseJson(message.content);
  const content = parsed.ok ? parsed.value : null;
  const text = isJsonObject(content) ? content.text : undefined;
  return {
    messageId: message.messageId,
    chatId: message.chat.chatId,
    createdAt: message.createdAt,
    updatedAt: message.updatedAt,
    sender:
      sender.type === "app"
        ? { type: "app", id: sender.app.appId, name: sender.app.name }
        : { type: "user", id: sender.person.openId, name: sender.person.name },
    msgType,
    content,
    text: msgType === "text" && typeof text === "string" ? text : undefined,
    cardId: message.cardId,
    card: card === undefined ? undefined : cloneJson(card),
    parentId: message.parentId,
    rootId: message.rootId,
    threadId: message.threadId,
    isRecalled: message.isRecalled,
    edits: message.edits,
  };
}
