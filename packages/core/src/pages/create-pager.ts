import { ElementPager } from "./element-pager.ts";
import type { Pager, PagerOptions } from "./pager.ts";
import { SlotPager } from "./slot-pager.ts";

/**
 * Makes the pager for cards of elements or of slots.
 *
 * @param hasLayout The blocks are put in order by a layout of the user's.
 */
export function createPager(options: PagerOptions, hasLayout: boolean): Pager {
  const { structure, text } = options.profile;
  if (structure === "slots") return new SlotPager(options);
  // A layout never receives blocks without content.
  return new ElementPager({ ...options, hasReadyTexts: text === "prefix" && !hasLayout });
}
