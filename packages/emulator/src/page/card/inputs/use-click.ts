import { useContext, useRef, useState } from "preact/hooks";
import { isJsonObject, type JsonObject } from "../../../ground/json.ts";
import type { ClickInput } from "../../../page-protocol/page-event.ts";
import { safeUrl } from "../../markdown/safe-url.ts";
import { usePage } from "../../parts/page-context.ts";
import { noticeOf } from "../../parts/toasts.ts";
import { useCard } from "../node/card-context.ts";
import { objectField, objectsIn, textField } from "../node/json-field.ts";
import { FormContext } from "./form-context.ts";

/** Click of a component, and its state. */
export interface ClickHandle {
  /** Clicks. Does nothing while an earlier click awaits its answer. @param input choice, tick or text in the component, if it takes one. */
  click(input?: ClickInput): void;
  /** True if a click awaits the app's answer. */
  isBusy: boolean;
  /** True if the component is in a form, whose submit button sends the component's value. */
  isInForm: boolean;
}

/** Makes the click of a component by its behaviours: it opens an address, calls the app, or both. */
export function useClick(node: JsonObject): ClickHandle {
  const { actions, notify, texts } = usePage();
  const { messageId } = useCard();
  const form = useContext(FormContext);
  const [isBusy, setBusy] = useState(false);
  const pending = useRef(false);

  const call = async (sent: {
    value?: JsonObject | undefined;
    formValue?: JsonObject | undefined;
    input?: ClickInput | undefined;
  }): Promise<void> => {
    const { value, formValue, input } = sent;
    const elementId = textField(node, "element_id");
    pending.current = true;
    setBusy(true);
    try {
      const reply = await actions.click({
        messageId,
        ...(elementId === undefined ? {} : { elementId }),
        ...(value === undefined ? {} : { value }),
        ...(formValue === undefined ? {} : { formValue }),
        ...(input === undefined ? {} : { input }),
      });
      const notice = noticeOf(reply, texts);
      if (notice !== undefined) notify(notice);
    } catch {
      // The clicked component may no longer be in the card, or the emulator may have been closed.
      notify({ type: "error", content: texts.clickFailed });
    } finally {
      pending.current = false;
      setBusy(false);
    }
  };

  return {
    isBusy,
    isInForm: form !== undefined,
    click: (input) => {
      if (pending.current) return;
      const formAction =
        textField(node, "form_action_type") ?? LEGACY_ACTIONS.get(textField(node, "action_type") ?? "");
      if (formAction === "reset") return form?.reset();
      const formValue = formAction === "submit" ? form?.read() : undefined;
      if (formAction === "submit" && form !== undefined && formValue === undefined) return;
      const behaviors = objectsIn(node.behaviors);
      const url = addressOf(node, behaviors);
      const callback = behaviors.find(({ type }) => type === "callback");
      if (url !== undefined) window.open(url, "_blank", "noopener,noreferrer");
      if (callback !== undefined || formAction === "submit" || isPlainCallback(node, input)) {
        const value = callback?.value ?? node.value;
        void call({ value: isJsonObject(value) ? value : undefined, formValue, input });
      }
    },
  };
}

const LEGACY_ACTIONS: ReadonlyMap<string, string> = new Map([
  ["form_submit", "submit"],
  ["form_reset", "reset"],
]);

/** Finds the address that a component opens; `undefined` if it opens none. */
function addressOf(node: JsonObject, behaviors: readonly JsonObject[]): string | undefined {
  const open = behaviors.find(({ type }) => type === "open_url");
  const addresses = [open?.pc_url, open?.default_url, objectField(node, "multi_url")?.pc_url, node.url];
  const texts = addresses.filter((address) => typeof address === "string");
  return texts.map(safeUrl).find((url) => url !== undefined);
}

// Without behaviours (schema 1.0) a component calls the app if it has a value of its own, or if something was chosen in it.
function isPlainCallback({ behaviors, value }: JsonObject, input: ClickInput | undefined): boolean {
  return behaviors === undefined && (value !== undefined || input !== undefined);
}
