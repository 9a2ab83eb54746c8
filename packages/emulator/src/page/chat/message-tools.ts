import { type ComponentChild, h } from "preact";
import { isJsonObject } from "../../ground/json.ts";
import { textField } from "../card/node/json-field.ts";
import { copyText } from "../parts/copy-text.ts";
import { Icon } from "../parts/icon.ts";
import { Menu, type MenuItem } from "../parts/menu.ts";
import { usePage } from "../parts/page-context.ts";
import type { ShownMessage } from "../state/page-state.ts";

export interface MessageToolsProps {
  message: ShownMessage;
  onReply(message: ShownMessage): void;
}

/** Draws the actions of a message: a button for replies, and a menu with the others. */
export function MessageTools({ message, onReply }: MessageToolsProps): ComponentChild {
  const { texts, actions, notify, inspect } = usePage();
  const { messageId, content, card } = message;
  const text = isJsonObject(content) ? textField(content, "text") : undefined;

  const copy = async (copied: string): Promise<void> => {
    const isCopied = await copyText(copied);
    notify(
      isCopied ? { type: "success", content: texts.copied } : { type: "error", content: texts.copyFailed },
    );
  };
  const recall = async (): Promise<void> => {
    try {
      await actions.recall(messageId);
    } catch {
      notify({ type: "error", content: texts.clickFailed });
    }
  };

  const items: (MenuItem | undefined)[] = [
    text === undefined ? undefined : { label: texts.copyText, icon: "copy", choose: () => void copy(text) },
    card === undefined
      ? undefined
      : { label: texts.inspect, icon: "inspect", choose: () => inspect(messageId) },
    { label: texts.copyId, icon: "code", choose: () => void copy(messageId) },
    { label: texts.recall, icon: "recall", isDanger: true, choose: () => void recall() },
  ];
  return h(
    "div",
    { class: "message-tools" },
    h(
      "button",
      { type: "button", title: texts.reply, "aria-label": texts.reply, onClick: () => onReply(message) },
      h(Icon, { name: "reply", size: 16 }),
    ),
    h(
      Menu,
      { label: texts.more, className: "", items: items.filter((item) => item !== undefined) },
      h(Icon, { name: "more", size: 16 }),
    ),
  );
}
