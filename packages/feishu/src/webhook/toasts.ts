import type { Locale } from "@streamcard/core";
import { type ClickAnswer, locales, wordsOf } from "@streamcard/core/driver";

/** A short notice to the person who clicked, in each language that the platform is to choose from. */
export interface Toast {
  readonly type: "info" | "success" | "warning" | "error";
  readonly content: string;
  readonly i18n?: Readonly<Record<string, string>>;
}

/** The body that answers a click. @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication */
export interface CardActionResponse {
  readonly toast?: Toast;
  /** Takes the card's place, which must not be streaming. */
  readonly card?: { readonly type: "raw" | "template"; readonly data: object };
}

const kinds: Readonly<Record<ClickAnswer, Toast["type"]>> = {
  stopped: "success",
  "already-stopped": "info",
  "already-ended": "info",
  "unknown-run": "info",
  "not-yours": "warning",
  "still-running": "info",
  regenerating: "success",
  "already-regenerated": "info",
  thanks: "success",
  "already-thanked": "info",
  approved: "success",
  denied: "success",
  "already-decided": "info",
  "not-available": "info",
  failed: "error",
};

/** The answer to a click that shows a toast. The reader's client chooses its language; `locale` is for those without. */
export function toastResponse(name: ClickAnswer, locale: Locale): CardActionResponse {
  const content = wordsOf(locale).click(name);
  const inAll = locales.map((one) => [one.toLowerCase().replace("-", "_"), wordsOf(one).click(name)]);
  return { toast: { type: kinds[name], content, i18n: Object.fromEntries(inAll) } };
}
