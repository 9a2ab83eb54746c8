import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import { usePage } from "../../parts/page-context.ts";

/** Draws an uploaded image, or a text in its place if it cannot be loaded. */
export function CardImage({
  imageKey,
  alt,
  className,
}: {
  imageKey: string;
  alt: string;
  className: string;
}): ComponentChild {
  const { texts } = usePage();
  const [failedKey, setFailedKey] = useState<string>();
  if (failedKey === imageKey || imageKey === "") {
    return h("span", { class: `${className} missing-image` }, texts.imageMissing);
  }
  const src = `/page/images/${encodeURIComponent(imageKey)}`;
  return h("img", { class: className, src, alt, onError: () => setFailedKey(imageKey) });
}
