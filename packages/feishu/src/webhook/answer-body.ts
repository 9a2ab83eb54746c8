import { type ClickReply, toastLevels } from "@streamcard/bot";
import type { Locale } from "@streamcard/core";
import { type ClickAnswer, locales, wordsOf } from "@streamcard/core/driver";
import type { FeishuTypes } from "./feishu-types.ts";

/** Builds the body that answers a click: `{}` for one that shows nothing. */
export function answerBody(reply: ClickReply<FeishuTypes>, locale: Locale): FeishuTypes["cardAnswer"] {
  switch (reply.type) {
    case "toast":
      return toastBody(reply.answer, locale);
    case "own":
      return reply.body;
    case "nothing":
      return {};
  }
}

/**
 * Builds a body that shows a toast in every language, because the reader's client chooses one.
 *
 * @param locale Language for clients that choose none.
 */
function toastBody(answer: ClickAnswer, locale: Locale): FeishuTypes["cardAnswer"] {
  const i18n = locales.map((one) => [one.toLowerCase().replace("-", "_"), wordsOf(one).click(answer)]);
  return {
    toast: {
      type: toastLevels[answer],
      content: wordsOf(locale).click(answer),
      i18n: Object.fromEntries(i18n),
    },
  };
}
