import { type ComponentChild, h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { JsonObject } from "../../../ground/json.ts";
import { usePage } from "../../parts/page-context.ts";
import { objectField } from "../node/json-field.ts";
import { TextObject } from "../text/text-object.ts";

/** Asks the person to confirm a click. */
export function ConfirmDialog({
  confirm,
  onClose,
}: {
  confirm: JsonObject;
  onClose(isConfirmed: boolean): void;
}): ComponentChild {
  const { texts } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const title = objectField(confirm, "title");
  const text = objectField(confirm, "text");
  return h(
    "dialog",
    { ref: dialog, class: "confirm", onClose: () => onClose(dialog.current?.returnValue === "yes") },
    title !== undefined && h(TextObject, { node: title, className: "confirm-title" }),
    text !== undefined && h(TextObject, { node: text, className: "confirm-text" }),
    h(
      "div",
      { class: "confirm-actions" },
      h(
        "button",
        { type: "button", class: "button default medium", onClick: () => dialog.current?.close("no") },
        texts.cancel,
      ),
      h(
        "button",
        {
          type: "button",
          class: "button primary_filled medium",
          onClick: () => dialog.current?.close("yes"),
        },
        texts.confirm,
      ),
    ),
  );
}
