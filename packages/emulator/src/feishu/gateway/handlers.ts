import type { Operation } from "../../exchange/operation.ts";
import type { ApiCall, ApiResult, Handler } from "../api/api-call.ts";
import { batchUpdate } from "../cardkit/batch-update.ts";
import { convertId } from "../cardkit/convert-id.ts";
import { createCard } from "../cardkit/create-card.ts";
import {
  addCardElements,
  deleteCardElement,
  patchCardElement,
  replaceCardElement,
} from "../cardkit/element-operations.ts";
import { streamContent } from "../cardkit/stream-content.ts";
import { updateCard } from "../cardkit/update-card.ts";
import { updateSettings } from "../cardkit/update-settings.ts";
import { editMessage, patchMessage, readMessage, recallMessage } from "../im/change-message.ts";
import { downloadImage, uploadImage } from "../im/images.ts";
import { replyToMessage, sendMessage } from "../im/send-message.ts";

/** Functions that carry out the operations that need a token. */
export const handlers: Readonly<Record<Exclude<Operation, "token" | "unknown">, Handler>> = {
  create: createCard,
  update: updateCard,
  settings: updateSettings,
  batch: batchUpdate,
  add: addCardElements,
  replace: replaceCardElement,
  patch: patchCardElement,
  delete: deleteCardElement,
  content: streamContent,
  "id-convert": convertId,
  send: sendMessage,
  reply: replyToMessage,
  "message-patch": patchMessage,
  "message-edit": editMessage,
  recall: recallMessage,
  read: readMessage,
  image: uploadImage,
  "image-download": downloadImage,
  bot: describeBot,
};

/** Describes the calling app's bot. See https://open.feishu.cn/document/ukTMukTMukTM/uAjMxEjLwITMx4CMyETM */
function describeBot({ app, record }: ApiCall): ApiResult {
  record.applied = true;
  return {
    json: {
      code: 0,
      msg: "ok",
      bot: { activate_status: 2, app_name: app.name, avatar_url: "", open_id: app.openId },
    },
  };
}
