import { type ComponentChild, h } from "preact";
import type { ElementProps } from "./card-context.ts";
import { CardImage } from "./card-image.ts";
import { objectField, objectsIn, textField, wordField } from "./json-field.ts";

const SIZES: ReadonlyMap<string, { width: string; height: string }> = new Map([
  ["large", { width: "160px", height: "160px" }],
  ["medium", { width: "80px", height: "80px" }],
  ["small", { width: "40px", height: "40px" }],
  ["tiny", { width: "16px", height: "16px" }],
]);

/** `img` */
export function ImageElement({ node }: ElementProps): ComponentChild {
  const size = textField(node, "size") ?? "";
  const [, width, height] = /^(\d{1,4})(?:px)? (\d{1,4})(?:px)?$/.exec(size) ?? [];
  const own = width === undefined ? undefined : { width: `${width}px`, height: `${height}px` };
  const scale = wordField(node, "scale_type", ["crop_center", "crop_top", "fit_horizontal"]);
  const fixed = SIZES.get(size) ?? own;
  const title = textField(objectField(node, "title"), "content");
  const corner = textField(node, "corner_radius") ?? "";
  const style = {
    ...fixed,
    borderRadius: /^\d{1,3}(?:px|%)$/.test(corner) ? corner : undefined,
    objectPosition: scale === "crop_top" ? "top" : "center",
  };
  return h(
    "div",
    { class: fixed === undefined ? `image ${scale}` : "image sized" },
    title !== undefined && title !== "" && h("div", { class: "image-title" }, title),
    h(
      "div",
      { class: "image-frame", style },
      h(CardImage, {
        imageKey: textField(node, "img_key") ?? "",
        alt: textField(objectField(node, "alt"), "content") ?? "",
        className: "image-content",
      }),
    ),
  );
}

/** `img_combination` */
export function ImageCombination({ node }: ElementProps): ComponentChild {
  const images = objectsIn(node.img_list);
  const columns = /^(?:trisect|trisection)/.test(textField(node, "combination_mode") ?? "") ? 3 : 2;
  return h(
    "div",
    { class: "image-combination", style: { gridTemplateColumns: `repeat(${columns}, 1fr)` } },
    images.map((image, index) =>
      h(CardImage, {
        key: index,
        imageKey: textField(image, "img_key") ?? "",
        alt: "",
        className: "combined-image",
      }),
    ),
  );
}
