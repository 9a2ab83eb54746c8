import { type ComponentChild, h } from "preact";
import { Icon } from "../parts/icon.ts";
import { usePage } from "../parts/page-context.ts";

/** Draws a chat without messages: a hint, and the settings with which an app connects. */
export function EmptyChat({ appId }: { appId: string }): ComponentChild {
  const { texts } = usePage();
  return h(
    "div",
    { class: "empty" },
    h("div", { class: "empty-mark" }, h(Icon, { name: "chat", size: 28 })),
    h("strong", null, texts.emptyTitle),
    h("p", null, texts.emptyHint),
    h("code", null, `FEISHU_DOMAIN=${location.origin}\nFEISHU_APP_ID=${appId}`),
  );
}
