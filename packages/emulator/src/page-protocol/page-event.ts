import type { JsonObject, JsonValue } from "../ground/json.ts";

/** An event that the server sends to the page. */
export type PageEvent =
  | Hello
  /** Names of all people and bots, sent when a person was added. */
  | { type: "names"; names: Names }
  /** A chat that is new, or whose line in the list has changed. */
  | { type: "chat"; chat: PageChat }
  /** A message of the open chat that is new, or that changed in another way than the events below describe. */
  | { type: "message"; message: PageMessage }
  | CardChange
  | TextChange
  /** Painted lengths that have changed, by message id and element id. */
  | { type: "painted"; painted: Record<string, Painted> };

/** Full state at the time at which the page connects. */
export interface Hello {
  type: "hello";
  me: { openId: string; name: string };
  /** App id of the default app. */
  appId: string;
  names: Names;
  chats: PageChat[];
  /** The open chat; `undefined` if none is open. */
  chatId: string | undefined;
  /** Newest messages of the open chat, oldest first. */
  messages: PageMessage[];
  /** True if the open chat has older messages than these. */
  hasEarlier: boolean;
}

/** A change of a card's frame or components. */
export interface CardChange {
  type: "card";
  messageId: string;
  /** The card without its components. */
  frame: JsonObject;
  /** The card's components. A number is the index at which the same component stood before the change. */
  elements: (number | JsonValue)[];
  isStreaming: boolean;
  painted: Painted;
}

/** A change of one element's text: the first `keep` code units of the old text, and `text` after them. */
export interface TextChange {
  type: "text";
  messageId: string;
  elementId: string;
  keep: number;
  text: string;
  /** Painted lengths of the whole card. */
  painted: Painted;
}

/** Answer to a click, as the person is shown it. Both are absent if there is nothing to show. */
export interface ClickReply {
  /** Message of the app. */
  toast?: Toast;
  /** Error code. See https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication */
  code?: number;
}

/** A message that a person is shown for a moment. */
export interface Toast {
  /** Kind of message, which decides its look. */
  type: "info" | "success" | "error" | "warning";
  /** Text for locales that `i18n` does not have. */
  content: string;
  /** Texts by locale, such as `"zh_cn"`. */
  i18n?: Readonly<Record<string, string>>;
}

/** Value of a component that is in no form: a choice, several choices, a tick, or a text. */
export type ClickInput =
  | { option: string }
  | { options: string[] }
  | { checked: boolean }
  | { input_value: string };

/** Names of people and bots, by every id that a card may contain. */
export type Names = Record<string, string>;

/** Number of painted code units, by element id, of texts that are still being typed. All other texts are painted in full. */
export type Painted = Record<string, number>;

export interface PageChat {
  chatId: string;
  type: "group" | "p2p";
  /** Name of the group; in a direct chat, that of the bot. */
  name: string;
  isDissolved: boolean;
  /** Number of people and bots. */
  memberCount: number;
  people: { openId: string; name: string }[];
  /** Name of the bot that gets this chat's messages as events; `undefined` without a bot. */
  botName: string | undefined;
  /** The newest message. */
  last: Brief | undefined;
}

/** A message in one line. */
export interface Brief {
  messageId: string;
  sender: Sender;
  createdAt: number;
  isRecalled: boolean;
  msgType: string;
  /** Text of the message, or summary of its card, in one line. Empty if there is none. */
  text: string;
}

export interface Sender {
  type: "app" | "user";
  /** Open id. */
  id: string;
  name: string;
}

export interface PageMessage {
  messageId: string;
  sender: Sender;
  createdAt: number;
  isRecalled: boolean;
  edits: number;
  msgType: string;
  /** Content without the mention; `null` for cards and recalled messages. */
  content: JsonValue;
  /** Name of the bot that a person's text mentions at its beginning. */
  mention: string | undefined;
  /** The message that this one replies to, as it was when the event was sent. */
  quote: Brief | undefined;
  /** First message of the thread; `undefined` for a message in no thread. */
  threadRootId: string | undefined;
  card: PageCard | undefined;
}

export interface PageCard {
  /** Card JSON 2.0 or 1.0. */
  json: JsonObject;
  isStreaming: boolean;
  painted: Painted;
}
