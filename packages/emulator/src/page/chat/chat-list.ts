import { type ComponentChild, h } from "preact";
import type { PageChat } from "../../page-protocol/page-event.ts";
import { Avatar } from "../parts/avatar.ts";
import { shortTime } from "../parts/format-time.ts";
import { usePage } from "../parts/page-context.ts";
import { chatPreview } from "./brief-text.ts";

export interface ChatListProps {
  chats: readonly PageChat[];
  openId: string | undefined;
  unread: Readonly<Record<string, number>>;
  myId: string;
}

/** Draws the list of chats, the one with the newest message first. */
export function ChatList({ chats, openId, unread, myId }: ChatListProps): ComponentChild {
  const sorted = chats.toSorted((a, b) => (b.last?.createdAt ?? 0) - (a.last?.createdAt ?? 0));
  return h(
    "ul",
    { class: "chat-list" },
    sorted.map((chat) =>
      h(
        "li",
        { key: chat.chatId },
        h(ChatItem, { chat, isOpen: chat.chatId === openId, unread: unread[chat.chatId] ?? 0, myId }),
      ),
    ),
  );
}

interface ChatItemProps {
  chat: PageChat;
  isOpen: boolean;
  unread: number;
  myId: string;
}

function ChatItem({ chat, isOpen, unread, myId }: ChatItemProps): ComponentChild {
  const { texts } = usePage();
  const { chatId, name, type, last } = chat;
  const isDirect = type === "p2p";
  return h(
    "a",
    { class: "chat-item", href: `#${chatId}`, "aria-current": isOpen ? "page" : undefined },
    h(
      "span",
      { class: "chat-face" },
      h(Avatar, { name, id: chatId, size: 40, kind: isDirect ? "bot" : "group" }),
      unread > 0 &&
        h(
          "span",
          { class: "unread", role: "img", "aria-label": texts.unread(unread) },
          unread > 99 ? "99+" : unread,
        ),
    ),
    h(
      "span",
      { class: "chat-lines" },
      h(
        "span",
        { class: "chat-line" },
        h("span", { class: "chat-name" }, name),
        isDirect && h("span", { class: "bot-tag" }, texts.bot),
        last !== undefined && h("time", null, shortTime(last.createdAt, texts)),
      ),
      h("span", { class: "chat-preview" }, chatPreview(chat, texts, myId)),
    ),
  );
}
