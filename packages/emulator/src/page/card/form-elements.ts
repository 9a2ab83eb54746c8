import { type ComponentChild, h } from "preact";
import { useRef } from "preact/hooks";
import type { JsonObject } from "../../json.ts";
import { usePage } from "../page-context.ts";
import { type ElementProps, useCard } from "./card-context.ts";
import { boxStyle } from "./container-elements.ts";
import { FormContext, type FormHandle } from "./form-context.ts";
import { isSet, numberField, objectField, objectsIn, textField, textsIn } from "./json-field.ts";

/** `form`: its submit button sends what is filled in. */
export function FormElement({ node }: ElementProps): ComponentChild {
  const { draw } = useCard();
  const form = useRef<HTMLFormElement>(null);
  const handle: FormHandle = {
    read: () => (form.current?.reportValidity() ? valuesOf(form.current) : undefined),
    reset: () => form.current?.reset(),
  };
  return h(
    FormContext.Provider,
    { value: handle },
    h(
      "form",
      {
        ref: form,
        class: "stack",
        style: boxStyle(node),
        onSubmit: (event: Event) => event.preventDefault(),
      },
      draw(node.elements),
    ),
  );
}

function valuesOf(form: HTMLFormElement): JsonObject {
  const values: JsonObject = {};
  for (const control of form.elements) {
    const isControl =
      control instanceof HTMLInputElement ||
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement;
    if (!isControl || control.name === "") continue;
    if (control instanceof HTMLSelectElement && control.multiple) {
      values[control.name] = Array.from(control.selectedOptions, ({ value }) => value);
    } else if (control instanceof HTMLInputElement && control.type === "checkbox") {
      values[control.name] = control.checked;
    } else {
      values[control.name] = control.value;
    }
  }
  return values;
}

/** `input` */
export function InputElement({ node }: ElementProps): ComponentChild {
  const label = textField(objectField(node, "label"), "content");
  const shared = {
    name: textField(node, "name") ?? "",
    placeholder: textField(objectField(node, "placeholder"), "content") ?? "",
    defaultValue: textField(node, "default_value") ?? "",
    maxLength: numberField(node, "max_length") ?? 1000,
    required: isSet(node, "required"),
    disabled: isSet(node, "disabled"),
    class: "control",
  };
  const type = node.input_type === "password" ? "password" : "text";
  const control =
    node.input_type === "multiline_text"
      ? h("textarea", { ...shared, rows: numberField(node, "rows") ?? 5 })
      : h("input", { ...shared, type });
  return h(
    "label",
    { class: node.label_position === "left" ? "field left" : "field" },
    label !== undefined && h("span", { class: "field-label" }, label),
    control,
  );
}

/** `select_static`, `multi_select_static` and the pickers of people. */
export function SelectElement({ node }: ElementProps): ComponentChild {
  const { nameOf, texts } = usePage();
  const isMultiple = textField(node, "tag")?.startsWith("multi_") ?? false;
  const chosen = isMultiple ? textsIn(node.selected_values) : [initialOption(node)];
  const placeholder = textField(objectField(node, "placeholder"), "content") ?? texts.choose;
  const options = objectsIn(node.options).map((option, index) => {
    const value = textField(option, "value") ?? "";
    const name = textField(objectField(option, "text"), "content") ?? nameOf(value, value);
    return h("option", { key: index, value, selected: chosen.includes(value) }, name);
  });
  return h(
    "select",
    {
      class: "control select",
      name: textField(node, "name") ?? "",
      multiple: isMultiple,
      required: isSet(node, "required"),
      disabled: isSet(node, "disabled"),
      "aria-label": placeholder,
    },
    !isMultiple && h("option", { value: "" }, placeholder),
    options,
  );
}

function initialOption(node: JsonObject): string | undefined {
  const index = numberField(node, "initial_index");
  const byIndex = index === undefined ? undefined : textField(objectsIn(node.options)[index - 1], "value");
  return textField(node, "initial_option") ?? byIndex;
}

const PICKERS: ReadonlyMap<string, { type: string; initial: string }> = new Map([
  ["date_picker", { type: "date", initial: "initial_date" }],
  ["picker_time", { type: "time", initial: "initial_time" }],
  ["picker_datetime", { type: "datetime-local", initial: "initial_datetime" }],
]);

/** `date_picker`, `picker_time` and `picker_datetime` */
export function DateElement({ node }: ElementProps): ComponentChild {
  const picker = PICKERS.get(textField(node, "tag") ?? "");
  return h("input", {
    class: "control",
    type: picker?.type ?? "date",
    name: textField(node, "name") ?? "",
    defaultValue: textField(node, picker?.initial ?? "")?.replace(" ", "T") ?? "",
    required: isSet(node, "required"),
    disabled: isSet(node, "disabled"),
    "aria-label": textField(objectField(node, "placeholder"), "content") ?? "",
  });
}

/** `checker` */
export function CheckerElement({ node }: ElementProps): ComponentChild {
  return h(
    "label",
    { class: "checker" },
    h("input", {
      type: "checkbox",
      name: textField(node, "name") ?? "",
      defaultChecked: isSet(node, "checked"),
      disabled: isSet(node, "disabled"),
    }),
    h("span", null, textField(objectField(node, "text"), "content")),
  );
}
