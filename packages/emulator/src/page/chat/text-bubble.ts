import { type ComponentChild, h } from "preact";
import { usePage } from "../parts/page-context.ts";
import { type TextPart, textParts } from "./text-parts.ts";

/** Draws a text message. */
export function TextBubble({
  text,
  mention,
  sender,
}: {
  text: string;
  mention: string | undefined;
  sender: "app" | "user";
}): ComponentChild {
  const { nameOf, texts } = usePage();
  const draw = (part: TextPart, index: number): ComponentChild => {
    if (part.type === "text") return part.text;
    if (part.type === "link") {
      return h(
        "a",
        { key: index, class: "link", href: part.url, target: "_blank", rel: "noopener noreferrer" },
        part.text,
      );
    }
    const name = part.id === "all" ? texts.everyone : nameOf(part.id, part.name || texts.unknownUser);
    return h("span", { key: index, class: "mention" }, `@${name}`);
  };
  return h(
    "div",
    { class: "bubble" },
    mention !== undefined && [h("span", { class: "mention" }, `@${mention}`), " "],
    textParts(text, sender).map(draw),
  );
}
