import { type ComponentChild, h } from "preact";
import { isJsonObject } from "../../ground/json.ts";
import { CardView } from "../card/card-view.ts";
import { CardImage } from "../card/media/card-image.ts";
import { textField } from "../card/node/json-field.ts";
import { usePage } from "../parts/page-context.ts";
import type { ShownMessage } from "../state/page-state.ts";
import { kindText } from "../texts/texts.ts";
import { PostBubble } from "./post-bubble.ts";
import { TextBubble } from "./text-bubble.ts";

/** Draws the content of a message: a card, a text, a rich text, an image, or its type in words. */
export function MessageBody({ message }: { message: ShownMessage }): ComponentChild {
  const { texts } = usePage();
  const { messageId, card, msgType, sender, mention } = message;
  const content = isJsonObject(message.content) ? message.content : undefined;
  if (card !== undefined) return h(CardView, { messageId, card });
  if (msgType === "text") {
    return h(TextBubble, { text: textField(content, "text") ?? "", mention, sender: sender.type });
  }
  if (msgType === "post") return h(PostBubble, { content: message.content });
  if (msgType === "image") {
    return h(CardImage, {
      imageKey: textField(content, "image_key") ?? "",
      alt: texts.kinds.image,
      className: "message-image",
    });
  }
  return h("div", { class: "bubble muted" }, kindText(texts, msgType) ?? msgType);
}
