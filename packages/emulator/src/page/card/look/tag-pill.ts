import { type ComponentChild, type ComponentChildren, h } from "preact";
import { isColorFamily } from "./card-color.ts";

/** Draws a word in a coloured pill, as in a header or a text. */
export function TagPill({
  color,
  children,
}: {
  color: string;
  children?: ComponentChildren;
}): ComponentChild {
  const family = isColorFamily(color) ? color : "blue";
  return h(
    "span",
    { class: "tag-pill", style: { "--tone": `var(--${family})`, color: `var(--${family}-ink)` } },
    children,
  );
}
