import { createInProcessFetch } from "../../exchange/in-process-fetch.ts";
import { createSubscription, type Subscription } from "../events/subscription.ts";
import { beginInteraction } from "../people/interaction.ts";
import { recalledEvent } from "../people/recall.ts";
import { addUtterance, listeningApp, receiveEvent } from "../people/say.ts";
import { addGroup } from "../world/add-chat.ts";
import type { App } from "../world/app.ts";
import type { Chat } from "../world/chat.ts";
import type { Message } from "../world/message.ts";
import { createPerson } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { cardSnapshot } from "./card-snapshot.ts";
import type { FeishuEmulatorOptions } from "./emulator-options.ts";
import { createEmulatorParts, type EmulatorParts } from "./emulator-parts.ts";
import type { AppSnapshot, ChatSnapshot, FeishuEmulator } from "./feishu-emulator.ts";
import { messageSnapshot } from "./message-snapshot.ts";

const MADE_UP_URL = "https://feishu-emulator.test";

/**
 * Makes a Feishu in this process, which is used through its `fetch`.
 *
 * It sets timers only for latency, for delays of faults, and for deliveries to subscriptions. A test without those need not
 * close it.
 *
 * @throws {TypeError} when an option has a value that it cannot have.
 * @example
 * const emulator = createFeishuEmulator();
 * await emulator.fetch(`${emulator.url}/open-apis/auth/v3/tenant_access_token/internal`, {
 *   method: "POST",
 *   headers: { "content-type": "application/json" },
 *   body: JSON.stringify({ app_id: emulator.credentials.appId, app_secret: emulator.credentials.appSecret }),
 * });
 */
export function createFeishuEmulator(options: FeishuEmulatorOptions = {}): FeishuEmulator {
  const parts = createEmulatorParts(options);
  return exposeEmulator(parts, MADE_UP_URL, async () => parts.exchange.close());
}

/** Makes the public object of an emulator from its parts, for an emulator that listens and for one that does not. */
export function exposeEmulator(
  parts: EmulatorParts,
  url: string,
  close: () => Promise<void>,
): FeishuEmulator {
  const { world, exchange, log, faults, messageReceived, messageRecalled, cardClicked, chats } = parts;
  const apps = world.apps.map(appSnapshot);
  const [app] = world.apps;
  const [person] = world.people;
  if (app === undefined || person === undefined) throw new TypeError("An emulator needs at least one app.");
  const subscriptions: Subscription[] = [];
  return {
    url,
    fetch: createInProcessFetch(exchange, url),
    credentials: { appId: app.appId, appSecret: app.appSecret },
    apps,
    tenantKey: world.tenantKey,
    person,
    get people() {
      return [...world.people];
    },
    chats,
    rules: world.rules,

    addPerson: (options = {}) => {
      const added = createPerson(options, world.ids);
      world.people.push(added);
      world.changes.emit({ type: "person-added", openId: added.openId });
      return added;
    },
    addChat: (options = {}) => addGroup(world, options).chatId,
    addTemplate: (template) => void world.templates.set(template.templateId, template),
    addImage: () => {
      const key = world.ids.hex("img_v3_");
      world.images.set(key, { appId: app.appId, bytes: ONE_PIXEL_GIF, contentType: "image/gif" });
      return key;
    },

    cards: () => Array.from(world.cards.values(), (entity) => cardSnapshot(entity, world)),
    card: (cardId) => cardSnapshot(known(world.cards.get(cardId), "card", cardId), world),
    messages: (chatId) =>
      Array.from(world.messages.values())
        .filter(({ chat }) => chatId === undefined || chat.chatId === chatId)
        .map(messageSnapshot),
    chatList: () => Array.from(world.chats.values(), chatSnapshot),
    requests: () => log.snapshot(),
    clearRequests: () => log.clear(),

    faults: (script) => faults.add(script),
    revokeTokens: () => world.tokens.revokeAll(),

    say: (said) => {
      const utterance = typeof said === "string" ? { text: said } : said;
      const chatId = utterance.chatId ?? chats.direct;
      const chat = known(world.chats.get(chatId), "chat", chatId);
      const listener = listeningApp(world, chat);
      const isMention = listener !== undefined && (utterance.mentionsBot ?? chat.type === "group");
      const message = addUtterance(world, chat, { ...utterance, mentionsBot: isMention });
      if (listener !== undefined)
        messageReceived.emit(receiveEvent(world, { app: listener, message, isMention }));
      return messageSnapshot(message);
    },
    onMessage: (listener) => messageReceived.subscribe(listener),
    click: (messageId, click = {}) => {
      const interaction = beginInteraction(world, clickTarget(world, messageId, click.from), click);
      cardClicked.emit(interaction);
      return interaction;
    },
    onCardAction: (listener) => cardClicked.subscribe(listener),
    subscribe: (options) => {
      const subscription = createSubscription(parts, options);
      subscriptions.push(subscription);
      return subscription;
    },
    recall: (messageId) => {
      const message = known(world.messages.get(messageId), "message", messageId);
      message.isRecalled = true;
      world.changes.emit({ type: "message-recalled", messageId, chatId: message.chat.chatId });
      const listener = listeningApp(world, message.chat);
      // Apps get an event when a person recalls a message, and none when an app recalls its own.
      if (listener !== undefined && message.sender.type === "user") {
        messageRecalled.emit(recalledEvent(world, listener, message));
      }
    },
    dissolve: (chatId) => {
      known(world.chats.get(chatId), "chat", chatId).isDissolved = true;
      world.changes.emit({ type: "chat-dissolved", chatId });
    },
    removeBot: (chatId) => {
      const chat = known(world.chats.get(chatId), "chat", chatId);
      chat.apps = chat.apps.filter((other) => other !== app);
      world.changes.emit({ type: "bot-removed", chatId });
    },
    expire: (cardId) => {
      known(world.cards.get(cardId), "card", cardId).expiresAt = world.clock.now();
    },

    watch: (listener) => world.changes.subscribe(listener),
    close: async () => {
      for (const subscription of subscriptions.splice(0)) subscription.close();
      await close();
    },
  };
}

const ONE_PIXEL_GIF = Uint8Array.from(Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=", "base64"));

function known<Thing>(thing: Thing | undefined, kind: string, id: string): Thing {
  if (thing === undefined) throw new TypeError(`There is no ${kind} ${JSON.stringify(id)}.`);
  return thing;
}

function clickTarget(world: World, messageId: string, from: string | undefined) {
  const message: Message = known(world.messages.get(messageId), "message", messageId);
  const entity = message.cardId === undefined ? undefined : world.cards.get(message.cardId);
  const { chat, sender } = message;
  if (sender.type !== "app" || (entity === undefined && message.card === undefined)) {
    throw new TypeError(`Message ${messageId} shows no card.`);
  }
  const person = from === undefined ? chat.people[0] : chat.people.find(({ openId }) => openId === from);
  return { app: sender.app, message, entity, person: known(person, "person in the chat", from ?? "") };
}

function appSnapshot({ appId, appSecret, name, openId, verificationToken }: App): AppSnapshot {
  return { appId, appSecret, name, openId, verificationToken };
}

function chatSnapshot({ chatId, type, name, people, apps, isDissolved }: Chat): ChatSnapshot {
  return { chatId, type, name, people: [...people], appIds: apps.map(({ appId }) => appId), isDissolved };
}
