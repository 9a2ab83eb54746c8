import { type ComponentChild, h, type TargetedEvent } from "preact";
import { CardImage } from "../media/card-image.ts";
import { type ElementProps, useCard } from "../node/card-context.ts";
import { isSet, objectsIn, textField } from "../node/json-field.ts";
import { useClick } from "./use-click.ts";

/** Draws a `select_img`: a choice of one picture or, with `multi_select`, of several. */
export function SelectImageElement({ node }: ElementProps): ComponentChild {
  const { messageId } = useCard();
  const { click, isBusy, isInForm } = useClick(node);
  const isMultiple = isSet(node, "multi_select");
  const name = textField(node, "name") ?? "";
  const group = `${messageId} ${textField(node, "element_id") ?? name}`;
  const send = ({ currentTarget }: TargetedEvent<HTMLInputElement>): void => {
    const frame = currentTarget.closest(".image-choice");
    if (isInForm || frame === null) return;
    const chosen = Array.from(
      frame.querySelectorAll<HTMLInputElement>("input:checked"),
      ({ value }) => value,
    );
    click(isMultiple ? { options: chosen } : { option: currentTarget.value });
  };
  return h(
    "div",
    { class: "image-choice", role: "group", "aria-busy": isBusy },
    objectsIn(node.options).map((option, index) => {
      const value = textField(option, "value") ?? "";
      return h(
        "label",
        { key: index, class: "image-option" },
        h("input", {
          type: isMultiple ? "checkbox" : "radio",
          name: isInForm ? name : group,
          value,
          disabled: isBusy || isSet(node, "disabled") || isSet(option, "disabled"),
          "aria-label": value,
          onChange: send,
        }),
        h(CardImage, {
          imageKey: textField(option, "img_key") ?? "",
          alt: value,
          className: "image-content",
        }),
      );
    }),
  );
}
