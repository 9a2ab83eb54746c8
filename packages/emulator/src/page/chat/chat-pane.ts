import { type ComponentChild, h } from "preact";
import { useCallback, useState } from "preact/hooks";
import type { PageChat } from "../../page-protocol/page-event.ts";
import { Avatar } from "../parts/avatar.ts";
import { Icon } from "../parts/icon.ts";
import { usePage } from "../parts/page-context.ts";
import type { PageState, ShownMessage } from "../state/page-state.ts";
import { Composer } from "./composer.ts";
import { MessageList } from "./message-list.ts";
import { PersonSwitcher } from "./person-switcher.ts";

export interface ChatPaneProps {
  chat: PageChat;
  state: PageState;
  drafts: Map<string, string>;
  isInspecting: boolean;
  /** Message whose card is in the inspector. */
  inspectedId: string | undefined;
  onInspector(): void;
  onActor(openId: string): void;
  onEarlier(): void;
}

/** Draws the open chat. */
export function ChatPane(props: ChatPaneProps): ComponentChild {
  const { chat, state, drafts, isInspecting, inspectedId, onInspector, onActor, onEarlier } = props;
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
        h(
          "h1",
          null,
          h("span", { class: "chat-title" }, chat.name),
          isDirect && h("span", { class: "bot-tag" }, texts.bot),
        ),
        !isDirect && h("p", null, texts.members(chat.memberCount)),
      ),
      h(PersonSwitcher, { me, onActor }),
      h(
        "button",
        {
          type: "button",
          class: isInspecting ? "tool on" : "tool",
          title: texts.inspector,
          "aria-label": texts.inspector,
          "aria-pressed": isInspecting,
          onClick: onInspector,
        },
        h(Icon, { name: "inspect", size: 20 }),
      ),
    ),
    state.connection === "lost" && h("div", { class: "connection", role: "status" }, texts.reconnecting),
    h(MessageList, {
      chat,
      messages,
      hasEarlier,
      isLoaded,
      myId,
      appId,
      inspectedId: isInspecting ? inspectedId : undefined,
      onReply: reply,
      onEarlier,
    }),
    h(Composer, {
      chat,
      target,
      drafts,
      onTargetDropped: () => setTarget((now) => (now === target ? undefined : now)),
    }),
  );
}
