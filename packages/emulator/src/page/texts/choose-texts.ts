import { english } from "./en-us.ts";
import type { Texts } from "./texts.ts";
import { chinese } from "./zh-cn.ts";

/** Chooses the texts for a reader: English if the first preferred language is not Chinese, else Chinese, as the platform's own client has. */
export function chooseTexts(languages: readonly string[]): Texts {
  const first = languages[0];
  return first === undefined || /^zh\b/i.test(first) ? chinese : english;
}
