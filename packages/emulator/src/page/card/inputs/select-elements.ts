import { type ComponentChild, h, type TargetedEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { JsonObject } from "../../../ground/json.ts";
import { safeUrl } from "../../markdown/safe-url.ts";
import { Icon } from "../../parts/icon.ts";
import { Menu } from "../../parts/menu.ts";
import { type Page, usePage } from "../../parts/page-context.ts";
import { pixels } from "../look/card-size.ts";
import type { ElementProps } from "../node/card-context.ts";
import { isSet, numberField, objectField, objectsIn, textField, textsIn } from "../node/json-field.ts";
import { useClick } from "./use-click.ts";

interface Option {
  readonly value: string;
  readonly name: string;
}

/** Draws a `select_static` or `select_person`. */
export function SelectElement({ node }: ElementProps): ComponentChild {
  const page = usePage();
  const { click, isBusy, isInForm } = useClick(node);
  const chosen = initialOption(node);
  const placeholder = placeholderOf(node) ?? page.texts.choose;
  return h(
    "span",
    { class: "select-frame", style: widthStyle(node) },
    h(
      "select",
      {
        class: "control select",
        name: textField(node, "name") ?? "",
        required: isSet(node, "required"),
        disabled: isSet(node, "disabled") || isBusy,
        "aria-label": placeholder,
        "aria-busy": isBusy,
        onChange: ({ currentTarget: { value } }: TargetedEvent<HTMLSelectElement>) => {
          if (!isInForm && value !== "") click({ option: value });
        },
      },
      h("option", { value: "" }, placeholder),
      optionsOf(node, page).map(({ value, name }) =>
        h("option", { key: value, value, selected: value === chosen }, name),
      ),
    ),
    h(Icon, { name: "down", size: 14 }),
  );
}

/** Draws a `multi_select_static` or `multi_select_person`. Outside of a form, the choice is sent when the list closes. */
export function MultiSelectElement({ node }: ElementProps): ComponentChild {
  const page = usePage();
  const { click, isBusy, isInForm } = useClick(node);
  const initial = textsIn(node.selected_values);
  const [chosen, choose] = useState<readonly string[]>(initial);
  const sent = useRef<readonly string[]>(initial);
  const control = useRef<HTMLSelectElement>(null);
  const options = optionsOf(node, page);
  useEffect(() => {
    const form = control.current?.form;
    const reset = (): void => choose(initial);
    form?.addEventListener("reset", reset);
    return () => form?.removeEventListener("reset", reset);
  }, []);
  const names = options.filter(({ value }) => chosen.includes(value)).map(({ name }) => name);
  const placeholder = placeholderOf(node) ?? page.texts.chooseSome;
  const send = (): void => {
    if (isInForm || chosen.join() === sent.current.join()) return;
    sent.current = chosen;
    click({ options: [...chosen] });
  };
  return h(
    "span",
    { class: "select-frame", style: widthStyle(node) },
    h(
      Menu,
      {
        label: [placeholder, ...names].join(" "),
        className: names.length === 0 ? "control select unset" : "control select",
        isDisabled: isSet(node, "disabled") || isBusy,
        keepsOpen: true,
        onClosed: send,
        items: options.map(({ value, name }) => ({
          label: name,
          isChecked: chosen.includes(value),
          choose: () =>
            choose(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]),
        })),
      },
      names.length === 0 ? placeholder : names.map((name) => h("span", { key: name, class: "chosen" }, name)),
    ),
    h(Icon, { name: "down", size: 14 }),
    h(
      "select",
      {
        ref: control,
        hidden: true,
        multiple: true,
        name: textField(node, "name") ?? "",
        "aria-hidden": "true",
      },
      options.map(({ value }) => h("option", { key: value, value, selected: chosen.includes(value) })),
    ),
  );
}

/** Draws an `overflow`: a button that opens a menu of actions. */
export function OverflowElement({ node }: ElementProps): ComponentChild {
  const { texts } = usePage();
  const { click, isBusy } = useClick(node);
  const items = objectsIn(node.options).map((option) => ({
    label: textField(objectField(option, "text"), "content") ?? "",
    choose: () => {
      const url = objectField(option, "multi_url") ?? option;
      const address = safeUrl(textField(url, "pc_url") ?? textField(url, "url"));
      if (address !== undefined) window.open(address, "_blank", "noopener,noreferrer");
      click({ option: textField(option, "value") ?? "" });
    },
  }));
  return h(
    Menu,
    {
      label: texts.more,
      className: `button default medium overflow-button${isBusy ? " busy" : ""}`,
      isDisabled: isSet(node, "disabled"),
      items,
    },
    h(Icon, { name: "more", size: 16 }),
  );
}

function optionsOf(node: JsonObject, { nameOf, people }: Page): Option[] {
  const given = objectsIn(node.options).map((option) => {
    const value = textField(option, "value") ?? "";
    return { value, name: textField(objectField(option, "text"), "content") ?? nameOf(value, value) };
  });
  // A picker of people without options offers everybody in the chat.
  const isOfPeople = textField(node, "tag")?.endsWith("_person") === true;
  return given.length === 0 && isOfPeople
    ? people.map(({ openId, name }) => ({ value: openId, name }))
    : given;
}

function initialOption(node: JsonObject): string | undefined {
  const index = numberField(node, "initial_index");
  const byIndex = index === undefined ? undefined : textField(objectsIn(node.options)[index - 1], "value");
  return textField(node, "initial_option") ?? byIndex;
}

function placeholderOf(node: JsonObject): string | undefined {
  return textField(objectField(node, "placeholder"), "content");
}

function widthStyle(node: JsonObject): Record<string, string | undefined> {
  const width = textField(node, "width");
  return { width: width === "fill" ? "100%" : pixels(width) };
}
