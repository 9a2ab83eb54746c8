import { type ComponentChild, h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { PageChat } from "../../page-protocol/page-event.ts";
import { longTime } from "../parts/format-time.ts";
import { Icon } from "../parts/icon.ts";
import { usePage } from "../parts/page-context.ts";
import { useStickToEnd } from "../parts/use-stick-to-end.ts";
import type { ShownMessage } from "../state/page-state.ts";
import { EmptyChat } from "./empty-chat.ts";
import { MessageRow, type MessageRowProps } from "./message-row.ts";
import { isAfterPause, isFirstOfRow, threadsOf } from "./message-threads.ts";

export interface MessageListProps {
  chat: PageChat;
  messages: readonly ShownMessage[];
  hasEarlier: boolean;
  isLoaded: boolean;
  myId: string;
  appId: string;
  /** Message whose card is in the inspector. */
  inspectedId: string | undefined;
  onReply(message: ShownMessage): void;
  onEarlier(): void;
}

/** Draws the messages of a chat. The list follows the newest one while the reader is at the end. */
export function MessageList(props: MessageListProps): ComponentChild {
  const { chat, messages, hasEarlier, isLoaded, myId, appId, inspectedId, onReply, onEarlier } = props;
  const { texts } = usePage();
  const { scroller, content, isAtEnd, toEnd } = useStickToEnd();
  useKeepPlace(scroller, messages[0]?.messageId);
  const newest = messages.at(-1);
  const mineId = newest?.sender.id === myId ? newest.messageId : undefined;
  useLayoutEffect(() => {
    if (mineId !== undefined) toEnd();
  }, [mineId]);

  const threads = threadsOf(messages);
  const row = (
    message: ShownMessage,
    place: Pick<MessageRowProps, "isFirst" | "isInThread">,
  ): ComponentChild =>
    h(MessageRow, {
      key: message.messageId,
      message,
      ...place,
      isInGroup: chat.type === "group",
      isInspected: message.messageId === inspectedId,
      myId,
      onReply,
    });

  return h(
    "div",
    { class: "messages-frame" },
    h(
      "div",
      { class: "messages", ref: scroller },
      h(
        "div",
        {
          class: "messages-content",
          ref: content,
          role: "log",
          "aria-live": "polite",
          "aria-label": chat.name,
        },
        hasEarlier &&
          h("button", { type: "button", class: "earlier", onClick: onEarlier }, texts.showEarlier),
        isLoaded && messages.length === 0 && h(EmptyChat, { appId }),
        threads.map(({ message, replies }, index) => {
          const before = threads[index - 1];
          return [
            isAfterPause(message, before?.message) &&
              h(
                "div",
                { key: `time ${message.messageId}`, class: "notice" },
                longTime(message.createdAt, texts),
              ),
            row(message, { isFirst: isFirstOfRow(message, before), isInThread: false }),
            replies.length > 0 &&
              h(
                "section",
                { key: `thread ${message.messageId}`, class: "thread", "aria-label": texts.thread },
                h(
                  "div",
                  { class: "thread-head" },
                  h(Icon, { name: "thread", size: 14 }),
                  texts.replies(replies.length),
                ),
                replies.map((reply) => row(reply, { isFirst: true, isInThread: true })),
              ),
          ];
        }),
      ),
    ),
    !isAtEnd &&
      h(
        "button",
        {
          type: "button",
          class: "to-end",
          title: texts.toNewest,
          "aria-label": texts.toNewest,
          onClick: toEnd,
        },
        h(Icon, { name: "toEnd", size: 18 }),
      ),
  );
}

// Keeps the reader's place when earlier messages are added. A browser does so by itself, except at the very top.
function useKeepPlace(scroller: { current: HTMLDivElement | null }, firstId: string | undefined): void {
  const before = useRef({ firstId, height: 0, top: 0 });
  useLayoutEffect(() => {
    const outer = scroller.current;
    if (outer === null) return;
    const { firstId: oldFirstId, height, top } = before.current;
    if (oldFirstId !== undefined && firstId !== oldFirstId && top === 0 && outer.scrollTop === 0) {
      outer.scrollTop = outer.scrollHeight - height;
    }
    before.current = { firstId, height: outer.scrollHeight, top: outer.scrollTop };
  });
}
