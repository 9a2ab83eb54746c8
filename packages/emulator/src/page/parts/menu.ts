import { type ComponentChild, h } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icon.ts";

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName | undefined;
  readonly isDanger?: boolean;
  /** True if the item has a check mark; `undefined` makes the item a command. */
  readonly isChecked?: boolean;
  choose(): void;
}

export interface MenuProps {
  /** Name of the button. */
  label: string;
  className: string;
  /** Content of the button. */
  children?: ComponentChild;
  items: readonly MenuItem[];
  isDisabled?: boolean;
  /** True if the menu stays open after a choice, for menus with several choices. @defaultValue false */
  keepsOpen?: boolean;
  onClosed?(): void;
}

const GAP_PX = 4;

/** Draws a button that opens a list of items. The list is a popover, so that no card cuts it off. */
export function Menu(props: MenuProps): ComponentChild {
  const { label, className, children, items, isDisabled = false, keepsOpen = false, onClosed } = props;
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);

  const close = (): void => {
    list.current?.hidePopover();
    button.current?.focus();
  };
  const onToggle = ({ newState }: ToggleEvent): void => {
    const opens = newState === "open";
    if (isOpen && !opens) onClosed?.();
    setOpen(opens);
  };
  useLayoutEffect(() => {
    if (!isOpen || button.current === null || list.current === null) return;
    place(list.current, button.current.getBoundingClientRect());
    itemsIn(list.current)[0]?.focus();
  }, [isOpen]);

  return [
    h(
      "button",
      {
        ref: button,
        type: "button",
        class: className,
        "aria-label": label,
        title: label,
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        disabled: isDisabled,
        onClick: () => list.current?.togglePopover(),
      },
      children,
    ),
    h(
      "div",
      {
        ref: list,
        popover: "auto",
        class: "menu",
        role: "menu",
        "aria-label": label,
        onToggle,
        onKeyDown: moveFocus,
      },
      isOpen &&
        items.map((item, index) =>
          h(
            "button",
            {
              key: index,
              type: "button",
              tabIndex: -1,
              class: item.isDanger === true ? "menu-item danger" : "menu-item",
              role: item.isChecked === undefined ? "menuitem" : "menuitemcheckbox",
              "aria-checked": item.isChecked,
              onClick: () => {
                if (!keepsOpen) close();
                item.choose();
              },
            },
            item.icon !== undefined && h(Icon, { name: item.icon, size: 16 }),
            h("span", { class: "menu-label" }, item.label),
            item.isChecked === true && h(Icon, { name: "check", size: 14 }),
          ),
        ),
    ),
  ];
}

function place(list: HTMLElement, anchor: DOMRect): void {
  list.style.minWidth = `${anchor.width}px`;
  const { offsetWidth: width, offsetHeight: height } = list;
  const isRoomBelow = anchor.bottom + GAP_PX + height <= innerHeight;
  const top = isRoomBelow ? anchor.bottom + GAP_PX : Math.max(GAP_PX, anchor.top - GAP_PX - height);
  list.style.top = `${top}px`;
  list.style.left = `${Math.max(GAP_PX, Math.min(anchor.left, innerWidth - width - GAP_PX))}px`;
}

type Step = (at: number, count: number) => number;

const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ["ArrowDown", (at, count) => (at + 1) % count],
  ["ArrowUp", (at, count) => (at - 1 + count) % count],
  ["Home", () => 0],
  ["End", (_, count) => count - 1],
]);

function moveFocus(event: KeyboardEvent): void {
  const step = STEPS.get(event.key);
  if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  const items = itemsIn(event.currentTarget);
  const at = items.findIndex((item) => item.matches(":focus"));
  items[step(at, items.length)]?.focus();
}

function itemsIn(list: HTMLElement): HTMLElement[] {
  return Array.from(list.querySelectorAll<HTMLElement>(".menu-item"));
}
