import type { FaultHandle, FaultScript } from "../../exchange/faults.ts";
import type { RequestRecord } from "../../exchange/request-log.ts";
import type { CardTemplate } from "../cards/card-template.ts";
import type { Subscription, SubscriptionOptions } from "../events/subscription.ts";
import type { Click } from "../people/click-event.ts";
import type { Interaction } from "../people/interaction.ts";
import type { ReceiveMessageEvent, Utterance } from "../people/say.ts";
import type { FeishuRules } from "../rules/feishu-rules.ts";
import type { WorldChange } from "../world/change.ts";
import type { ChatOptions } from "../world/chat.ts";
import type { Person } from "../world/person.ts";
import type { CardSnapshot } from "./card-snapshot.ts";
import type { MessageSnapshot } from "./message-snapshot.ts";

/** Credentials with which an app asks for its access token. */
export interface Credentials {
  readonly appId: string;
  readonly appSecret: string;
}

/** An app of the tenant, as its developer console shows it. */
export interface AppSnapshot extends Credentials {
  readonly name: string;
  /** Open id of the app's bot. */
  readonly openId: string;
  /** Token that every event to the app carries, as proof that the platform sent it. */
  readonly verificationToken: string;
}

/** A chat as it is now. */
export interface ChatSnapshot {
  readonly chatId: string;
  /** `group`, or `p2p` for the direct chat of a bot with one person. */
  readonly type: "group" | "p2p";
  readonly name: string;
  readonly people: readonly Person[];
  /** App ids of the bots in the chat. */
  readonly appIds: readonly string[];
  /** True after `dissolve()`. Messages to the chat then answer 232009. */
  readonly isDissolved: boolean;
}

/** A local Feishu. Everything that it returns is a copy, so that changing a result changes nothing in the emulator. */
export interface FeishuEmulator {
  /** Base URL of the API and address of the live page. It is made up if the emulator does not listen: then only `fetch` below reaches it. */
  readonly url: string;
  /** Calls the API without a network. Aborting ends the wait; a request that has arrived by then is carried out all the same. */
  readonly fetch: typeof globalThis.fetch;

  /** Credentials of the default app. */
  readonly credentials: Credentials;
  /** The apps of the tenant, the default app first. */
  readonly apps: readonly AppSnapshot[];
  /** Key of the tenant, which events carry. */
  readonly tenantKey: string;
  /** The first person, who is the other side of the direct chat. */
  readonly person: Person;
  /** The people of the tenant, in the order in which they were added. */
  readonly people: readonly Person[];
  /** Ids of the two chats at the start: a group of everybody with every bot, and the default app's direct chat with the first person. */
  readonly chats: { readonly group: string; readonly direct: string };
  /** Rules in force: the defaults with those of the options in their place. */
  readonly rules: Readonly<FeishuRules>;

  /** Adds a person to the tenant, who is in no chat yet. Missing fields of `person` are generated. */
  addPerson(person?: Partial<Person>): Person;
  /** Adds a group. @returns its chat id. @throws {TypeError} when `chat` names a person or an app that does not exist, or the id of a chat that does. */
  addChat(chat?: ChatOptions): string;
  /** Publishes a card of the visual builder, in the place of an earlier one with the same id. */
  addTemplate(template: CardTemplate): void;
  /** Adds an image of one pixel as if the default app had uploaded it. @returns its image key. */
  addImage(): string;

  /** Lists the card entities, oldest first. */
  cards(): CardSnapshot[];
  /** Finds a card entity. @throws {TypeError} when there is no such card. */
  card(cardId: string): CardSnapshot;
  /** Lists messages, oldest first. @param chatId chat whose messages are wanted. @defaultValue every chat */
  messages(chatId?: string): MessageSnapshot[];
  /** Lists the chats, oldest first. */
  chatList(): ChatSnapshot[];
  /** Lists the requests that have arrived, oldest first. */
  requests(): RequestRecord[];
  /** Empties the request log. */
  clearRequests(): void;

  /** Makes requests fail as scripted. @throws {TypeError} when `nth` or `times` is less than 1. */
  faults(script: FaultScript): FaultHandle;
  /** Makes every access token invalid at once. */
  revokeTokens(): void;

  /** Writes into a chat as a person. @throws {TypeError} when the chat, the person or the message replied to is unknown. */
  say(utterance: Utterance | string): MessageSnapshot;
  /** Listens to the people's messages, each as the event that an app gets. @returns a function that ends the subscription. */
  onMessage(listener: (event: ReceiveMessageEvent) => void): () => void;
  /** Clicks on a message's card as a person. @throws {TypeError} when there is no such message, it shows no app's card, or the person is not in the chat. */
  click(messageId: string, click?: Click): Interaction;
  /** Listens to clicks, each as the callback that an app gets. @returns a function that ends the subscription. */
  onCardAction(listener: (interaction: Interaction) => void): () => void;
  /** Sends events and clicks to an address, as the console's "send to developer's server" does. @throws {TypeError} when there is no such app. */
  subscribe(options: SubscriptionOptions): Subscription;
  /** Recalls a message as a person. @throws {TypeError} when there is no such message. */
  recall(messageId: string): void;
  /** Dissolves a chat as a person. @throws {TypeError} when there is no such chat. */
  dissolve(chatId: string): void;
  /** Removes the default app's bot from a chat. @throws {TypeError} when there is no such chat. */
  removeBot(chatId: string): void;
  /** Makes a card entity reach the end of its lifetime now. @throws {TypeError} when there is no such card. */
  expire(cardId: string): void;

  /** Listens to every change of the world. @returns a function that ends the subscription. */
  watch(listener: (change: WorldChange) => void): () => void;
  /** Breaks open connections, cancels timers and stops listening. Later requests fail with a broken connection. */
  close(): Promise<void>;
}
