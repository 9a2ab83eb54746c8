import type { FaultHandle, FaultScript } from "../../exchange/faults.ts";
import type { RequestRecord } from "../../exchange/request-log.ts";
import type { CardTemplate } from "../cards/card-template.ts";
import type { Subscription, SubscriptionOptions } from "../events/subscription.ts";
import type { Click, Interaction } from "../people/click.ts";
import type { ReceiveMessageEvent, Utterance } from "../people/say.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import type { WorldChange } from "../world/change.ts";
import type { ChatOptions } from "../world/chat.ts";
import type { Person } from "../world/person.ts";
import type { CardSnapshot } from "./card-snapshot.ts";
import type { MessageSnapshot } from "./message-snapshot.ts";

export interface Credentials {
  readonly appId: string;
  readonly appSecret: string;
}

/** An app of the tenant and what its owner knows of it. */
export interface AppSnapshot extends Credentials {
  readonly name: string;
  /** Open id of its bot. */
  readonly openId: string;
  /** What events carry as `token`. */
  readonly verificationToken: string;
}

export interface ChatSnapshot {
  readonly chatId: string;
  readonly type: "group" | "p2p";
  readonly name: string;
  readonly people: readonly Person[];
  readonly appIds: readonly string[];
  readonly isDissolved: boolean;
}

/** A local Feishu. Everything it gives out is a copy: changing it changes nothing here. */
export interface FeishuEmulator {
  /** Base URL of the API and address of the live page; made up while nothing listens, for `fetch` below only. */
  readonly url: string;
  /** The API without a network. An abort signal ends the wait; what has arrived by then is carried out. */
  readonly fetch: typeof globalThis.fetch;

  /** Of the default app. */
  readonly credentials: Credentials;
  readonly apps: readonly AppSnapshot[];
  readonly tenantKey: string;
  /** The first person, and the other side of the direct chat. */
  readonly person: Person;
  readonly people: readonly Person[];
  /** Ids of a group of everybody with every bot, and of the default app's chat with the first person. */
  readonly chats: { readonly group: string; readonly direct: string };
  readonly rules: Readonly<FeishuRules>;

  addPerson(person?: Partial<Person>): Person;
  /** @returns its chat id. @throws {TypeError} when it names a person or an app that does not exist. */
  addChat(chat?: ChatOptions): string;
  addTemplate(template: CardTemplate): void;
  /** Puts an image there as if the default app had uploaded it. @returns its image key. */
  addImage(): string;

  /** Card entities, oldest first. */
  cards(): CardSnapshot[];
  /** @throws {TypeError} when there is no such card. */
  card(cardId: string): CardSnapshot;
  /** Messages of one chat, or of all, oldest first. */
  messages(chatId?: string): MessageSnapshot[];
  /** Every chat, oldest first. */
  chatList(): ChatSnapshot[];
  /** What arrived, oldest first. */
  requests(): RequestRecord[];
  clearRequests(): void;

  /** Makes requests fail as scripted. */
  faults(script: FaultScript): FaultHandle;
  /** Makes every access token invalid at once. */
  revokeTokens(): void;

  /** A person writes into a chat. @throws {TypeError} when the chat, the person or the message replied to is unknown. */
  say(utterance: Utterance | string): MessageSnapshot;
  /** Receives what people write, as the event that the app subscribed to. @returns a function that ends it. */
  onMessage(listener: (event: ReceiveMessageEvent) => void): () => void;
  /** A person clicks on the card of a message. @throws {TypeError} when there is no such message, or it shows no card. */
  click(messageId: string, click?: Click): Interaction;
  /** Receives clicks, as the callback that the app configured. @returns a function that ends it. */
  onCardAction(listener: (interaction: Interaction) => void): () => void;
  /** Sends events and clicks to an address, as the console's "send to developer's server" does. @throws {TypeError} when there is no such app. */
  subscribe(options: SubscriptionOptions): Subscription;
  /** A person recalls a message. @throws {TypeError} when there is no such message. */
  recall(messageId: string): void;
  /** A person dissolves a chat. @throws {TypeError} when there is no such chat. */
  dissolve(chatId: string): void;
  /** A person removes the default app's bot from a chat. @throws {TypeError} when there is no such chat. */
  removeBot(chatId: string): void;
  /** Makes a card entity as old as entities get. @throws {TypeError} when there is no such card. */
  expire(cardId: string): void;

  /** Tells of every change. @returns a function that ends it. */
  watch(listener: (change: WorldChange) => void): () => void;
  /** Breaks open connections, cancels timers and stops listening. Later requests fail as if nothing listened. */
  close(): Promise<void>;
}
