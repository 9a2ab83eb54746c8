import { type ComponentChild, h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { quoteText } from "../chat/quote-text.ts";
import { Icon } from "../icon.ts";
import { usePage } from "../page-context.ts";
import type { ShownMessage } from "../page-state.ts";
import { JsonView } from "./json-view.ts";
import { LimitMeters } from "./limit-meters.ts";
import { OperationList } from "./operation-list.ts";
import { useInspection } from "./use-inspection.ts";

export interface InspectorProps {
  /** The message whose card is looked into. */
  message: ShownMessage | undefined;
  onClose(): void;
}

/** Shows what is behind a card: its source, the requests that made it, and how near it is to the limits. */
export function Inspector({ message, onClose }: InspectorProps): ComponentChild {
  const { texts } = usePage();
  const [tab, setTab] = useState<"json" | "operations">("json");
  const inspection = useInspection(message?.messageId);
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone it lies over the chat, and what is typed is meant for it.
    if (matchMedia("(max-width: 719.98px)").matches) drawer.current?.focus();
  }, []);
  const card = message?.card;
  return h(
    "aside",
    {
      ref: drawer,
      class: "inspector",
      "aria-label": texts.inspector,
      tabIndex: -1,
      onKeyDown: ({ key }: KeyboardEvent) => {
        if (key === "Escape") onClose();
      },
    },
    h(
      "header",
      { class: "inspector-header" },
      h(
        "div",
        { class: "inspector-heading" },
        h("h2", null, texts.inspector),
        message !== undefined && h("p", null, inspection?.cardId ?? quoteText(message, texts)),
      ),
      card !== undefined &&
        h(
          "span",
          { class: card.isStreaming ? "state on" : "state" },
          card.isStreaming ? texts.streamingNow : texts.streamingOff,
        ),
      h(
        "button",
        { type: "button", class: "tool", title: texts.close, "aria-label": texts.close, onClick: onClose },
        h(Icon, { name: "close", size: 18 }),
      ),
    ),
    card === undefined
      ? h("p", { class: "inspector-nothing" }, texts.noCard)
      : [
          inspection !== undefined && h(LimitMeters, { inspection }),
          inspection !== undefined &&
            inspection.cardId === undefined &&
            h("p", { class: "inspector-note" }, texts.inlineCard),
          h(
            "div",
            { class: "tabs", role: "tablist" },
            tabButton("json", texts.cardJson),
            tabButton("operations", `${texts.operations} ${inspection?.operations.length ?? ""}`.trim()),
          ),
          h(
            "div",
            { class: "tab-panel", role: "tabpanel", "aria-labelledby": `tab-${tab}` },
            tab === "json" && h(JsonView, { key: message?.messageId, json: card.json }),
            tab === "operations" && inspection !== undefined && h(OperationList, { inspection }),
          ),
        ],
  );

  function tabButton(name: "json" | "operations", label: string): ComponentChild {
    return h(
      "button",
      {
        type: "button",
        id: `tab-${name}`,
        role: "tab",
        class: "tab",
        "aria-selected": tab === name,
        onClick: () => setTab(name),
      },
      label,
    );
  }
}
