import { type ComponentChild, h } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { ChatList } from "./chat/chat-list.ts";
import { ChatPane } from "./chat/chat-pane.ts";
import { Inspector } from "./inspector/inspector.ts";
import { useInspector } from "./inspector/use-inspector.ts";
import { Avatar } from "./parts/avatar.ts";
import { Icon } from "./parts/icon.ts";
import { PageContext } from "./parts/page-context.ts";
import { chooseTheme, currentTheme, followTheme } from "./parts/theme.ts";
import { Toasts, useNotices } from "./parts/toasts.ts";
import type { PageActions } from "./state/page-actions.ts";
import type { PageState } from "./state/page-state.ts";
import type { Texts } from "./texts/texts.ts";

export interface AppProps {
  state: PageState;
  texts: Texts;
  actions: PageActions;
  onEarlier(): void;
  /** Switches the page to another person. */
  onActor(openId: string): void;
}

/** Draws the whole page. A narrow screen shows either the list of chats or the open chat. */
export function App({ state, texts, actions, onEarlier, onActor }: AppProps): ComponentChild {
  const { names, me, chats, chatId, unread, connection, messages } = state;
  const folds = useMemo(() => new Map<string, boolean>(), []);
  const drafts = useMemo(() => new Map<string, string>(), []);
  const [notices, notify] = useNotices();
  const { isInspecting, inspectedId, toggle, inspect } = useInspector();
  const chat = chats.find((candidate) => candidate.chatId === chatId);
  const people = chat?.people;
  const page = useMemo(() => {
    const known = new Map(Object.entries(names));
    const nameOf = (id: string, unknown = texts.unknownUser): string => known.get(id) ?? unknown;
    return { texts, nameOf, people: people ?? [], actions, folds, notify, inspect };
  }, [texts, names, people, actions, folds, notify, inspect]);
  const inspected =
    messages.find(({ messageId, card }) => messageId === inspectedId && card !== undefined) ??
    messages.findLast(({ card }) => card !== undefined);
  const hasInspector = isInspecting && chat !== undefined;
  return h(
    PageContext.Provider,
    { value: page },
    h(
      "div",
      { class: `app${chat === undefined ? "" : " in-chat"}${hasInspector ? " inspecting" : ""}` },
      h(
        "nav",
        { class: "rail", "aria-label": texts.title },
        h(Avatar, { name: me.name, id: me.openId, size: 36 }),
        h("span", { class: "rail-item on", title: texts.messages }, h(Icon, { name: "chat", size: 20 })),
        h("span", { class: "spread" }),
        h(ThemeButton, { texts }),
      ),
      h(
        "aside",
        { class: "list-pane", "aria-label": texts.messages },
        h("header", { class: "list-header" }, h("h2", null, texts.messages), h(ThemeButton, { texts })),
        connection === "lost" && h("div", { class: "connection", role: "status" }, texts.reconnecting),
        h(ChatList, { chats, openId: chatId, unread, myId: me.openId }),
      ),
      chat === undefined
        ? h(
            "main",
            { class: "chat-pane nothing" },
            connection === "connecting" ? texts.connecting : texts.chooseChat,
          )
        : h(ChatPane, {
            key: chat.chatId,
            chat,
            state,
            drafts,
            isInspecting,
            inspectedId: inspected?.messageId,
            onInspector: toggle,
            onActor,
            onEarlier,
          }),
      hasInspector && h(Inspector, { message: inspected, onClose: toggle }),
      h(Toasts, { notices }),
    ),
  );
}

function ThemeButton({ texts }: { texts: Texts }): ComponentChild {
  const [theme, setTheme] = useState(currentTheme);
  useEffect(() => followTheme(() => setTheme(currentTheme())), []);
  const other = theme === "dark" ? "light" : "dark";
  const label = other === "dark" ? texts.darkTheme : texts.lightTheme;
  const choose = (): void => {
    chooseTheme(other);
    setTheme(other);
  };
  return h(
    "button",
    { type: "button", class: "theme-button", title: label, "aria-label": label, onClick: choose },
    h(Icon, { name: other === "dark" ? "moon" : "sun", size: 20 }),
  );
}
