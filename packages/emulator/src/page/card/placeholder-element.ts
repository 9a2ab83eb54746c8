import { type ComponentChild, h } from "preact";
import { usePage } from "../page-context.ts";
import type { ElementProps } from "./card-context.ts";
import { textField } from "./json-field.ts";

/** Stands for a component that the page does not draw. */
export function PlaceholderElement({ node }: ElementProps): ComponentChild {
  const { texts } = usePage();
  return h(
    "div",
    { class: "placeholder" },
    h("code", null, textField(node, "tag") ?? "?"),
    h("span", null, texts.notDrawn),
  );
}
