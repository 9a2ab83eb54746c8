import type { Toast } from "../feishu/people/click.ts";
import type { JsonObject, JsonValue } from "../ground/json.ts";

/** What the server tells the page. */
export type PageEvent =
  | Hello
  /** Names of people and bots by their open ids, when somebody is new. */
  | { type: "names"; names: Names }
  /** A chat that is new, or whose line in the list is another one now. */
  | { type: "chat"; chat: PageChat }
  /** A message of the open chat that is new, or changed in another way than those below. */
  | { type: "message"; message: PageMessage }
  | CardChange
  | TextChange
  /** How much is painted by now, by message id and element id, of texts where that has changed. */
  | { type: "painted"; painted: Record<string, Painted> };

/** Everything, as it is when the page connects. */
export interface Hello {
  type: "hello";
  me: { openId: string; name: string };
  appId: string;
  names: Names;
  chats: PageChat[];
  /** The chat that is open, and its newest messages, oldest first. */
  chatId: string | undefined;
  messages: PageMessage[];
  hasEarlier: boolean;
}

/** Another card, or other components in it. */
export interface CardChange {
  type: "card";
  messageId: string;
  /** The card, its components left out. */
  frame: JsonObject;
  /** Its components; a number stands for the one that was at that place before. */
  elements: (number | JsonValue)[];
  isStreaming: boolean;
  painted: Painted;
}

/** Another text in one element: `keep` code units of the old one, and `text` after them. */
export interface TextChange {
  type: "text";
  messageId: string;
  elementId: string;
  keep: number;
  text: string;
  /** Of the whole card. */
  painted: Painted;
}

/** What a person is told after a click. */
export interface ClickReply {
  /** What the app has them told. */
  toast?: Toast;
  /** What went wrong. See https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication */
  code?: number;
}

export type Names = Record<string, string>;

/** By element id, how many code units are painted of texts that are still being typed. All others are as a whole. */
export type Painted = Record<string, number>;

export interface PageChat {
  chatId: string;
  type: "group" | "p2p";
  /** Of a direct chat, the other side's. */
  name: string;
  isDissolved: boolean;
  /** People and bots. */
  memberCount: number;
  people: { openId: string; name: string }[];
  /** The bot that hears what is said here. */
  botName: string | undefined;
  last: Brief | undefined;
}

/** A message in one line. */
export interface Brief {
  messageId: string;
  sender: Sender;
  createdAt: number;
  isRecalled: boolean;
  msgType: string;
  /** Its text, or the summary of its card. */
  text: string;
}

export interface Sender {
  type: "app" | "user";
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
  content: JsonValue;
  /** The bot that a person's text mentions at its beginning. */
  mention: string | undefined;
  /** The message that it replies to, as it is when this one is sent. */
  quote: Brief | undefined;
  /** The message that began the thread it is in. */
  threadRootId: string | undefined;
  card: PageCard | undefined;
}

export interface PageCard {
  json: JsonObject;
  isStreaming: boolean;
  painted: Painted;
}
