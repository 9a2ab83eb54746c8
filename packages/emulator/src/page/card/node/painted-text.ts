import type { JsonObject } from "../../../ground/json.ts";
import { paintedOf, type ShownCard } from "../../state/page-state.ts";
import type { Texts } from "../../texts/texts.ts";
import { objectField, textField } from "./json-field.ts";

/** The painted part of a text. */
export interface PaintedText {
  readonly text: string;
  /** True if more of the text may follow: some is not painted yet, or the text is the one that the app is streaming. */
  readonly isTyping: boolean;
}

/** Cuts a component's text to its painted part. */
export function paintedText(node: JsonObject, card: ShownCard, texts: Texts): PaintedText {
  const content = localContent(node, texts);
  const elementId = textField(node, "element_id");
  const length = paintedOf(card.painted, elementId);
  const isOpen = card.isStreaming && elementId !== undefined && elementId === card.typingId;
  return { text: content.slice(0, length), isTyping: isOpen || length < content.length };
}

function localContent(node: JsonObject, { platformLocale }: Texts): string {
  const translated = textField(objectField(node, "i18n_content"), platformLocale);
  return translated ?? textField(node, "content") ?? "";
}
