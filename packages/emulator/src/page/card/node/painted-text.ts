import type { JsonObject } from "../../../ground/json.ts";
import { paintedOf, type ShownCard } from "../../state/page-state.ts";
import type { Texts } from "../../texts/texts.ts";
import { objectField, textField } from "./json-field.ts";

/** A text as far as it is painted. */
export interface PaintedText {
  readonly text: string;
  /** Whether more of it is to come, or may come. */
  readonly isTyping: boolean;
}

/** What of the text of a component is on the screen. */
export function paintedText(node: JsonObject, card: ShownCard, texts: Texts): PaintedText {
  const content = localContent(node, texts);
  const elementId = textField(node, "element_id");
  const length = paintedOf(card.painted, elementId);
  const isOpen = card.isStreaming && elementId !== undefined && elementId === card.typingId;
  return { text: content.slice(0, length), isTyping: isOpen || length < content.length };
}

function localContent(node: JsonObject, { locale }: Texts): string {
  const translated = textField(objectField(node, "i18n_content"), locale === "en" ? "en_us" : "zh_cn");
  return translated ?? textField(node, "content") ?? "";
}
