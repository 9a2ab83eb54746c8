import { type ComponentChild, h } from "preact";
import type { JsonObject } from "../../../ground/json.ts";
import { Icon } from "../../parts/icon.ts";
import { cardColor } from "../look/card-color.ts";
import { useCard } from "../node/card-context.ts";
import { textField } from "../node/json-field.ts";
import { CardImage } from "./card-image.ts";
import { standardIcon } from "./standard-icon.ts";

/** Draws an icon object: an icon of the platform, or an uploaded image. */
export function CardIcon({ icon, size = 16 }: { icon: JsonObject; size?: number }): ComponentChild {
  const { card } = useCard();
  const [, given] = /^(\d{1,3})px(?: \d{1,3}px)?$/.exec(textField(icon, "size") ?? "") ?? [];
  const pixels = given === undefined ? size : Number(given);
  const style = {
    color: cardColor(textField(icon, "color"), "ink", card.json),
    width: `${pixels}px`,
    height: `${pixels}px`,
  };
  const imageKey = textField(icon, "img_key");
  return h(
    "span",
    { class: "card-icon", style },
    icon.tag === "custom_icon" && imageKey !== undefined
      ? h(CardImage, { imageKey, alt: "", className: "icon-image" })
      : h(Icon, { name: standardIcon(textField(icon, "token") ?? ""), size: pixels }),
  );
}
