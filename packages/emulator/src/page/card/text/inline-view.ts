import { type ComponentChild, h } from "preact";
import type { Inline } from "../../markdown/markdown-node.ts";
import { Avatar } from "../../parts/avatar.ts";
import { localTime } from "../../parts/format-time.ts";
import { Icon } from "../../parts/icon.ts";
import { usePage } from "../../parts/page-context.ts";
import { cardColor } from "../look/card-color.ts";
import { TagPill } from "../look/tag-pill.ts";
import { CardImage } from "../media/card-image.ts";
import { ImagePreview } from "../media/image-preview.ts";
import { standardIcon } from "../media/standard-icon.ts";
import { useCard } from "../node/card-context.ts";

/** Draws the parts of a line of text. */
export function drawInline(nodes: readonly Inline[]): ComponentChild[] {
  return nodes.map((node, index) => draw(node, index));
}

function draw(node: Inline, key: number): ComponentChild {
  switch (node.type) {
    case "text":
      return node.text;
    case "strong":
      return h("strong", { key }, drawInline(node.children));
    case "emphasis":
      return h("em", { key }, drawInline(node.children));
    case "strike":
      return h("del", { key }, drawInline(node.children));
    case "code":
      return h("code", { key }, node.text);
    case "break":
      return h("br", { key });
    case "rule":
      return h("hr", { key });
    case "caret":
      return h("span", { key, class: "caret" });
    case "link":
      return h(Link, { key, node });
    case "image":
      return h(
        ImagePreview,
        { key, imageKey: node.key, alt: node.alt, className: "inline-frame" },
        h(CardImage, { imageKey: node.key, alt: node.alt, className: "inline-image" }),
      );
    case "mention":
      return h(Mention, { key, ids: node.ids });
    case "person":
      return h(PersonMark, { key, node });
    case "font":
      return h(ColoredText, { key, node });
    case "tag":
      return h(TagPill, { key, color: node.color }, drawInline(node.children));
    case "number":
      return h(NumberBadge, { key, node });
    case "time":
      return h(LocalTime, { key, node });
  }
}

type PropsOf<Type extends Inline["type"]> = { node: Extract<Inline, { type: Type }> };

function Link({ node: { url, icon, children } }: PropsOf<"link">): ComponentChild {
  const content = [
    icon !== undefined && h(Icon, { name: standardIcon(icon), size: 14 }),
    drawInline(children),
  ];
  if (url === undefined) return h("span", { class: "link" }, content);
  return h("a", { class: "link", href: url, target: "_blank", rel: "noopener noreferrer" }, content);
}

function Mention({ ids }: { ids: readonly string[] }): ComponentChild {
  const { nameOf, texts } = usePage();
  const named = ids.map((id) => `@${id === "all" ? texts.everyone : nameOf(id)}`);
  return h("span", { class: "mention" }, named.join(" "));
}

function PersonMark({ node: { id, hasName, hasAvatar, isCapsule } }: PropsOf<"person">): ComponentChild {
  const { nameOf } = usePage();
  const name = nameOf(id);
  return h(
    "span",
    { class: isCapsule ? "person-mark capsule" : "person-mark" },
    hasAvatar && h(Avatar, { name, id, size: 18 }),
    hasName && h("span", { class: "person-name" }, name),
  );
}

function ColoredText({ node: { color, children } }: PropsOf<"font">): ComponentChild {
  const { card } = useCard();
  const style = { color: cardColor(color, "ink", card.json) };
  return h("span", { style }, drawInline(children));
}

function NumberBadge({ node: { text, background, color, url } }: PropsOf<"number">): ComponentChild {
  const { card } = useCard();
  const style = {
    background: cardColor(background, "fill", card.json),
    color: cardColor(color, "ink", card.json),
  };
  const badge = h("span", { class: "number-badge", style }, text);
  return url === undefined
    ? badge
    : h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, badge);
}

function LocalTime({ node: { milliseconds, format, url } }: PropsOf<"time">): ComponentChild {
  const { texts } = usePage();
  const text = localTime(milliseconds, format, texts);
  if (url === undefined) return h("span", null, text);
  return h("a", { class: "link", href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}
