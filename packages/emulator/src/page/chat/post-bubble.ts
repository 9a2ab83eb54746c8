import { type ComponentChild, h } from "preact";
import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { CardImage } from "../card/media/card-image.ts";
import { objectField, objectsIn, textField } from "../card/node/json-field.ts";
import { safeUrl } from "../markdown/safe-url.ts";
import { usePage } from "../parts/page-context.ts";
import type { Texts } from "../texts/texts.ts";

/** Draws a rich text message (`post`) without its styles. */
export function PostBubble({ content }: { content: JsonValue }): ComponentChild {
  const { nameOf, texts } = usePage();
  const post = isJsonObject(content) ? localPost(content, texts) : undefined;
  const title = textField(post, "title");
  const lines = Array.isArray(post?.content) ? post.content : [];
  const draw = (part: JsonObject, index: number): ComponentChild => {
    const text = textField(part, "text") ?? "";
    const url = safeUrl(textField(part, "href"));
    if (part.tag === "at") {
      const id = textField(part, "user_id") ?? "";
      return h("span", { key: index, class: "mention" }, `@${id === "all" ? texts.everyone : nameOf(id)}`);
    }
    if (part.tag === "img") {
      return h(CardImage, {
        key: index,
        imageKey: textField(part, "image_key") ?? "",
        alt: "",
        className: "message-image",
      });
    }
    if (url !== undefined) {
      return h(
        "a",
        { key: index, class: "link", href: url, target: "_blank", rel: "noopener noreferrer" },
        text,
      );
    }
    return text;
  };
  return h(
    "div",
    { class: "bubble" },
    title !== undefined && title !== "" && h("strong", { class: "post-title" }, title),
    lines.map((line, index) => h("div", { key: index, class: "post-line" }, objectsIn(line).map(draw))),
  );
}

function localPost(content: JsonObject, { platformLocale }: Texts): JsonObject | undefined {
  if ("content" in content) return content;
  const preferred = objectField(content, platformLocale);
  return preferred ?? Object.values(content).find(isJsonObject);
}
