import { isJsonObject } from "../../ground/json.ts";
import { objectField, textField } from "../card/node/json-field.ts";
import type { ShownMessage } from "../state/page-state.ts";
import { kindText, type Texts } from "../texts/texts.ts";

/** Chooses the line by which a message is quoted: the title of its card, its text, or its type in words. */
export function quoteText({ content, card, msgType }: ShownMessage, texts: Texts): string {
  const title = textField(objectField(objectField(card?.json, "header"), "title"), "content");
  const text = isJsonObject(content) ? textField(content, "text") : undefined;
  return title ?? text?.replace(/\s+/g, " ") ?? kindText(texts, msgType) ?? "";
}
