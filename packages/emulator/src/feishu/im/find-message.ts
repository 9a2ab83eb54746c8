import { type ApiCall, param } from "../api/api-call.ts";
import { businessLimit } from "../rules/platform-error.ts";
import type { App } from "../world/app.ts";
import type { Chat } from "../world/chat.ts";
import type { Message } from "../world/message.ts";
import { messageError, unknownId } from "./message-errors.ts";

/** Finds the message that the path names. @throws {PlatformError} when there is none, or the app's bot can do nothing in its chat. */
export function findMessage(call: ApiCall): Message {
  const messageId = param(call, "message_id");
  if (!messageId.startsWith("om_")) throw messageError(230001, "invalid message_id");
  const message = call.world.messages.get(messageId);
  if (message === undefined) throw unknownId(99992354, "message_id", messageId);
  checkChat(message.chat, call.app);
  return message;
}

/** Checks that an app's bot can act in a chat. @throws {PlatformError} when the bot is off or not in the chat, or the chat is dissolved. */
export function checkChat(chat: Chat, app: App): void {
  if (!app.hasBot) throw messageError(230006);
  if (chat.isDissolved) throw messageError(232009);
  if (!chat.apps.includes(app)) throw messageError(230002);
}

/** Checks that a message can be sent to a chat, and counts it. @throws {PlatformError} when the chat refuses messages, or gets them too fast. */
export function checkSending(chat: Chat, now: number): void {
  if (chat.refusal !== undefined) throw messageError(chat.refusal);
  if (chat.window.waitMs(now) > 0) throw businessLimit();
  chat.window.add(now);
}

export function isSentBy(message: Message, app: App): boolean {
  return message.sender.type === "app" && message.sender.app === app;
}
