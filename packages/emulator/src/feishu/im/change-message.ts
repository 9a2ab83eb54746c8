import { isJsonObject, type JsonObject, parseJsonObject, utf8Bytes } from "../../ground/json.ts";
import { type ApiCall, type ApiResult, success } from "../api/api-call.ts";
import { businessLimit, PlatformError } from "../rules/platform-error.ts";
import type { Message } from "../world/message.ts";
import { findMessage, isSentBy } from "./find-message.ts";
import { isSchema2, readCardContent, readMessageContent } from "./message-content.ts";
import { messageData, readableContent, shownCard } from "./message-data.ts";
import { messageError } from "./message-errors.ts";
import { messageFields } from "./send-message.ts";

const MAX_AGE_MS = 14 * 24 * 60 * 60 * 1000;
const MAX_CARD_BYTES = 30_000;
const MAX_EDITS = 20;

/** Replaces the card of a message. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/patch */
export function patchMessage(call: ApiCall): ApiResult {
  const content = messageFields(call).string("content");
  const { world, app, now, record } = call;
  const message = findMessage(call);
  if (message.isRecalled) throw messageError(230011);
  if (message.msgType !== "interactive") throw messageError(230054);
  if (!isSentBy(message, app)) throw messageError(230027);
  if (now - message.createdAt >= MAX_AGE_MS) throw messageError(230031);
  if (message.patchWindow.waitMs(now) > 0) throw businessLimit();
  message.patchWindow.add(now);
  checkLock(call, message);
  if (utf8Bytes(content) > MAX_CARD_BYTES) throw messageError(230025);

  const before = shownCard(world, message) ?? {};
  const read = readCardContent(call, parseJsonObject(content));
  if ("cardId" in read) throw messageError(230001, "a card entity cannot take the place of a card");
  if (isSchema2(before) !== isSchema2(read.card)) {
    const msg =
      "Failed to create card content, ext=ErrCode: 200800; ErrMsg: schema of update differs from schema of message; ";
    throw new PlatformError({ code: 230099, msg });
  }
  if (!isShared(before) || !isShared(read.card)) throw messageError(230001, "update_multi must be true");
  message.card = read.card;
  message.updatedAt = now;
  record.applied = true;
  world.changes.emit({ type: "message-changed", messageId: message.messageId, chatId: message.chat.chatId });
  return success({}, "ok");
}

/** Edits a text or a rich text. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/update */
export function editMessage(call: ApiCall): ApiResult {
  const fields = messageFields(call);
  const msgType = fields.string("msg_type");
  const content = fields.string("content");
  const { world, app, now, record } = call;
  const message = findMessage(call);
  if (message.isRecalled) throw messageError(230011);
  if (!isSentBy(message, app)) throw messageError(230071);
  const isEditable = [msgType, message.msgType].every((type) => type === "text" || type === "post");
  if (!isEditable) throw messageError(230054);
  if (message.edits >= MAX_EDITS) throw messageError(230072);
  readMessageContent(call, msgType, content);
  message.msgType = msgType;
  message.content = content;
  message.updatedAt = now;
  message.edits += 1;
  record.applied = true;
  world.changes.emit({ type: "message-changed", messageId: message.messageId, chatId: message.chat.chatId });
  return success(messageData(world, { app, message, content }));
}

/** Recalls a message. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/delete */
export function recallMessage(call: ApiCall): ApiResult {
  const message = findMessage(call);
  if (message.isRecalled) throw messageError(230110);
  if (!isSentBy(message, call.app)) throw messageError(230026);
  message.isRecalled = true;
  call.record.applied = true;
  const { messageId, chat } = message;
  call.world.changes.emit({ type: "message-recalled", messageId, chatId: chat.chatId });
  return success();
}

/** Reads a message. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/get */
export function readMessage(call: ApiCall): ApiResult {
  const message = findMessage(call);
  const isRaw = call.request.query.get("card_msg_content_type") === "raw_card_content";
  call.record.applied = true;
  const content = readableContent(call.world, message, isRaw ? "raw" : "texts");
  return success({ items: [messageData(call.world, { app: call.app, message, content })] });
}

function checkLock({ world, now }: ApiCall, message: Message): void {
  const entity = message.cardId === undefined ? undefined : world.cards.get(message.cardId);
  if (now < Math.max(message.lockedUntil, entity?.lockedUntil ?? Number.NEGATIVE_INFINITY)) {
    const msg = "Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; ";
    throw new PlatformError({ code: 230099, msg });
  }
}

// Tells whether everybody sees the same card. A card of schema 1.0 has to ask for that, one of 2.0 must not turn it off.
function isShared(card: JsonObject): boolean {
  const setting = isJsonObject(card.config) ? card.config.update_multi : undefined;
  return isSchema2(card) ? setting !== false : setting === true;
}
