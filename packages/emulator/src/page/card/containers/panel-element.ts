import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import { usePage } from "../../parts/page-context.ts";
import { boxStyle, FLEX } from "../look/box-style.ts";
import { cardColor } from "../look/card-color.ts";
import { box, pixels } from "../look/card-size.ts";
import { CardIcon } from "../media/card-icon.ts";
import { type ElementProps, useCard } from "../node/card-context.ts";
import { isSet, objectField, textField, wordField } from "../node/json-field.ts";
import { TextObject } from "../text/text-object.ts";

const DEFAULT_ICON = { tag: "standard_icon", token: "down-small-ccm_outlined" };

/** Draws a `collapsible_panel`. After the person has folded or unfolded it, the app's `expanded` no longer counts. */
export function PanelElement({ node }: ElementProps): ComponentChild {
  const { folds } = usePage();
  const { messageId, card, draw } = useCard();
  const key = `${messageId} ${textField(node, "element_id") ?? JSON.stringify(node.header)}`;
  const [chosen, choose] = useState(folds.get(key));
  const isOpen = chosen ?? isSet(node, "expanded");
  const header = objectField(node, "header");
  const border = objectField(node, "border");
  const title = objectField(header, "title");
  const position = wordField(header, "icon_position", ["right", "left", "follow_text"]);
  const angle = header?.icon_expanded_angle;
  const width = wordField(header, "width", ["fill", "auto", "auto_when_fold"]);
  const isFill = width === "fill" || (width === "auto_when_fold" && isOpen);
  const rotation = isOpen ? `rotate(${typeof angle === "number" ? angle : 180}deg)` : "none";

  const toggle = (): void => {
    folds.set(key, !isOpen);
    choose(!isOpen);
  };

  return h(
    "section",
    {
      class: border === undefined ? "panel" : "panel bordered",
      style: {
        borderColor: cardColor(textField(border, "color"), "line", card.json),
        borderRadius: pixels(textField(border, "corner_radius")),
        background: cardColor(textField(node, "background_color"), "paper", card.json),
      },
    },
    h(
      "button",
      {
        type: "button",
        class: `panel-header ${position}${isFill ? "" : " fit"}`,
        style: {
          padding: box(textField(header, "padding")),
          background: cardColor(textField(header, "background_color"), "paper", card.json),
          alignItems: FLEX[wordField(header, "vertical_align", ["center", "top", "bottom"])],
        },
        "aria-expanded": isOpen,
        onClick: toggle,
      },
      title !== undefined && h(TextObject, { node: title, className: "panel-title" }),
      h(
        "span",
        { class: "panel-icon", style: { transform: rotation } },
        h(CardIcon, { icon: objectField(header, "icon") ?? DEFAULT_ICON }),
      ),
    ),
    isOpen && h("div", { class: "panel-body stack", style: boxStyle(node) }, draw(node.elements)),
  );
}
