import { type ComponentChild, h } from "preact";
import type { JsonObject } from "../../../ground/json.ts";
import { useClick } from "../inputs/use-click.ts";
import { boxStyle, FLEX } from "../look/box-style.ts";
import { cardColor } from "../look/card-color.ts";
import { pixels, spacing } from "../look/card-size.ts";
import { type ElementProps, useCard } from "../node/card-context.ts";
import { isSet, numberField, objectField, objectsIn, textField, wordField } from "../node/json-field.ts";

const FLEX_MODES = ["none", "stretch", "flow", "bisect", "trisect"] as const;

/** Draws a `column_set` and its columns. */
export function ColumnSet({ node }: ElementProps): ComponentChild {
  const { card } = useCard();
  const columns = objectsIn(node.columns);
  const style = {
    columnGap: spacing(textField(node, "horizontal_spacing")),
    background: cardColor(textField(node, "background_style"), "paper", card.json),
    justifyContent: wordField(node, "horizontal_align", ["left", "center", "right"]),
  };
  const mode = wordField(node, "flex_mode", FLEX_MODES);
  const isPainted = style.background !== undefined;
  return h(
    "div",
    { class: `column-set ${mode}${isPainted ? " painted" : ""}`, style },
    columns.map((column, index) =>
      h(Column, { key: textField(column, "element_id") ?? index, node: column }),
    ),
  );
}

function Column({ node }: ElementProps): ComponentChild {
  const { card, draw } = useCard();
  const style = {
    ...boxStyle(node),
    "--flex": columnFlex(node),
    justifyContent: FLEX[wordField(node, "vertical_align", ["top", "center", "bottom"])],
    background: cardColor(textField(node, "background_style"), "paper", card.json),
  };
  const isPainted = style.background !== undefined;
  return h("div", { class: isPainted ? "column painted" : "column", style }, draw(node.elements));
}

// For a wide card. On a narrow one, the column set's mode decides (see the style sheet).
function columnFlex(node: JsonObject): string {
  const width = textField(node, "width");
  if (width === "weighted") return `${numberField(node, "weight") ?? 1} 1 0`;
  return `0 1 ${pixels(width) ?? "auto"}`;
}

/** Draws an `interactive_container`: a box that can be clicked as a whole. */
export function InteractiveContainer({ node }: ElementProps): ComponentChild {
  const { card, draw } = useCard();
  const { click, isBusy } = useClick(node);
  const isDisabled = isSet(node, "disabled");
  const onClick = isDisabled
    ? {}
    : { role: "button", tabIndex: 0, onClick: () => click(), onKeyDown: onPress(click) };
  const style = {
    ...boxStyle(node),
    width: pixels(textField(node, "width")),
    height: pixels(textField(node, "height")),
    borderRadius: pixels(textField(node, "corner_radius")),
    borderColor: cardColor(textField(node, "border_color"), "line", card.json),
    background: cardColor(textField(node, "background_style"), "paper", card.json),
  };
  const border = isSet(node, "has_border") ? " bordered" : "";
  const state = isDisabled ? " disabled" : isBusy ? " busy" : "";
  const tips = textField(objectField(node, isDisabled ? "disabled_tips" : "hover_tips"), "content");
  return h(
    "div",
    { class: `interactive stack${border}${state}`, style, title: tips, "aria-busy": isBusy, ...onClick },
    draw(node.elements),
  );
}

function onPress(click: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || event.target !== event.currentTarget) return;
    event.preventDefault();
    click();
  };
}
