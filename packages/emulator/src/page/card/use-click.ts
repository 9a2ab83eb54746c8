import { useContext, useRef, useState } from "preact/hooks";
import { isJsonObject, type JsonObject } from "../../json.ts";
import { safeUrl } from "../markdown/safe-url.ts";
import { usePage } from "../page-context.ts";
import { useCard } from "./card-context.ts";
import { FormContext } from "./form-context.ts";
import { objectField, objectsIn, textField } from "./json-field.ts";

/** What a click on a component does, and whether the app has yet to answer it. */
export interface ClickHandle {
  click(): void;
  isBusy: boolean;
}

/** The behaviours of a component: it opens an address, calls the app, or both. */
export function useClick(node: JsonObject): ClickHandle {
  const { actions } = usePage();
  const { messageId } = useCard();
  const form = useContext(FormContext);
  const [isBusy, setBusy] = useState(false);
  const pending = useRef(false);

  const call = async (value: JsonObject | undefined, formValue: JsonObject | undefined): Promise<void> => {
    const elementId = textField(node, "element_id");
    pending.current = true;
    setBusy(true);
    try {
      await actions.click({
        messageId,
        ...(elementId === undefined ? {} : { elementId }),
        ...(value === undefined ? {} : { value }),
        ...(formValue === undefined ? {} : { formValue }),
      });
    } catch {
      // The card may have changed under the click. Then there is nothing to do, and the new card is on the screen.
    } finally {
      pending.current = false;
      setBusy(false);
    }
  };

  return {
    isBusy,
    click: () => {
      if (pending.current) return;
      const formAction = textField(node, "form_action_type");
      if (formAction === "reset") return form?.reset();
      const formValue = formAction === "submit" ? form?.read() : undefined;
      if (formAction === "submit" && form !== undefined && formValue === undefined) return;
      const behaviors = objectsIn(node.behaviors);
      const url = addressOf(node, behaviors);
      const callback = behaviors.find(({ type }) => type === "callback");
      if (url !== undefined) window.open(url, "_blank", "noopener,noreferrer");
      if (callback !== undefined || formAction === "submit" || isLegacyCallback(node)) {
        const value = callback?.value ?? node.value;
        void call(isJsonObject(value) ? value : undefined, formValue);
      }
    },
  };
}

function addressOf(node: JsonObject, behaviors: readonly JsonObject[]): string | undefined {
  const open = behaviors.find(({ type }) => type === "open_url");
  const addresses = [open?.pc_url, open?.default_url, objectField(node, "multi_url")?.pc_url, node.url];
  const texts = addresses.filter((address) => typeof address === "string");
  return texts.map(safeUrl).find((url) => url !== undefined);
}

// A button of schema 1.0 has its value on itself.
function isLegacyCallback({ behaviors, value }: JsonObject): boolean {
  return behaviors === undefined && value !== undefined;
}
