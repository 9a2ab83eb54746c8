import type { Hello, PageCard, PageEvent, Painted } from "../../page-protocol/page-event.ts";
import { createCardChanges } from "../../page-server/card-changes.ts";
import type { CardEntity } from "../cards/card-entity.ts";
import type { WorldChange } from "../world/change.ts";
import type { Chat } from "../world/chat.ts";
import type { Message } from "../world/message.ts";
import type { World } from "../world/world.ts";
import { Audience } from "./audience.ts";
import { namesIn } from "./chat-view.ts";
import type { Viewer } from "./hello.ts";
import { pageCard, pageMessage, shownEntity } from "./message-view.ts";
import { createPaintTimer, type Paint } from "./paint-timer.ts";

/** Sends the changes of the world to pages. It watches the world only while a page is connected. */
export interface PageFeed {
  /** Sends the full state, then every change. @returns a function that disconnects the viewer. */
  connect(viewer: Viewer): () => void;
  close(): void;
}

export function createPageFeed(world: World): PageFeed {
  const audience = new Audience(world);
  const cards = createCardChanges();
  let restarted: { cardId: string; elementId: string } | undefined;
  let unsubscribe: (() => void) | undefined;

  const painter = createPaintTimer(world.clock, {
    isWatched: ({ chatId }) => audience.hasOpen(chatId),
    onPaint: (paints) => {
      for (const [chatId, event] of paintEvents(paints)) audience.sendToChat(chatId, event);
    },
    onClose: (entity) => sendCard(entity),
  });

  const sendMessage = (message: Message): void => {
    const { messageId, chat } = message;
    const entity = shownEntity(world, message);
    const shown = pageMessage(world, message);
    if (audience.hasOpen(chat.chatId)) {
      audience.sendToChat(chat.chatId, { type: "message", message: shown });
      cards.noteSent(messageId, shown.card);
    } else {
      cards.forget(messageId);
    }
    if (entity !== undefined) painter.follow(entity, shown.card?.painted ?? {});
    audience.sendLine(chat);
  };

  const sendCard = (entity: CardEntity, textElementId?: string): void => {
    const shown = cardOnPage(world, entity);
    if (shown === undefined) return;
    const { card, messageId, chat } = shown;
    if (audience.hasOpen(chat.chatId)) {
      audience.sendToChat(chat.chatId, cards.change(messageId, card, textElementId));
    } else {
      cards.forget(messageId);
    }
    painter.follow(entity, card.painted);
    audience.sendLine(chat);
  };

  const onChange = (change: WorldChange): void => {
    switch (change.type) {
      case "message-added":
      case "message-changed":
      case "message-recalled": {
        const message = world.messages.get(change.messageId);
        if (message === undefined) return;
        if (change.type === "message-added") audience.noteLast(message);
        sendMessage(message);
        return;
      }
      case "card-changed": {
        const entity = world.cards.get(change.cardId);
        const isText = change.operation === "content" && restarted?.cardId === change.cardId;
        if (entity !== undefined) sendCard(entity, isText ? restarted?.elementId : undefined);
        restarted = undefined;
        return;
      }
      case "paint-restarted":
        restarted = change;
        return;
      case "chat-added":
      case "chat-dissolved":
      case "bot-removed": {
        const chat = world.chats.get(change.chatId);
        if (chat !== undefined) audience.sendLine(chat);
        return;
      }
      case "person-added":
        audience.send({ type: "names", names: namesIn(world) });
        return;
      // The page shows no unsent cards, no clicks under way and no request log.
      case "card-created":
      case "interaction-started":
      case "interaction-ended":
      case "request-logged":
        return;
    }
  };

  const start = (): void => {
    unsubscribe = world.changes.subscribe(onChange);
    for (const message of world.messages.values()) {
      audience.noteLast(message);
      const entity = shownEntity(world, message);
      if (entity !== undefined) painter.follow(entity, {});
    }
  };

  const stop = (): void => {
    unsubscribe?.();
    unsubscribe = undefined;
    painter.stop();
    audience.forget();
    cards.clear();
  };

  return {
    connect: (viewer) => {
      if (unsubscribe === undefined) start();
      // Viewers of the chat who came before have older cards, which the next changes for them must be based on.
      const isFirstInChat = !audience.hasOpen(viewer.chatId);
      const hello = audience.join(viewer);
      for (const { messageId, card, entity } of isFirstInChat ? streamingCards(world, hello) : []) {
        cards.noteSent(messageId, card);
        painter.follow(entity, card.painted);
      }
      return () => {
        audience.leave(viewer);
        if (audience.isEmpty) stop();
      };
    },
    close: () => {
      audience.clear();
      stop();
    },
  };
}

/** A card as a page shows it, with its message and chat. */
interface CardOnPage {
  readonly card: PageCard;
  readonly messageId: string;
  readonly chat: Chat;
}

/** Finds a card entity's place on the page; `undefined` if no message shows the entity now. */
function cardOnPage(world: World, entity: CardEntity): CardOnPage | undefined {
  const message = entity.messageId === undefined ? undefined : world.messages.get(entity.messageId);
  if (message === undefined || message.isRecalled || shownEntity(world, message) !== entity) return undefined;
  const card = pageCard(world, message);
  return card && { card, messageId: message.messageId, chat: message.chat };
}

/** Finds the cards of entities that are streaming, among the messages of a viewer's open chat. */
function streamingCards(world: World, { messages }: Hello) {
  return messages.flatMap(({ messageId, card }) => {
    const message = world.messages.get(messageId);
    const entity = message && shownEntity(world, message);
    return entity === undefined || card?.isStreaming !== true ? [] : [{ messageId, card, entity }];
  });
}

/** Makes an event with the painted lengths of each chat's cards, by chat id. */
function paintEvents(paints: readonly Paint[]): Map<string, PageEvent> {
  const byChat = new Map<string, Record<string, Painted>>();
  for (const { entity, painted } of paints) {
    const { chatId, messageId } = entity;
    if (chatId === undefined || messageId === undefined) continue;
    byChat.set(chatId, { ...byChat.get(chatId), [messageId]: painted });
  }
  return new Map(Array.from(byChat, ([chatId, painted]) => [chatId, { type: "painted", painted }]));
}
