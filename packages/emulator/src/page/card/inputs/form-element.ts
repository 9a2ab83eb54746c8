import { type ComponentChild, h } from "preact";
import { useRef } from "preact/hooks";
import type { JsonObject } from "../../../ground/json.ts";
import { boxStyle } from "../look/box-style.ts";
import { type ElementProps, useCard } from "../node/card-context.ts";
import { FormContext, type FormHandle } from "./form-context.ts";
import { pickedValue } from "./picked-value.ts";

/** Draws a `form`. Its submit button sends the filled-in values. */
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
    if (control instanceof HTMLSelectElement && control.multiple) {
      values[control.name] = Array.from(control.selectedOptions, ({ value }) => value);
    } else if (control instanceof HTMLInputElement && control.type === "checkbox") {
      values[control.name] = control.checked;
    } else if (control instanceof HTMLInputElement) {
      values[control.name] = pickedValue(control.type, control.value);
    } else if (control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement) {
      values[control.name] = control.value;
    }
  }
  // Controls without a name belong to the page and not to the card.
  const { "": _, ...named } = values;
  return named;
}
