import { type ComponentChild, h } from "preact";
import type { JsonObject } from "../../json.ts";
import { cardColor } from "./card-color.ts";
import { type ElementProps, useCard } from "./card-context.ts";
import { box, pixels, spacing } from "./card-size.ts";
import { isSet, numberField, objectsIn, textField, wordField } from "./json-field.ts";
import { useClick } from "./use-click.ts";

const FLEX_MODES = ["none", "stretch", "flow", "bisect", "trisect"] as const;

/** `column_set` and its columns. */
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
      h(Column, { key: textField(column, "element_id") ?? index, node: column, mode }),
    ),
  );
}

type FlexMode = (typeof FLEX_MODES)[number];

function Column({ node, mode }: ElementProps & { mode: FlexMode }): ComponentChild {
  const { card, draw } = useCard();
  const style = {
    ...boxStyle(node),
    flex: columnFlex(node, mode),
    justifyContent: FLEX[wordField(node, "vertical_align", ["top", "center", "bottom"])],
    background: cardColor(textField(node, "background_style"), "paper", card.json),
  };
  return h("div", { class: "column", style }, draw(node.elements));
}

function columnFlex(node: JsonObject, mode: FlexMode): string {
  if (mode === "bisect") return "0 0 calc(50% - 4px)";
  if (mode === "trisect") return "0 0 calc(33.33% - 6px)";
  const width = textField(node, "width");
  if (width === "weighted") return `${numberField(node, "weight") ?? 1} 1 0`;
  return `0 1 ${pixels(width) ?? "auto"}`;
}

/** `interactive_container`: a box that can be clicked as a whole. */
export function InteractiveContainer({ node }: ElementProps): ComponentChild {
  const { card, draw } = useCard();
  const { click, isBusy } = useClick(node);
  const isDisabled = isSet(node, "disabled");
  const onClick = isDisabled
    ? {}
    : { role: "button", tabIndex: 0, onClick: click, onKeyDown: onEnter(click) };
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
  return h("div", { class: `interactive stack${border}${state}`, style, ...onClick }, draw(node.elements));
}

/** Layout that every container can have. */
export function boxStyle(node: JsonObject): Record<string, string | undefined> {
  const isRow = node.direction === "horizontal";
  return {
    padding: box(textField(node, "padding")),
    flexDirection: isRow ? "row" : undefined,
    flexWrap: isRow ? "wrap" : undefined,
    gap: isRow
      ? spacing(textField(node, "horizontal_spacing"))
      : spacing(textField(node, "vertical_spacing")),
    alignItems: isRow
      ? FLEX[wordField(node, "vertical_align", ["top", "center", "bottom"])]
      : ALIGN[wordField(node, "horizontal_align", ["left", "center", "right"])],
  };
}

const FLEX = { top: "flex-start", center: "center", bottom: "flex-end" } as const;
const ALIGN = { left: undefined, center: "center", right: "flex-end" } as const;

function onEnter(click: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Enter" || event.target !== event.currentTarget) return;
    event.preventDefault();
    click();
  };
}
