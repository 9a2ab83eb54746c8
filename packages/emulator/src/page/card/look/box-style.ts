import type { JsonObject } from "../../../ground/json.ts";
import { textField, wordField } from "../node/json-field.ts";
import { box, spacing } from "./card-size.ts";

/** Makes the style for the layout properties that every container can have. */
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

/** CSS values of a vertical alignment. */
export const FLEX = { top: "flex-start", center: "center", bottom: "flex-end" } as const;
const ALIGN = { left: undefined, center: "center", right: "flex-end" } as const;
