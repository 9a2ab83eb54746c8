import type { Brief, PageChat } from "../../page-protocol/page-event.ts";
import type { Texts } from "../texts/texts.ts";

/** A message in one line, without saying who sent it. */
export function briefText({ isRecalled, sender, msgType, text }: Brief, texts: Texts, myId: string): string {
  if (isRecalled) return texts.recalled(sender.id === myId ? undefined : sender.name);
  return text === "" ? (texts.kinds[msgType] ?? "") : text;
}

/** The line under a chat's name in the list. */
export function chatPreview({ type, last }: PageChat, texts: Texts, myId: string): string {
  if (last === undefined) return texts.noMessages;
  const text = briefText(last, texts, myId);
  const isAttributed = type === "group" && !last.isRecalled && last.sender.id !== myId;
  return isAttributed ? `${last.sender.name}: ${text}` : text;
}
