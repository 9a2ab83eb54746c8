import { Component, type ComponentChild, h } from "preact";
import { longTime } from "../format-time.ts";
import { Icon } from "../icon.ts";
import { usePage } from "../page-context.ts";
import type { ShownMessage } from "../page-state.ts";
import { Avatar } from "./avatar.ts";
import { briefText } from "./brief-text.ts";
import { MessageBody } from "./message-body.ts";

export interface MessageRowProps {
  message: ShownMessage;
  /** Whether it is the first of several in a row by the same sender. */
  isFirst: boolean;
  isInGroup: boolean;
  myId: string;
  onReply(message: ShownMessage): void;
}

/** A message with its sender. Drawn again only when something about it is another one. */
export class MessageRow extends Component<MessageRowProps> {
  override shouldComponentUpdate(next: MessageRowProps): boolean {
    const { message, isFirst, isInGroup, myId, onReply } = this.props;
    return (
      next.message !== message ||
      next.isFirst !== isFirst ||
      next.isInGroup !== isInGroup ||
      next.myId !== myId ||
      next.onReply !== onReply
    );
  }

  override render(props: MessageRowProps): ComponentChild {
    return props.message.isRecalled ? h(RecalledLine, props) : h(Row, props);
  }
}

function RecalledLine({ message: { sender }, myId }: MessageRowProps): ComponentChild {
  const { texts } = usePage();
  return h("div", { class: "notice" }, texts.recalled(sender.id === myId ? undefined : sender.name));
}

function Row({ message, isFirst, isInGroup, myId, onReply }: MessageRowProps): ComponentChild {
  const { texts, actions } = usePage();
  const { sender, createdAt, quote, edits, messageId } = message;
  const isMine = sender.id === myId;
  const isBot = sender.type === "app";
  return h(
    "article",
    { class: `message${isMine ? " mine" : ""}${isFirst ? " first" : ""}`, "aria-label": sender.name },
    h(
      "div",
      { class: "message-side" },
      isFirst && h(Avatar, { name: sender.name, id: sender.id, size: 36, kind: isBot ? "bot" : "person" }),
    ),
    h(
      "div",
      { class: "message-main" },
      isFirst &&
        h(
          "div",
          { class: "message-head" },
          !isMine && (isInGroup || isBot) && h("span", { class: "sender" }, sender.name),
          !isMine && isBot && h("span", { class: "bot-tag" }, texts.bot),
          h("time", { dateTime: new Date(createdAt).toISOString() }, longTime(createdAt, texts)),
        ),
      quote !== undefined &&
        h("div", { class: "quote" }, `${texts.replyTo(quote.sender.name)}: ${briefText(quote, texts, myId)}`),
      h(
        "div",
        { class: "message-line" },
        h("div", { class: "message-content" }, h(MessageBody, { message })),
        h(
          "div",
          { class: "message-tools" },
          tool("reply", texts.reply, () => onReply(message)),
          isMine && tool("recall", texts.recall, () => void actions.recall(messageId).catch(() => {})),
        ),
      ),
      edits > 0 && h("div", { class: "edited" }, texts.edited),
    ),
  );
}

function tool(name: "reply" | "recall", label: string, onClick: () => void): ComponentChild {
  return h(
    "button",
    { type: "button", title: label, "aria-label": label, onClick },
    h(Icon, { name, size: 16 }),
  );
}
