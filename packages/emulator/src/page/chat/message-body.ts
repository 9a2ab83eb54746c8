import { type ComponentChild, h } from "preact";
import { isJsonObject } from "../../json.ts";
import { CardImage } from "../card/card-image.ts";
import { CardView } from "../card/card-view.ts";
import { textField } from "../card/json-field.ts";
import { usePage } from "../page-context.ts";
import type { ShownMessage } from "../page-state.ts";
import { PostBubble } from "./post-bubble.ts";
import { TextBubble } from "./text-bubble.ts";

/** What a message holds. */
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
      alt: texts.kinds.image ?? "",
      className: "message-image",
    });
  }
  return h("div", { class: "bubble muted" }, texts.kinds[msgType] ?? msgType);
}
