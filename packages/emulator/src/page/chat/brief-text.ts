import type { Brief, PageChat } from "../../page-protocol/page-event.ts";
import { kindText, type Texts } from "../texts/texts.ts";

/** Writes a message in one line, without its sender. */
export function briefText({ isRecalled, sender, msgType, text }: Brief, texts: Texts, myId: string): string {
  if (isRecalled) return texts.recalled(sender.id === myId ? undefined : sender.name);
  return text === "" ? (kindText(texts, msgType) ?? "") : text;
}

/** Writes the line under a chat's name in the list: its newest message, in a group with the sender's name. */
export function chatPreview({ type, last }: PageChat, texts: Texts, myId: string): string {
  if (last === undefined) return texts.noMessages;
  const text = briefText(last, texts, myId);
  const isAttributed = type === "group" && !last.isRecalled && last.sender.id !== myId;
  return isAttributed ? `${last.sender.name}: ${text}` : text;
}
