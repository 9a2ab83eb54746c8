import { type ComponentChild, h } from "preact";
import type { JsonObject } from "../../ground/json.ts";
import { usePage } from "../parts/page-context.ts";
import { box } from "./look/card-size.ts";
import { TagPill } from "./look/tag-pill.ts";
import { CardIcon } from "./media/card-icon.ts";
import { objectField, objectsIn, textField, wordField } from "./node/json-field.ts";
import { TextObject } from "./text/text-object.ts";

const TEMPLATES = [
  "default",
  "blue",
  "wathet",
  "turquoise",
  "green",
  "yellow",
  "orange",
  "red",
  "carmine",
  "violet",
  "purple",
  "indigo",
  "grey",
] as const;

/** Draws the coloured header of a card. */
export function CardHeader({ header }: { header: JsonObject }): ComponentChild {
  const { texts } = usePage();
  const title = objectField(header, "title");
  const subtitle = objectField(header, "subtitle");
  const icon = objectField(header, "icon");
  const translated = objectField(header, "i18n_text_tag_list")?.[texts.platformLocale];
  const tags = objectsIn(translated ?? header.text_tag_list).slice(0, 3);
  const template = wordField(header, "template", TEMPLATES);
  return h(
    "header",
    { class: `card-header ${template}`, style: { padding: box(textField(header, "padding")) } },
    icon !== undefined && h(CardIcon, { icon, size: 24 }),
    h(
      "div",
      { class: "card-titles" },
      h(
        "div",
        { class: "card-title-row" },
        title !== undefined && h(TextObject, { node: title, className: "card-title" }),
        tags.map((tag, index) =>
          h(
            TagPill,
            { key: index, color: textField(tag, "color") ?? "blue" },
            textField(objectField(tag, "text"), "content"),
          ),
        ),
      ),
      subtitle !== undefined && h(TextObject, { node: subtitle, className: "card-subtitle" }),
    ),
  );
}
