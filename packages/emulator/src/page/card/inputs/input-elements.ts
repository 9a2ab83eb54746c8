import { type ComponentChild, h, type TargetedEvent } from "preact";
import type { ElementProps } from "../node/card-context.ts";
import { isSet, numberField, objectField, textField } from "../node/json-field.ts";
import { pickedValue } from "./picked-value.ts";
import { useClick } from "./use-click.ts";

/** Draws an `input`. Outside of a form, Enter sends the text, and so does leaving the input. */
export function InputElement({ node }: ElementProps): ComponentChild {
  const { click, isBusy, isInForm } = useClick(node);
  const label = textField(objectField(node, "label"), "content");
  const send = ({ currentTarget }: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    if (!isInForm) click({ input_value: currentTarget.value });
  };
  const shared = {
    name: textField(node, "name") ?? "",
    placeholder: textField(objectField(node, "placeholder"), "content") ?? "",
    defaultValue: textField(node, "default_value") ?? "",
    maxLength: numberField(node, "max_length") ?? 1000,
    required: isSet(node, "required"),
    disabled: isSet(node, "disabled") || isBusy,
    class: "control",
    onChange: send,
  };
  const control =
    node.input_type === "multiline_text"
      ? h("textarea", { ...shared, rows: numberField(node, "rows") ?? 5 })
      : h("input", { ...shared, type: node.input_type === "password" ? "password" : "text" });
  return h(
    "label",
    { class: node.label_position === "left" ? "field left" : "field" },
    label !== undefined && h("span", { class: "field-label" }, label),
    control,
  );
}

const PICKERS: ReadonlyMap<string, { type: string; initial: string }> = new Map([
  ["date_picker", { type: "date", initial: "initial_date" }],
  ["picker_time", { type: "time", initial: "initial_time" }],
  ["picker_datetime", { type: "datetime-local", initial: "initial_datetime" }],
]);

/** Draws a `date_picker`, `picker_time` or `picker_datetime`. */
export function DateElement({ node }: ElementProps): ComponentChild {
  const { click, isBusy, isInForm } = useClick(node);
  const { type, initial } = PICKERS.get(textField(node, "tag") ?? "") ?? { type: "date", initial: "" };
  return h("input", {
    class: "control picker",
    type,
    name: textField(node, "name") ?? "",
    defaultValue: textField(node, initial)?.replace(" ", "T") ?? "",
    required: isSet(node, "required"),
    disabled: isSet(node, "disabled") || isBusy,
    "aria-label": textField(objectField(node, "placeholder"), "content") ?? type,
    onChange: ({ currentTarget: { value } }: TargetedEvent<HTMLInputElement>) => {
      if (!isInForm && value !== "") click({ option: pickedValue(type, value) });
    },
  });
}

/** Draws a `checker`. */
export function CheckerElement({ node }: ElementProps): ComponentChild {
  const { click, isBusy, isInForm } = useClick(node);
  const text = objectField(node, "text");
  return h(
    "label",
    { class: "checker" },
    h("input", {
      type: "checkbox",
      name: textField(node, "name") ?? "",
      defaultChecked: isSet(node, "checked"),
      disabled: isSet(node, "disabled") || isBusy,
      onChange: ({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
        if (!isInForm) click({ checked: currentTarget.checked });
      },
    }),
    h("span", { class: "checker-text" }, textField(text, "content")),
  );
}
