import { type ComponentChild, h } from "preact";
import { useCallback, useState } from "preact/hooks";
import { Icon } from "../icon.ts";
import { usePage } from "../page-context.ts";
import type { PageChat } from "../page-event.ts";
import type { PageState, ShownMessage } from "../page-state.ts";
import { Avatar } from "./avatar.ts";
import { Composer } from "./composer.ts";
import { MessageList } from "./message-list.ts";

export interface ChatPaneProps {
  chat: PageChat;
  state: PageState;
  drafts: Map<string, string>;
  onEarlier(): void;
}

/** The open chat. */
export function ChatPane({ chat, state, drafts, onEarlier }: ChatPaneProps): ComponentChild {
  const { texts } = usePage();
  const [target, setTarget] = useState<ShownMessage>();
  const reply = useCallback((message: ShownMessage) => setTarget(message), []);
  const { messages, hasEarlier, isLoaded, me, appId } = state;
  const myId = me.openId;
  const isDirect = chat.type === "p2p";
  return h(
    "main",
    { class: "chat-pane" },
    h(
      "header",
      { class: "chat-header" },
      h(
        "a",
        { class: "back", href: "#", title: texts.back, "aria-label": texts.back },
        h(Icon, { name: "back", size: 22 }),
      ),
      h(Avatar, { name: chat.name, id: chat.chatId, size: 36, kind: isDirect ? "bot" : "group" }),
      h(
        "div",
        { class: "chat-heading" },
        h("h1", null, chat.name, isDirect && h("span", { class: "bot-tag" }, texts.bot)),
        !isDirect && h("p", null, texts.members(chat.memberCount)),
      ),
    ),
    state.connection === "lost" && h("div", { class: "connection", role: "status" }, texts.reconnecting),
    h(MessageList, { chat, messages, hasEarlier, isLoaded, myId, appId, onReply: reply, onEarlier }),
    h(Composer, {
      chat,
      target,
      drafts,
      onTargetDropped: () => setTarget((now) => (now === target ? undefined : now)),
    }),
  );
}
