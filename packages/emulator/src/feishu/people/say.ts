import type { JsonObject } from "../../ground/json.ts";
import type { App } from "../world/app.ts";
import type { Chat } from "../world/chat.ts";
import { createMessage, type Message } from "../world/message.ts";
import { type UserIds, userIds } from "../world/person.ts";
import type { World } from "../world/world.ts";

/** A message that a person writes into a chat. */
export interface Utterance {
  /** Text of the message. */
  text: string;
  /** Another type of message in the place of the text, with the content that events carry, such as `{ msgType: "image", content: { image_key } }`. */
  other?: { msgType: "post" | "image" | "file" | "audio" | "media" | "sticker"; content: JsonObject };
  /** Chat to write into. @defaultValue the default app's direct chat with the first person */
  chatId?: string;
  /** Open id of the person who writes. @defaultValue the first person of the chat */
  from?: string;
  /** True if the message mentions the bot. @defaultValue true in a group, false in a direct chat */
  mentionsBot?: boolean;
  /** Id of the message that this one replies to. @defaultValue none */
  replyTo?: string;
}

/** Event of a new message, as an app receives it. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive */
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

/** Adds a person's message to the world. @throws {TypeError} when the chat, the person or the message replied to is unknown. */
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

/** Finds the app that gets the events of a chat: the default app if its bot is in the chat, else the first app in it. */
export function listeningApp({ apps }: World, chat: Chat): App | undefined {
  return chat.apps.find((app) => app === apps[0]) ?? chat.apps[0];
}

interface EventParts {
  app: App;
  message: Message;
  isMention: boolean;
}

/** Makes the event of a new message for one app in the chat. @throws {TypeError} when an app sent the message. */
export function receiveEvent(world: World, { app, message, isMention }: EventParts): ReceiveMessageEvent {
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

/** Placeholder in a text for the bot that the text mentions. */
export const MENTION_KEY = "@_user_1";
