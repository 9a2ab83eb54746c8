import { type ComponentChild, h, type TargetedInputEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { PageChat } from "../../page-protocol/page-event.ts";
import { Icon } from "../parts/icon.ts";
import { usePage } from "../parts/page-context.ts";
import type { ShownMessage } from "../state/page-state.ts";
import { quoteText } from "./quote-text.ts";

export interface ComposerProps {
  chat: PageChat;
  /** Message that the next one replies to. */
  target: ShownMessage | undefined;
  /** Unsent texts by chat id. */
  drafts: Map<string, string>;
  onTargetDropped(): void;
}

const MAX_HEIGHT_PX = 160;

/** Draws the box in which the person writes. Enter sends, Shift+Enter begins a new line. */
export function Composer({ chat, target, drafts, onTargetDropped }: ComposerProps): ComponentChild {
  const { texts, actions } = usePage();
  const [text, setText] = useState(drafts.get(chat.chatId) ?? "");
  const [isMention, setMention] = useState(chat.type === "group");
  const [hasFailed, setFailed] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const box = input.current;
    if (box === null) return;
    box.style.height = "auto";
    // An empty box keeps its height, because a long placeholder must not add a second line.
    box.style.height = text === "" ? "auto" : `${Math.min(box.scrollHeight, MAX_HEIGHT_PX)}px`;
  }, [text]);
  useLayoutEffect(() => {
    // Without a mouse the box takes the focus only for a reply, because a phone's keyboard covers half of the chat.
    if (target !== undefined || matchMedia("(pointer: fine)").matches) input.current?.focus();
  }, [target]);

  const write = (next: string): void => {
    drafts.set(chat.chatId, next);
    setText(next);
  };

  const send = async (): Promise<void> => {
    if (text.trim() === "") return;
    write("");
    try {
      const replyTo = target?.messageId;
      const reply = replyTo === undefined ? {} : { replyTo };
      await actions.say({ chatId: chat.chatId, text: text.trim(), mentionsBot: isMention, ...reply });
      setFailed(false);
      onTargetDropped();
    } catch {
      // The unsent text comes back into the box, before the text that was written since.
      setFailed(true);
      write([text, drafts.get(chat.chatId)].filter(Boolean).join("\n"));
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // While an input method is open, Enter chooses a word. Safari ends the composition first, and reports key code 229.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void send();
  };

  if (chat.isDissolved) return h("div", { class: "composer closed" }, texts.dissolved);
  const { botName } = chat;
  const placeholder = texts.writeTo(chat.name);
  return h(
    "div",
    { class: "composer" },
    hasFailed && h("div", { class: "send-failed", role: "alert" }, texts.sendFailed),
    h(
      "div",
      { class: "composer-box" },
      target !== undefined &&
        h(
          "div",
          { class: "composer-target" },
          h("span", null, `${texts.replyTo(target.sender.name)}: ${quoteText(target, texts)}`),
          h(
            "button",
            { type: "button", title: texts.cancel, "aria-label": texts.cancel, onClick: onTargetDropped },
            h(Icon, { name: "close", size: 14 }),
          ),
        ),
      h(
        "div",
        { class: "composer-row" },
        isMention && botName !== undefined && h("span", { class: "mention composer-mention" }, `@${botName}`),
        h("textarea", {
          ref: input,
          rows: 1,
          value: text,
          placeholder,
          "aria-label": placeholder,
          onInput: ({ currentTarget }: TargetedInputEvent<HTMLTextAreaElement>) => write(currentTarget.value),
          onKeyDown,
        }),
        chat.type === "group" &&
          botName !== undefined &&
          h(
            "button",
            {
              type: "button",
              class: isMention ? "tool on" : "tool",
              title: `${texts.mention} @${botName}`,
              "aria-label": `${texts.mention} @${botName}`,
              "aria-pressed": isMention,
              onClick: () => setMention(!isMention),
            },
            h(Icon, { name: "mention", size: 18 }),
          ),
        h(
          "button",
          {
            type: "button",
            class: "tool send",
            title: texts.send,
            "aria-label": texts.send,
            disabled: text.trim() === "",
            onClick: () => void send(),
          },
          h(Icon, { name: "send", size: 18 }),
        ),
      ),
    ),
  );
}
