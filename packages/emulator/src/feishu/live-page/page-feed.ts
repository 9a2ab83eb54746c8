import type { PageEvent, Painted } from "../../page-protocol/page-event.ts";
import { createCardChanges } from "../../page-server/card-changes.ts";
import type { CardEntity } from "../cards/card-entity.ts";
import type { WorldChange } from "../world/change.ts";
import type { Message } from "../world/message.ts";
import type { World } from "../world/world.ts";
import { namesIn, pageChat } from "./chat-view.ts";
import { helloFor, type Viewer } from "./hello.ts";
import { pageCard, pageMessage, shownEntity } from "./message-view.ts";
import { createPaintTimer, type Paint } from "./paint-timer.ts";

/** Sends the changes of the world to pages. It watches the world only while a page is connected. */
export interface PageFeed {
  /** Sends the full state, then every change. @returns a function that disconnects the viewer. */
  connect(viewer: Viewer): () => void;
  close(): void;
}

export function createPageFeed(world: World): PageFeed {
  const viewers = new Set<Viewer>();
  const lastOf = new Map<string, Message>();
  const sentChats = new Map<string, string>();
  const cards = createCardChanges();
  let restarted: { cardId: string; elementId: string } | undefined;
  let unsubscribe: (() => void) | undefined;

  const isOpen = (chatId: string | undefined): boolean =>
    [...viewers].some((viewer) => viewer.chatId === chatId);

  const sendToOpenChat = (chatId: string, event: PageEvent): void => {
    for (const viewer of viewers) if (viewer.chatId === chatId) viewer.send(event);
  };

  const painter = createPaintTimer(world.clock, {
    isWatched: ({ chatId }) => isOpen(chatId),
    onPaint: (paints) => {
      for (const [chatId, painted] of paintedByChat(paints))
        sendToOpenChat(chatId, { type: "painted", painted });
    },
    onClose: (entity) => sendCard(entity),
  });

  // Sends a chat's line in the list, unless it is the same as before, which it is after most changes of a card.
  const sendChat = (chatId: string): void => {
    const chat = world.chats.get(chatId);
    if (chat === undefined) return;
    const line = pageChat(world, chat, lastOf.get(chatId));
    const text = JSON.stringify(line);
    if (sentChats.get(chatId) === text) return;
    sentChats.set(chatId, text);
    for (const viewer of viewers) {
      if (chat.people.includes(viewer.person)) viewer.send({ type: "chat", chat: line });
    }
  };

  const sendMessage = (message: Message): void => {
    const { messageId, chat } = message;
    const entity = shownEntity(world, message);
    const shown = pageMessage(world, message);
    if (isOpen(chat.chatId)) {
      sendToOpenChat(chat.chatId, { type: "message", message: shown });
      cards.noteSent(messageId, shown.card);
    } else {
      cards.forget(messageId);
    }
    if (entity !== undefined) painter.follow(entity, shown.card?.painted ?? {});
    sendChat(chat.chatId);
  };

  const sendCard = (entity: CardEntity, textElementId?: string): void => {
    const message = entity.messageId === undefined ? undefined : world.messages.get(entity.messageId);
    const card = message === undefined ? undefined : pageCard(world, message);
    if (message === undefined || card === undefined || message.isRecalled) return;
    if (shownEntity(world, message) !== entity) return;
    const { messageId, chat } = message;
    if (isOpen(chat.chatId)) sendToOpenChat(chat.chatId, cards.change(messageId, card, textElementId));
    else cards.forget(messageId);
    painter.follow(entity, card.painted);
    sendChat(chat.chatId);
  };

  const onChange = (change: WorldChange): void => {
    switch (change.type) {
      case "message-added":
      case "message-changed":
      case "message-recalled": {
        const message = world.messages.get(change.messageId);
        if (message === undefined) return;
        if (change.type === "message-added") lastOf.set(change.chatId, message);
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
      case "bot-removed":
        sendChat(change.chatId);
        return;
      case "person-added":
        for (const viewer of viewers) viewer.send({ type: "names", names: namesIn(world) });
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
      lastOf.set(message.chat.chatId, message);
      const entity = shownEntity(world, message);
      if (entity !== undefined) painter.follow(entity, {});
    }
  };

  const stop = (): void => {
    unsubscribe?.();
    unsubscribe = undefined;
    painter.stop();
    lastOf.clear();
    sentChats.clear();
    cards.clear();
  };

  return {
    connect: (viewer) => {
      if (unsubscribe === undefined) start();
      const hello = helloFor(world, viewer, lastOf);
      // The other viewers have older states, which the next changes for them must be based on.
      const isFirstInChat = !isOpen(viewer.chatId);
      const isFirst = viewers.size === 0;
      viewers.add(viewer);
      viewer.send(hello);
      for (const { messageId, card } of isFirstInChat ? hello.messages : []) {
        const message = world.messages.get(messageId);
        const entity = message === undefined ? undefined : shownEntity(world, message);
        if (entity === undefined || card?.isStreaming !== true) continue;
        cards.noteSent(messageId, card);
        painter.follow(entity, card.painted);
      }
      for (const chat of isFirst ? hello.chats : []) sentChats.set(chat.chatId, JSON.stringify(chat));
      return () => {
        viewers.delete(viewer);
        if (viewers.size === 0) stop();
      };
    },
    close: () => {
      viewers.clear();
      stop();
    },
  };
}

function paintedByChat(paints: readonly Paint[]): Map<string, Record<string, Painted>> {
  const byChat = new Map<string, Record<string, Painted>>();
  for (const { entity, painted } of paints) {
    const { chatId, messageId } = entity;
    if (chatId === undefined || messageId === undefined) continue;
    byChat.set(chatId, { ...byChat.get(chatId), [messageId]: painted });
  }
  return byChat;
}
