import { enUs } from "./en-us.ts";
import { jaJp } from "./ja-jp.ts";
import type { Words } from "./words.ts";
import { zhCn } from "./zh-cn.ts";

/** Words of each language that there is. */
export const wordsByLocale = {
  "zh-CN": zhCn,
  "en-US": enUs,
  "ja-JP": jaJp,
} as const satisfies Readonly<Record<string, Words>>;

/** Language of a card's own words: its status, its titles and its buttons. */
export type Locale = keyof typeof wordsByLocale;

/** All languages that a card can speak. */
export const locales: readonly Locale[] = Object.keys(wordsByLocale) as Locale[];
