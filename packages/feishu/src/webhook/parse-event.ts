import { fieldsOf, stringOf } from "../api/feishu-client.ts";
import type { Payload } from "./trust/open-envelope.ts";

/** A message as the platform delivers it, before our own bot is told from others. */
export interface ReceivedMessage {
  readonly type: "message";
  readonly eventId: string;
  readonly messageId: string;
  readonly messageType: string;
  /** Content of the message, as the platform's JSON. */
  readonly content: string;
  readonly chatId: string;
  readonly chatType: "direct" | "group";
  readonly threadId: string | undefined;
  readonly rootId: string | undefined;
  readonly parentId: string | undefined;
  /** Time of the message, in milliseconds since the epoch. */
  readonly createdAt: number;
  readonly sender: Person & { readonly isBot: boolean };
  readonly mentions: readonly {
    readonly key: string;
    readonly name: string;
    readonly openId: string | undefined;
    readonly isBot: boolean;
  }[];
}

/** A person, by the ids that the app may know. */
export interface Person {
  /** Id of the person in this app alone. */
  readonly openId: string;
  readonly unionId?: string;
  /** Id of the person in the tenant, where the app has the scope for it. */
  readonly userId?: string;
  readonly tenantKey?: string;
}

/** A click on a card. */
export interface ReceivedCardAction {
  readonly type: "card-action";
  readonly eventId: string;
  readonly operator: Person;
  readonly messageId: string;
  readonly chatId: string;
  readonly value: unknown;
  readonly tag: string;
  readonly name: string | undefined;
  readonly formValue: Readonly<Record<string, unknown>> | undefined;
  readonly inputValue: string | undefined;
  readonly option: string | undefined;
  readonly options: readonly string[] | undefined;
  readonly checked: boolean | undefined;
  /** Token of the platform's delayed update, good for two uses within thirty minutes. */
  readonly token: string | undefined;
}

/** An event that is neither a message nor a click. */
export interface OtherEvent {
  readonly type: "other";
  readonly eventId: string;
  /** The platform's name of the event, such as `im.chat.member.bot.added_v1`. */
  readonly eventType: string;
  readonly event: Readonly<Record<string, unknown>>;
}

export type ReceivedEvent = ReceivedMessage | ReceivedCardAction | OtherEvent;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads an event of either schema.
 *
 * @returns `undefined` where the event has no type or id, or lacks a field that nothing can be done without.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uUTNz4SN1MjL1UzM
 */
export function parseEvent(payload: Payload): ReceivedEvent | undefined {
  const header = fieldsOf(payload.header);
  const event = fieldsOf(payload.event) ?? {};
  const eventType = stringOf(header?.event_type) ?? stringOf(event.type);
  const eventId = stringOf(header?.event_id) ?? stringOf(payload.uuid);
  if (eventType === undefined || eventId === undefined) return undefined;
  switch (eventType) {
    case "im.message.receive_v1":
      return parseMessage(eventId, event);
    case "card.action.trigger":
      return parseCardAction(eventId, event);
    default:
      return { type: "other", eventId, eventType, event };
  }
}

function parseMessage(eventId: string, event: Fields): ReceivedMessage | undefined {
  const message = fieldsOf(event.message);
  const sender = fieldsOf(event.sender);
  const messageId = stringOf(message?.message_id);
  const chatId = stringOf(message?.chat_id);
  const person = parsePerson(fieldsOf(sender?.sender_id), sender?.tenant_key);
  if (message === undefined || messageId === undefined || chatId === undefined || person === undefined) {
    return undefined;
  }
  const mentions = Array.isArray(message.mentions) ? message.mentions : [];
  return {
    type: "message",
    eventId,
    messageId,
    messageType: stringOf(message.message_type) ?? "",
    content: stringOf(message.content) ?? "",
    chatId,
    chatType: message.chat_type === "p2p" ? "direct" : "group",
    threadId: stringOf(message.thread_id),
    rootId: stringOf(message.root_id),
    parentId: stringOf(message.parent_id),
    createdAt: Number(stringOf(message.create_time) ?? Number.NaN) || 0,
    sender: { ...person, isBot: sender?.sender_type !== "user" },
    mentions: mentions.flatMap((mention: unknown) => parseMention(fieldsOf(mention) ?? {})),
  };
}

function parseMention(mention: Fields): ReceivedMessage["mentions"][number][] {
  const key = stringOf(mention.key);
  if (key === undefined) return [];
  return [
    {
      key,
      name: stringOf(mention.name) ?? "",
      openId: stringOf(fieldsOf(mention.id)?.open_id),
      isBot: mention.mentioned_type === "bot",
    },
  ];
}

/** Reads a click. The old callback (`card.action.trigger_v1`) is not read, because its body and signature are others. */
function parseCardAction(eventId: string, event: Fields): ReceivedCardAction | undefined {
  const action = fieldsOf(event.action);
  const context = fieldsOf(event.context);
  const operator = parsePerson(fieldsOf(event.operator), fieldsOf(event.operator)?.tenant_key);
  const messageId = stringOf(context?.open_message_id);
  if (action === undefined || operator === undefined || messageId === undefined) return undefined;
  const { options, checked } = action;
  return {
    type: "card-action",
    eventId,
    operator,
    messageId,
    chatId: stringOf(context?.open_chat_id) ?? "",
    value: action.value,
    tag: stringOf(action.tag) ?? "",
    name: stringOf(action.name),
    formValue: fieldsOf(action.form_value),
    inputValue: stringOf(action.input_value),
    option: stringOf(action.option),
    options: Array.isArray(options) ? options.filter((one) => typeof one === "string") : undefined,
    checked: typeof checked === "boolean" ? checked : undefined,
    token: stringOf(event.token),
  };
}

function parsePerson(ids: Fields | undefined, tenantKey: unknown): Person | undefined {
  const unionId = stringOf(ids?.union_id);
  const userId = stringOf(ids?.user_id);
  const tenant = stringOf(tenantKey);
  // Some events come without an open id; the union id names the person as well.
  const openId = stringOf(ids?.open_id) ?? unionId;
  if (openId === undefined) return undefined;
  return {
    openId,
    ...(unionId !== undefined && { unionId }),
    ...(userId !== undefined && { userId }),
    ...(tenant !== undefined && { tenantKey: tenant }),
  };
}
