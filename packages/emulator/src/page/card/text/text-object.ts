import { type ComponentChild, h } from "preact";
import type { JsonObject } from "../../../ground/json.ts";
import { usePage } from "../../parts/page-context.ts";
import { cardColor } from "../look/card-color.ts";
import { textSize } from "../look/card-size.ts";
import { useCard } from "../node/card-context.ts";
import { numberField, textField, wordField } from "../node/json-field.ts";
import { paintedText } from "../node/painted-text.ts";
import { MarkdownView } from "./markdown-view.ts";

/** Draws a text object: `plain_text`, or Markdown for every other tag. */
export function TextObject({
  node,
  className = "text",
}: {
  node: JsonObject;
  className?: string;
}): ComponentChild {
  const { texts } = usePage();
  const { card } = useCard();
  const painted = paintedText(node, card, texts);
  const style = textStyle(node, card.json);
  if (node.tag === "plain_text" || node.tag === undefined) {
    return h(
      "div",
      { class: className, style },
      painted.text,
      painted.isTyping && h("span", { class: "caret" }),
    );
  }
  return h("div", { class: className, style }, h(MarkdownView, painted));
}

/** CSS properties of a text. */
export type TextStyle = Record<string, string | number | undefined>;

/** Makes the style for the text properties of a component. */
export function textStyle(node: JsonObject, card: JsonObject): TextStyle {
  const size = textSize(textField(node, "text_size"), card);
  const lines = numberField(node, "lines");
  const clamp =
    lines === undefined ? {} : { WebkitLineClamp: lines, display: "-webkit-box", overflow: "hidden" };
  return {
    ...(textField(node, "text_size") === undefined ? {} : { "--size": `${size}px` }),
    color: cardColor(textField(node, "text_color"), "ink", card),
    textAlign: wordField(node, "text_align", ["left", "center", "right"]),
    ...clamp,
  };
}
