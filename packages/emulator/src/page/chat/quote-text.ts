import { isJsonObject } from "../../ground/json.ts";
import { objectField, textField } from "../card/node/json-field.ts";
import type { ShownMessage } from "../state/page-state.ts";
import type { Texts } from "../texts/texts.ts";

/** What is quoted of a message above the reply to it. */
export function quoteText({ content, card, msgType }: ShownMessage, texts: Texts): string {
  const title = textField(objectField(objectField(card?.json, "header"), "title"), "content");
  const text = isJsonObject(content) ? textField(content, "text") : undefined;
  return title ?? text?.replace(/\s+/g, " ") ?? texts.kinds[msgType] ?? "";
}
