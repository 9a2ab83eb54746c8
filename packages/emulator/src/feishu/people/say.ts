import type { JsonObject } from "../../ground/json.ts";
import type { App } from "../world/app.ts";
import type { Chat } from "../world/chat.ts";
import { createMessage, type Message } from "../world/message.ts";
import { openIdFor, type Person } from "../world/person.ts";
import type { World } from "../world/world.ts";

/** What a person writes into a chat. */
export interface Utterance {
  text: string;
  /** In place of the text, another type of message, as events tell of it: `{ msgType: "image", content: { image_key } }`. */
  other?: { msgType: "post" | "image" | "file" | "audio" | "media" | "sticker"; content: JsonObject };
  /** @defaultValue the direct chat */
  chatId?: string;
  /** Open id of the person. @defaultValue the first person of the chat */
  from?: string;
  /** Whether it mentions the bot. @defaultValue true in a group */
  mentionsBot?: boolean;
  /** Id of the message that it replies to. */
  replyTo?: string;
}

/** The ids of one account, as events carry them. */
export interface UserIds {
  union_id: string;
  user_id: string;
  open_id: string;
}

/** See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive */
export interface ReceiveMessageEvent {
  schema: "2.0";
  header: {
    event_id: string;
    event_type: "im.message.receive_v1";
    /** Milliseconds, as text. */
    create_time: string;
    token: string;
    app_id: string;
    tenant_key: string;
  };
  event: {
    sender: { sender_id: UserIds; sender_type: "user"; tenant_key: string };
    message: {
      message_id: string;
      root_id?: string;
      parent_id?: string;
      thread_id?: string;
      create_time: string;
      update_time: string;
      chat_id: string;
      chat_type: "p2p" | "group";
      message_type: string;
      content: string;
      mentions?: { key: string; id: UserIds; mentioned_type: "bot"; name: string; tenant_key: string }[];
    };
  };
}

/** Stores what a person says. @throws {TypeError} when the chat, the person or the message replied to is unknown. */
export function addUtterance(world: World, chat: Chat, utterance: Utterance): Message {
  const { from, replyTo } = utterance;
  const person = from === undefined ? chat.people[0] : chat.people.find(({ openId }) => openId === from);
  if (person === undefined)
    throw new TypeError(`Nobody with the open id ${JSON.stringify(from)} is in chat ${chat.chatId}.`);
  const parent = replyTo === undefined ? undefined : world.messages.get(replyTo);
  if (replyTo !== undefined && parent === undefined)
    throw new TypeError(`There is no message ${JSON.stringify(replyTo)}.`);
  const text = utterance.mentionsBot === true ? `${MENTION_KEY} ${utterance.text}` : utterance.text;
  const message = createMessage(
    {
      messageId: world.ids.hex("om_"),
      chat,
      sender: { type: "user", person },
      createdAt: world.clock.now(),
      msgType: utterance.other?.msgType ?? "text",
      content: JSON.stringify(utterance.other?.content ?? { text }),
      cardId: undefined,
      card: undefined,
      parentId: parent?.messageId,
      rootId: parent === undefined ? undefined : (parent.rootId ?? parent.messageId),
      threadId: parent?.threadId,
    },
    world.rules.messageLimitPerSecond,
  );
  world.messages.set(message.messageId, message);
  world.changes.emit({ type: "message-added", messageId: message.messageId, chatId: chat.chatId });
  return message;
}

/** The app that learns of what people say in a chat: the default app, if its bot is there. */
export function listeningApp({ apps }: World, chat: Chat): App | undefined {
  return chat.apps.find((app) => app === apps[0]) ?? chat.apps[0];
}

interface Hearing {
  app: App;
  message: Message;
  isMention: boolean;
}

/** The event by which one app in the chat learns of it. */
export function receiveEvent(world: World, { app, message, isMention }: Hearing): ReceiveMessageEvent {
  const { chat, sender, rootId, parentId, threadId } = message;
  if (sender.type !== "user") throw new TypeError("Only what a person says makes an event.");
  const tenantKey = world.tenantKey;
  const botIds = { union_id: app.unionId, user_id: "", open_id: app.openId };
  const mention = {
    key: MENTION_KEY,
    id: botIds,
    mentioned_type: "bot" as const,
    name: app.name,
    tenant_key: tenantKey,
  };
  const time = String(Math.floor(message.createdAt));
  return {
    schema: "2.0",
    header: {
      event_id: world.ids.hex(""),
      event_type: "im.message.receive_v1",
      create_time: time,
      token: app.verificationToken,
      app_id: app.appId,
      tenant_key: tenantKey,
    },
    event: {
      sender: { sender_id: userIds(app, sender.person), sender_type: "user", tenant_key: tenantKey },
      message: {
        message_id: message.messageId,
        ...(rootId === undefined ? {} : { root_id: rootId }),
        ...(parentId === undefined ? {} : { parent_id: parentId }),
        ...(threadId === undefined ? {} : { thread_id: threadId }),
        create_time: time,
        update_time: time,
        chat_id: chat.chatId,
        chat_type: chat.type,
        message_type: message.msgType,
        content: message.content,
        ...(isMention ? { mentions: [mention] } : {}),
      },
    },
  };
}

export function userIds(app: App, person: Person): UserIds {
  return { union_id: person.unionId, user_id: person.userId, open_id: openIdFor(app, person) };
}

/** Stands in a text for the bot that it mentions. */
export const MENTION_KEY = "@_user_1";
