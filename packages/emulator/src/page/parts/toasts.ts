import { type ComponentChild, h } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { ClickReply } from "../../page-protocol/page-event.ts";
import type { Texts } from "../texts/texts.ts";
import { Icon, type IconName } from "./icon.ts";

/** Something the person is told for a moment. */
export interface Notice {
  readonly type: "info" | "success" | "error" | "warning";
  readonly content: string;
}

const SHOWN_MS = 3_000;
const ICONS: Readonly<Record<Notice["type"], IconName>> = {
  info: "info",
  success: "check",
  error: "close",
  warning: "warning",
};

interface ShownNotice extends Notice {
  readonly number: number;
}

/** The notices on the screen, newest last, and what adds one. */
export function useNotices(): [readonly ShownNotice[], (notice: Notice) => void] {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([]);
  const last = notices.at(-1);
  useEffect(() => {
    if (last === undefined) return;
    const timer = setTimeout(() => setNotices([]), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  const notify = useCallback((notice: Notice): void => {
    setNotices((now) => [...now, { ...notice, number: (now.at(-1)?.number ?? 0) + 1 }].slice(-3));
  }, []);
  return [notices, notify];
}

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

/** What the person is told after a click; `undefined` if nothing. What went wrong comes with its code, as in the client. */
export function noticeOf({ toast, code }: ClickReply, texts: Texts): Notice | undefined {
  if (code !== undefined) {
    const reason = code === 200341 ? texts.noAnswer : texts.clickFailed;
    return { type: "error", content: `${reason} (${code})` };
  }
  if (toast === undefined) return undefined;
  const content = toast.i18n?.[texts.locale === "en" ? "en_us" : "zh_cn"] ?? toast.content;
  return { type: toast.type, content };
}
