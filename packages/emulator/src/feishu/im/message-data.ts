import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { App } from "../world/app.ts";
import type { Message } from "../world/message.ts";
import { openIdFor } from "../world/person.ts";
import type { World } from "../world/world.ts";

interface Reading {
  /** App that reads the message. */
  app: App;
  message: Message;
  content: string;
}

/** Makes the message API's form of a message for an app. See https://open.feishu.cn/document/server-docs/im-v1/message/get */
export function messageData(world: World, { app, message, content }: Reading): JsonObject {
  const { messageId, chat, sender, rootId, parentId, threadId } = message;
  return {
    message_id: messageId,
    ...(rootId === undefined ? {} : { root_id: rootId }),
    ...(parentId === undefined ? {} : { parent_id: parentId }),
    ...(threadId === undefined ? {} : { thread_id: threadId }),
    msg_type: message.msgType,
    create_time: String(Math.floor(message.createdAt)),
    update_time: String(Math.floor(message.updatedAt)),
    deleted: message.isRecalled,
    updated: message.edits > 0,
    chat_id: chat.chatId,
    sender: {
      id: sender.type === "app" ? sender.app.appId : openIdFor(app, sender.person),
      id_type: sender.type === "app" ? "app_id" : "open_id",
      sender_type: sender.type,
      tenant_key: world.tenantKey,
    },
    body: { content },
  };
}

/** Makes the content that reading a message returns. A card is returned as its texts, or as its JSON if "raw" is asked for. */
export function readableContent(world: World, message: Message, cardAs: "raw" | "texts"): string {
  if (message.isRecalled) return JSON.stringify({ text: "This message was recalled" });
  const card = shownCard(world, message);
  if (card === undefined) return message.content;
  return JSON.stringify(
    cardAs === "raw" ? card : { title: titleOf(card), elements: [textsOf(card).map(textItem)] },
  );
}

/** Finds the card that a message shows now; `undefined` if it shows none. */
export function shownCard(world: World, message: Message): JsonObject | undefined {
  if (message.card !== undefined || message.cardId === undefined) return message.card;
  return world.cards.get(message.cardId)?.card;
}

function titleOf({ header }: JsonObject): string {
  const title = isJsonObject(header) ? header.title : undefined;
  const content = isJsonObject(title) ? title.content : undefined;
  return typeof content === "string" ? content : "";
}

function textsOf({ body, elements }: JsonObject): string[] {
  const texts: string[] = [];
  const visit = (value: JsonValue | undefined): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isJsonObject(value)) return;
    if (typeof value.content === "string") texts.push(value.content);
    else Object.values(value).forEach(visit);
  };
  visit(body ?? elements);
  return texts;
}

function textItem(text: string): JsonObject {
  return { tag: "text", text };
}
