import { InvalidOptionError, type Locale } from "@streamcard/core";
import type { BotWords } from "./bot-words.ts";
import { enUS } from "./en-us.ts";
import { jaJP } from "./ja-jp.ts";
import { zhCN } from "./zh-cn.ts";

/** The words of a bot in every language of its cards. */
export const botWords: Readonly<Record<Locale, BotWords>> = { "zh-CN": zhCN, "en-US": enUS, "ja-JP": jaJP };

/**
 * Finds the words of a bot in one language.
 *
 * @throws {InvalidOptionError} when there is no such language.
 */
export function wordsIn(locale: Locale): BotWords {
  const words: BotWords | undefined = botWords[locale];
  if (words !== undefined) return words;
  throw new InvalidOptionError(
    `locale must be one of ${Object.keys(botWords).join(", ")}, received ${JSON.stringify(locale)}.`,
  );
}
