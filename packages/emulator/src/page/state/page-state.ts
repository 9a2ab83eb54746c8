import { changedCard, textOf, withText } from "../../page-protocol/card-change.ts";
import type {
  Names,
  PageCard,
  PageChat,
  PageEvent,
  PageMessage,
  Painted,
} from "../../page-protocol/page-event.ts";

/** State of the page, from the server's events. */
export interface PageState {
  readonly connection: "connecting" | "open" | "lost";
  readonly me: { openId: string; name: string };
  readonly appId: string;
  readonly names: Names;
  readonly chats: readonly PageChat[];
  /** The open chat. */
  readonly chatId: string | undefined;
  /** True if `messages` are those of the open chat. False from the opening of a chat until the server has sent its messages. */
  readonly isLoaded: boolean;
  /** Messages of the open chat, oldest first. */
  readonly messages: readonly ShownMessage[];
  readonly hasEarlier: boolean;
  /** Number of messages that came while another chat was open, by chat id. */
  readonly unread: Readonly<Record<string, number>>;
}

export type ShownMessage = Omit<PageMessage, "card"> & { readonly card: ShownCard | undefined };

export interface ShownCard extends PageCard {
  /** Element whose text changed last. */
  readonly typingId: string | undefined;
}

/** An event of the page itself. */
export type LocalEvent = { type: "chat-opened"; chatId: string | undefined } | { type: "connection-lost" };

export const emptyState: PageState = {
  connection: "connecting",
  me: { openId: "", name: "" },
  appId: "",
  names: {},
  chats: [],
  chatId: undefined,
  isLoaded: false,
  messages: [],
  hasEarlier: false,
  unread: {},
};

// Limit for a page that is open for days.
const MAX_MESSAGES = 1000;

/** Applies an event to the state. Objects that the event does not touch stay the same. */
export function reducePage(state: PageState, event: PageEvent | LocalEvent): PageState {
  switch (event.type) {
    case "hello": {
      const { me, appId, names, chats, hasEarlier } = event;
      const isOpen = event.chatId === state.chatId;
      const messages = isOpen ? event.messages.map(shown) : [];
      return {
        ...state,
        connection: "open",
        me,
        appId,
        names,
        chats,
        messages,
        hasEarlier,
        isLoaded: isOpen,
      };
    }
    case "names":
      return { ...state, names: event.names };
    case "chat":
      return withChat(state, event.chat);
    case "message": {
      const message = shown(event.message);
      const isKnown = state.messages.some(({ messageId }) => messageId === message.messageId);
      if (isKnown) return withMessage(state, message.messageId, () => message);
      return { ...state, messages: [...state.messages, message].slice(-MAX_MESSAGES) };
    }
    case "card":
      return withCard(state, event.messageId, (card) => {
        const { isStreaming, painted } = event;
        return { json: changedCard(card?.json, event), isStreaming, painted, typingId: card?.typingId };
      });
    case "text":
      return withCard(state, event.messageId, (card) => {
        if (card === undefined) return undefined;
        const { elementId, keep, text, painted } = event;
        const before = textOf(card.json, elementId) ?? "";
        const json = withText(card.json, elementId, before.slice(0, keep) + text);
        return { ...card, json, painted, typingId: elementId };
      });
    case "painted": {
      let next = state;
      for (const [messageId, painted] of Object.entries(event.painted)) {
        next = withCard(
          next,
          messageId,
          (card) => card && { ...card, painted: { ...card.painted, ...painted } },
        );
      }
      return next;
    }
    case "chat-opened": {
      if (event.chatId === state.chatId) return state;
      const { [event.chatId ?? ""]: _, ...unread } = state.unread;
      return { ...state, chatId: event.chatId, isLoaded: false, messages: [], hasEarlier: false, unread };
    }
    case "connection-lost":
      return { ...state, connection: "lost" };
  }
}

/** Finds the painted length of an element's text in code units; `Infinity` for a text that is painted in full. */
export function paintedOf(painted: Painted, elementId: string | undefined): number {
  const length =
    elementId !== undefined && Object.hasOwn(painted, elementId) ? painted[elementId] : undefined;
  return length ?? Number.POSITIVE_INFINITY;
}

function shown({ card, ...message }: PageMessage): ShownMessage {
  return { ...message, card: card && { ...card, typingId: Object.keys(card.painted).at(-1) } };
}

function withMessage(
  state: PageState,
  messageId: string,
  change: (message: ShownMessage) => ShownMessage,
): PageState {
  const index = state.messages.findLastIndex((message) => message.messageId === messageId);
  const message = state.messages[index];
  return message === undefined ? state : { ...state, messages: state.messages.with(index, change(message)) };
}

function withCard(
  state: PageState,
  messageId: string,
  change: (card: ShownCard | undefined) => ShownCard | undefined,
): PageState {
  return withMessage(state, messageId, (message) => ({ ...message, card: change(message.card) }));
}

function withChat(state: PageState, chat: PageChat): PageState {
  const index = state.chats.findIndex(({ chatId }) => chatId === chat.chatId);
  const before = state.chats[index];
  const chats = before === undefined ? [...state.chats, chat] : state.chats.with(index, chat);
  const { last } = chat;
  const isNews = last !== undefined && last.messageId !== before?.last?.messageId;
  if (!isNews || chat.chatId === state.chatId || last.sender.id === state.me.openId)
    return { ...state, chats };
  return {
    ...state,
    chats,
    unread: { ...state.unread, [chat.chatId]: (state.unread[chat.chatId] ?? 0) + 1 },
  };
}
