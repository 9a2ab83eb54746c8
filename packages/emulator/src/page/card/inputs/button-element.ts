import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import { cardColor } from "../look/card-color.ts";
import { pixels } from "../look/card-size.ts";
import { CardIcon } from "../media/card-icon.ts";
import { type ElementProps, useCard } from "../node/card-context.ts";
import { isSet, objectField, textField, wordField } from "../node/json-field.ts";
import { TextObject } from "../text/text-object.ts";
import { ConfirmDialog } from "./confirm-dialog.ts";
import { useClick } from "./use-click.ts";

const TYPES = [
  "default",
  "primary",
  "danger",
  "text",
  "primary_text",
  "danger_text",
  "primary_filled",
  "danger_filled",
  "laser",
] as const;

/** Draws a `button`. */
export function ButtonElement({ node }: ElementProps): ComponentChild {
  const { card } = useCard();
  const { click, isBusy } = useClick(node);
  const [isAsking, setAsking] = useState(false);
  const confirm = objectField(node, "confirm");
  const text = objectField(node, "text");
  const icon = objectField(node, "icon");
  const width = textField(node, "width");
  const isDisabled = isSet(node, "disabled");
  const tips = textField(objectField(node, isDisabled ? "disabled_tips" : "hover_tips"), "content");
  const type = wordField(node, "type", TYPES);
  const size = wordField(node, "size", ["medium", "tiny", "small", "large"]);
  return h(
    "div",
    { class: width === "fill" ? "button-row fill" : "button-row" },
    h(
      "button",
      {
        type: "button",
        class: `button ${type} ${size}${isBusy ? " busy" : ""}`,
        style: { width: pixels(width), color: cardColor(textField(text, "text_color"), "ink", card.json) },
        disabled: isDisabled,
        "aria-busy": isBusy,
        title: tips,
        onClick: () => (confirm === undefined ? click() : setAsking(true)),
      },
      icon !== undefined && h(CardIcon, { icon, size: 14 }),
      text !== undefined && h(TextObject, { node: text, className: "button-text" }),
    ),
    isAsking &&
      confirm !== undefined &&
      h(ConfirmDialog, {
        confirm,
        onClose: (isConfirmed) => {
          setAsking(false);
          if (isConfirmed) click();
        },
      }),
  );
}

/** Draws an `action` of schema 1.0: components in a row. */
export function ActionElement({ node }: ElementProps): ComponentChild {
  const { draw } = useCard();
  return h("div", { class: "action-row" }, draw(node.actions));
}
