import { cloneJson, isJsonObject, type JsonObject, type JsonValue, parseJson } from "../../ground/json.ts";
import type { Message } from "../world/message.ts";

/** A message as the people in the chat see it. Times are in milliseconds of the emulator's clock. */
export interface MessageSnapshot {
  readonly messageId: string;
  readonly chatId: string;
  /** Time at which the message was sent. */
  readonly createdAt: number;
  /** Time of the last edit or message patch; `createdAt` before the first. */
  readonly updatedAt: number;
  /** Sender: the app id of an app, or the open id (for the default app) of a person. */
  readonly sender: { readonly type: "app" | "user"; readonly id: string; readonly name: string };
  /** Type of the message, such as `text`, `post`, `image` or `interactive`. */
  readonly msgType: string;
  /** Content as the sender gave it, parsed. */
  readonly content: JsonValue;
  /** Text of a text message; `undefined` for every other type. */
  readonly text: string | undefined;
  /** Card entity that the message was sent with. */
  readonly cardId: string | undefined;
  /** Card JSON that came in the message itself, or that a message patch put in the entity's place. */
  readonly card: JsonObject | undefined;
  /** Message that this one replies to. */
  readonly parentId: string | undefined;
  /** First message of the chain of replies. */
  readonly rootId: string | undefined;
  /** Thread that the message is in. */
  readonly threadId: string | undefined;
  readonly isRecalled: boolean;
  /** Number of edits since the message was sent. */
  readonly edits: number;
}

/** Takes a copy of a message's state. */
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
