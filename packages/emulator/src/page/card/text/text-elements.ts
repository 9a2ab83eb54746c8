import { type ComponentChild, h } from "preact";
import type { JsonObject } from "../../../ground/json.ts";
import { usePage } from "../../parts/page-context.ts";
import { pixels } from "../look/card-size.ts";
import { CardIcon } from "../media/card-icon.ts";
import { type ElementProps, useCard } from "../node/card-context.ts";
import { objectField, objectsIn, textField } from "../node/json-field.ts";
import { paintedText } from "../node/painted-text.ts";
import { MarkdownView } from "./markdown-view.ts";
import { TextObject, type TextStyle, textStyle } from "./text-object.ts";

/** Draws a `markdown`. */
export function MarkdownElement({ node }: ElementProps): ComponentChild {
  const { texts } = usePage();
  const { card } = useCard();
  return withIcon(
    node,
    h(
      "div",
      { class: "text", style: textStyle(node, card.json) },
      h(MarkdownView, paintedText(node, card, texts)),
    ),
    textStyle(node, card.json),
  );
}

/** Draws a `div`: a text, and in schema 1.0 also short texts side by side. */
export function DivElement({ node }: ElementProps): ComponentChild {
  const { card } = useCard();
  const text = objectField(node, "text");
  const fields = objectsIn(node.fields);
  const width = textField(node, "width");
  const style = { width: width === "auto" ? "fit-content" : pixels(width) };
  return withIcon(
    node,
    h(
      "div",
      { style },
      text !== undefined && h(TextObject, { node: text }),
      fields.length > 0 &&
        h(
          "div",
          { class: "fields" },
          fields.map((field, index) => {
            const content = objectField(field, "text");
            return h(
              "div",
              { key: index, class: field.is_short === true ? "short" : "" },
              content !== undefined && h(TextObject, { node: content }),
            );
          }),
        ),
    ),
    textStyle(text ?? {}, card.json),
  );
}

/** Draws a `note` of schema 1.0: small grey texts and icons in a row. */
export function NoteElement({ node }: ElementProps): ComponentChild {
  return h(
    "div",
    { class: "note" },
    objectsIn(node.elements).map((item, index) =>
      h(TextObject, { key: index, node: item, className: "note-text" }),
    ),
  );
}

/** Draws an `hr`. */
export function RuleElement(): ComponentChild {
  return h("hr", { class: "card-rule" });
}

function withIcon(node: JsonObject, content: ComponentChild, look: TextStyle): ComponentChild {
  const icon = objectField(node, "icon");
  if (icon === undefined) return content;
  const style = { "--size": look["--size"] };
  return h(
    "div",
    { class: "with-icon", style },
    h("span", { class: "icon-line" }, h(CardIcon, { icon })),
    content,
  );
}
