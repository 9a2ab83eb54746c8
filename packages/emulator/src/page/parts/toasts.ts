import { type ComponentChild, h } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { ClickReply } from "../../page-protocol/page-event.ts";
import type { Texts } from "../texts/texts.ts";
import { Icon, type IconName } from "./icon.ts";

/** A message that the page shows for three seconds. */
export interface Notice {
  readonly type: "info" | "success" | "error" | "warning";
  readonly content: string;
}

const SHOWN_MS = 3_000;
const MAX_NOTICES = 3;
// See https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication
const NO_ANSWER_IN_TIME = 200341;
const ICONS: Readonly<Record<Notice["type"], IconName>> = {
  info: "info",
  success: "check",
  error: "close",
  warning: "warning",
};

interface ShownNotice extends Notice {
  readonly number: number;
}

/** Keeps the notices on the screen, newest last and at most three. @returns the notices, and a function that adds one. */
export function useNotices(): [readonly ShownNotice[], (notice: Notice) => void] {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([]);
  const last = notices.at(-1);
  useEffect(() => {
    if (last === undefined) return;
    const timer = setTimeout(() => setNotices([]), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  const notify = useCallback((notice: Notice): void => {
    setNotices((now) => [...now, { ...notice, number: (now.at(-1)?.number ?? 0) + 1 }].slice(-MAX_NOTICES));
  }, []);
  return [notices, notify];
}

/** Draws the notices. */
export function Toasts({ notices }: { notices: readonly ShownNotice[] }): ComponentChild {
  return h(
    "div",
    { class: "toasts", role: "status", "aria-live": "polite" },
    notices.map(({ number, type, content }) =>
      h(
        "div",
        { key: number, class: `toast ${type}` },
        h("span", { class: "toast-mark" }, h(Icon, { name: ICONS[type], size: 12 })),
        h("span", { class: "toast-text" }, content),
      ),
    ),
  );
}

/** Makes the notice for the answer to a click; `undefined` if there is nothing to show. A failure shows its code, as the client does. */
export function noticeOf({ toast, code }: ClickReply, texts: Texts): Notice | undefined {
  if (code !== undefined) {
    const reason = code === NO_ANSWER_IN_TIME ? texts.noAnswer : texts.clickFailed;
    return { type: "error", content: `${reason} (${code})` };
  }
  if (toast === undefined) return undefined;
  const content = toast.i18n?.[texts.platformLocale] ?? toast.content;
  return { type: toast.type, content };
}
