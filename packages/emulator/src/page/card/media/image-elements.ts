import { type ComponentChild, h } from "preact";
import type { ElementProps } from "../node/card-context.ts";
import { objectField, objectsIn, textField, wordField } from "../node/json-field.ts";
import { CardImage } from "./card-image.ts";
import { ImagePreview } from "./image-preview.ts";

const SIZES: ReadonlyMap<string, { width: string; height: string }> = new Map([
  ["large", { width: "160px", height: "160px" }],
  ["medium", { width: "80px", height: "80px" }],
  ["small", { width: "40px", height: "40px" }],
  ["tiny", { width: "16px", height: "16px" }],
]);

/** Draws an `img`. */
export function ImageElement({ node }: ElementProps): ComponentChild {
  const size = textField(node, "size") ?? "";
  const [, width, height] = /^(\d{1,4})(?:px)? (\d{1,4})(?:px)?$/.exec(size) ?? [];
  const own = width === undefined ? undefined : { width: `${width}px`, height: `${height}px` };
  const scale = wordField(node, "scale_type", ["crop_center", "crop_top", "fit_horizontal"]);
  const fixed = SIZES.get(size) ?? own;
  const title = textField(objectField(node, "title"), "content");
  const alt = textField(objectField(node, "alt"), "content") ?? "";
  const imageKey = textField(node, "img_key") ?? "";
  const style = {
    ...fixed,
    borderRadius: radiusOf(node),
    objectPosition: scale === "crop_top" ? "top" : "center",
  };
  const image = h(CardImage, { imageKey, alt, className: "image-content" });
  return h(
    "div",
    { class: fixed === undefined ? `image ${scale}` : "image sized" },
    title !== undefined && title !== "" && h("div", { class: "image-title" }, title),
    node.preview === false
      ? h("div", { class: "image-frame", style }, image)
      : h(ImagePreview, { imageKey, alt, className: "image-frame", style }, image),
  );
}

/** Draws an `img_combination`: several images in one frame. */
export function ImageCombination({ node }: ElementProps): ComponentChild {
  const [, mode] = /^(double|triple|bisect|trisect)/.exec(textField(node, "combination_mode") ?? "") ?? [];
  return h(
    "div",
    { class: `image-combination ${mode ?? "trisect"}`, style: { borderRadius: radiusOf(node) } },
    objectsIn(node.img_list).map((image, index) => {
      const imageKey = textField(image, "img_key") ?? "";
      return h(
        ImagePreview,
        { key: index, imageKey, alt: "", className: "combined-frame" },
        h(CardImage, { imageKey, alt: "", className: "combined-image" }),
      );
    }),
  );
}

function radiusOf(node: ElementProps["node"]): string | undefined {
  const corner = textField(node, "corner_radius") ?? "";
  return /^\d{1,3}(?:px|%)$/.test(corner) ? corner : undefined;
}
