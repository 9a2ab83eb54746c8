import { type ComponentChild, h } from "preact";
import { Icon } from "../parts/icon.ts";
import { usePage } from "../parts/page-context.ts";

/** What a chat shows in which nothing was said yet: what to do, and how an app gets here. */
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
