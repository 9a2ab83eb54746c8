import { type ClickAnswer, type ToastKind, toastLevels, wordsIn } from "@streamcard/bot";
import type { Locale } from "@streamcard/core";
import { locales } from "@streamcard/core/driver";
import type { FeishuTypes } from "./feishu-types.ts";

/** The body that answers a click, or `{}` for one that shows nothing. */
export function answerBody(answer: ClickAnswer<FeishuTypes>, locale: Locale): FeishuTypes["cardAnswer"] {
  switch (answer.type) {
    case "toast":
      return toastBody(answer.kind, locale);
    case "own":
      return answer.answer;
    case "nothing":
      return {};
  }
}

/**
 * A body that shows a toast in every language, because the reader's client chooses one.
 *
 * @param locale Language for clients that choose none.
 */
function toastBody(kind: ToastKind, locale: Locale): FeishuTypes["cardAnswer"] {
  const i18n = locales.map((one) => [one.toLowerCase().replace("-", "_"), wordsIn(one).toasts[kind]]);
  return {
    toast: {
      type: toastLevels[kind],
      content: wordsIn(locale).toasts[kind],
      i18n: Object.fromEntries(i18n),
    },
  };
}
