import { type ApiCall, type ApiResult, success } from "../api/api-call.ts";
import { type BodyFields, bodyFields } from "../api/body-fields.ts";
import type { Chat } from "../world/chat.ts";
import { createMessage, type Message } from "../world/message.ts";
import { checkChat, checkSending, findMessage } from "./find-message.ts";
import { readMessageContent } from "./message-content.ts";
import { messageData, readableContent } from "./message-data.ts";
import { messageError } from "./message-errors.ts";
import { receivingChat } from "./receiver.ts";

const UUID_MEMORY_MS = 60 * 60 * 1000;

/** Sends a message. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create */
export function sendMessage(call: ApiCall): ApiResult {
  const fields = messageFields(call);
  const receiveId = fields.string("receive_id", { min: 1 });
  const { msgType, content, uuid } = commonFields(fields);
  const chat = receivingChat(call, call.request.query.get("receive_id_type"), receiveId);
  return post(call, { chat, msgType, content, uuid });
}

/** Replies to a message. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/reply */
export function replyToMessage(call: ApiCall): ApiResult {
  const fields = messageFields(call);
  const { msgType, content, uuid } = commonFields(fields);
  const inThread = fields.optionalBoolean("reply_in_thread") ?? false;
  const target = findMessage(call);
  if (target.isRecalled) throw messageError(230011);
  return post(call, { chat: target.chat, msgType, content, uuid, target, inThread });
}

/** Reads the fields of a message request. */
export function messageFields(call: ApiCall): BodyFields {
  return bodyFields(call.body, (field) => messageError(230001, `invalid ${field}`));
}

interface Posting {
  chat: Chat;
  msgType: string;
  content: string;
  uuid: string | undefined;
  target?: Message;
  inThread?: boolean;
}

function commonFields(fields: BodyFields): { msgType: string; content: string; uuid: string | undefined } {
  return {
    msgType: fields.string("msg_type"),
    content: fields.string("content"),
    uuid: fields.optionalString("uuid", { max: 50 }),
  };
}

function post(call: ApiCall, { chat, msgType, content, uuid, target, inThread }: Posting): ApiResult {
  const { world, app, now, record } = call;
  checkChat(chat, app);
  checkSending(chat, now);
  const uuidKey = uuid === undefined || uuid === "" ? undefined : `${app.appId} ${uuid}`;
  const earlier = uuidKey === undefined ? undefined : messageSentAs(call, uuidKey);
  if (earlier !== undefined) return answer(call, earlier);

  const read = readMessageContent(call, msgType, content);
  const entity = read.cardId === undefined ? undefined : world.cards.get(read.cardId);
  const message = createMessage(
    {
      messageId: world.ids.hex("om_"),
      chat,
      sender: { type: "app", app },
      createdAt: now,
      msgType,
      content,
      cardId: read.cardId,
      card: read.card,
      parentId: target?.messageId,
      rootId: target === undefined ? undefined : (target.rootId ?? target.messageId),
      threadId: target?.threadId ?? (inThread ? world.ids.hex("omt_") : undefined),
    },
    world.rules.messageLimitPerSecond,
  );
  world.messages.set(message.messageId, message);
  if (uuidKey !== undefined) world.sentUuids.set(uuidKey, { messageId: message.messageId, time: now });
  if (entity !== undefined) {
    entity.messageId = message.messageId;
    entity.chatId = chat.chatId;
    entity.streaming.sent(now);
    // The text up to now is painted in full, because a client types only the text that arrives after the message.
    entity.typing.clear();
  }
  record.applied = true;
  world.changes.emit({ type: "message-added", messageId: message.messageId, chatId: chat.chatId });
  return answer(call, message);
}

// Finds the message that was sent under the same uuid within the last hour.
function messageSentAs({ world, now }: ApiCall, uuidKey: string): Message | undefined {
  const sent = world.sentUuids.get(uuidKey);
  if (sent === undefined || now - sent.time >= UUID_MEMORY_MS) return undefined;
  return world.messages.get(sent.messageId);
}

function answer({ world, app, record }: ApiCall, message: Message): ApiResult {
  record.messageId = message.messageId;
  record.cardId = message.cardId;
  return success(messageData(world, { app, message, content: readableContent(world, message, "texts") }));
}
