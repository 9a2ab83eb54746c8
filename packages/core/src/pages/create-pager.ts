import { ElementPager } from "./element-pager.ts";
import type { Pager, PagerOptions } from "./pager.ts";
import { SlotPager } from "./slot-pager.ts";

/** Makes the pager for what the platform's cards are made of. @param hasLayout A layout of the user's own draws the blocks. */
export function createPager(options: PagerOptions, hasLayout: boolean): Pager {
  const { structure, text } = options.profile;
  if (structure === "slots") return new SlotPager(options);
  // A layout is not shown what has no content.
  return new ElementPager({ ...options, hasReadyTexts: text === "prefix" && !hasLayout });
}
