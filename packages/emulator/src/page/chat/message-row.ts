import { Component, type ComponentChild, h } from "preact";
import { Avatar } from "../parts/avatar.ts";
import { longTime } from "../parts/format-time.ts";
import { usePage } from "../parts/page-context.ts";
import type { ShownMessage } from "../state/page-state.ts";
import { briefText } from "./brief-text.ts";
import { MessageBody } from "./message-body.ts";
import { MessageTools } from "./message-tools.ts";

export interface MessageRowProps {
  message: ShownMessage;
  /** True if the message is the first of several in a row by the same sender. */
  isFirst: boolean;
  isInGroup: boolean;
  /** True if the message stands in a thread, below the thread's first message. */
  isInThread: boolean;
  /** True if the message's card is in the inspector. */
  isInspected: boolean;
  myId: string;
  onReply(message: ShownMessage): void;
}

const WATCHED = ["message", "isFirst", "isInGroup", "isInThread", "isInspected", "myId", "onReply"] as const;

/** Draws a message with its sender, and again only when one of its properties has changed. */
export class MessageRow extends Component<MessageRowProps> {
  override shouldComponentUpdate(next: MessageRowProps): boolean {
    return WATCHED.some((name) => next[name] !== this.props[name]);
  }

  override render(props: MessageRowProps): ComponentChild {
    return props.message.isRecalled ? h(RecalledLine, props) : h(Row, props);
  }
}

function RecalledLine({ message: { sender }, myId }: MessageRowProps): ComponentChild {
  const { texts } = usePage();
  return h("div", { class: "notice" }, texts.recalled(sender.id === myId ? undefined : sender.name));
}

function Row({
  message,
  isFirst,
  isInGroup,
  isInThread,
  isInspected,
  myId,
  onReply,
}: MessageRowProps): ComponentChild {
  const { texts } = usePage();
  const { sender, createdAt, quote, edits, messageId } = message;
  const isMine = sender.id === myId && !isInThread;
  const isBot = sender.type === "app";
  const isNamed = isInGroup || isBot || isInThread;
  const classes = { message: true, mine: isMine, first: isFirst, inspected: isInspected };
  const size = isInThread ? 24 : 36;
  return h(
    "article",
    { id: messageId, class: classNames(classes), "aria-label": sender.name, tabIndex: -1 },
    h(
      "div",
      { class: "message-side" },
      isFirst && h(Avatar, { name: sender.name, id: sender.id, size, kind: isBot ? "bot" : "person" }),
    ),
    h(
      "div",
      { class: "message-main" },
      isFirst &&
        h(
          "div",
          { class: "message-head" },
          !isMine && isNamed && h("span", { class: "sender" }, sender.name),
          !isMine && isBot && h("span", { class: "bot-tag" }, texts.bot),
          h("time", { dateTime: new Date(createdAt).toISOString() }, longTime(createdAt, texts)),
        ),
      quote !== undefined && !isInThread && h(Quote, { quote, myId }),
      h(
        "div",
        { class: "message-line" },
        h("div", { class: "message-content" }, h(MessageBody, { message })),
        h(MessageTools, { message, onReply }),
      ),
      edits > 0 && h("div", { class: "edited" }, texts.edited),
    ),
  );
}

/** Draws the message that another one replies to, in one line. A click scrolls to it if it is on the page. */
function Quote({ quote, myId }: { quote: NonNullable<ShownMessage["quote"]>; myId: string }): ComponentChild {
  const { texts } = usePage();
  const show = (): void => {
    const target = document.getElementById(quote.messageId);
    target?.scrollIntoView({ block: "center" });
    target?.focus({ preventScroll: true });
  };
  return h(
    "button",
    { type: "button", class: "quote", title: texts.showMessage, onClick: show },
    `${texts.replyTo(quote.sender.name)}: ${briefText(quote, texts, myId)}`,
  );
}

function classNames(classes: Readonly<Record<string, boolean>>): string {
  return Object.keys(classes)
    .filter((name) => classes[name])
    .join(" ");
}
