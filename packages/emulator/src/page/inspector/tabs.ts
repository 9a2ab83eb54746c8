import { type ComponentChild, type ComponentChildren, h } from "preact";
import { useRef } from "preact/hooks";

export interface TabsProps<Name extends string> {
  tabs: readonly { name: Name; label: string }[];
  chosen: Name;
  onChoose(name: Name): void;
  /** Content of the chosen tab. */
  children?: ComponentChildren;
}

/** Draws tabs and the content of the chosen one. The arrow keys choose the next tab. */
export function Tabs<Name extends string>({
  tabs,
  chosen,
  onChoose,
  children,
}: TabsProps<Name>): ComponentChild {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
    const at = tabs.findIndex(({ name }) => name === chosen);
    const next = (at + step + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (step === 0 || tab === undefined) return;
    onChoose(tab.name);
    list.current?.querySelectorAll("button")[next]?.focus();
  };
  return [
    h(
      "div",
      { ref: list, class: "tabs", role: "tablist", onKeyDown },
      tabs.map(({ name, label }) =>
        h(
          "button",
          {
            key: name,
            type: "button",
            id: `tab-${name}`,
            role: "tab",
            class: "tab",
            tabIndex: name === chosen ? 0 : -1,
            "aria-selected": name === chosen,
            "aria-controls": "tab-panel",
            onClick: () => onChoose(name),
          },
          label,
        ),
      ),
    ),
    h(
      "div",
      { class: "tab-panel", id: "tab-panel", role: "tabpanel", "aria-labelledby": `tab-${chosen}` },
      children,
    ),
  ];
}
