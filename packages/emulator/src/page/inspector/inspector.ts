import { type ComponentChild, h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { quoteText } from "../chat/quote-text.ts";
import { Icon } from "../parts/icon.ts";
import { usePage } from "../parts/page-context.ts";
import type { ShownCard, ShownMessage } from "../state/page-state.ts";
import type { Inspection } from "./inspection.ts";
import { JsonView } from "./json-view.ts";
import { LimitMeters } from "./limit-meters.ts";
import { OperationList } from "./operation-list.ts";
import { Tabs } from "./tabs.ts";
import { useInspection } from "./use-inspection.ts";

export interface InspectorProps {
  /** Message whose card is inspected. */
  message: ShownMessage | undefined;
  onClose(): void;
}

/** Draws the inspector of a card: its JSON, the requests that addressed it, and its share of the limits. */
export function Inspector({ message, onClose }: InspectorProps): ComponentChild {
  const { texts } = usePage();
  const inspection = useInspection(message?.messageId);
  const drawer = useFocusOnPhone();
  const card = message?.card;
  return [
    h("div", { class: "inspector-shade", onClick: onClose }),
    h(
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
        card !== undefined && h(StreamingState, { card }),
        h(
          "button",
          { type: "button", class: "tool", title: texts.close, "aria-label": texts.close, onClick: onClose },
          h(Icon, { name: "close", size: 18 }),
        ),
      ),
      message === undefined || card === undefined
        ? h("p", { class: "inspector-nothing" }, texts.noCard)
        : h(CardInside, { messageId: message.messageId, card, inspection }),
    ),
  ];
}

function StreamingState({ card: { isStreaming } }: { card: ShownCard }): ComponentChild {
  const { texts } = usePage();
  return h(
    "span",
    { class: isStreaming ? "state on" : "state" },
    isStreaming ? texts.streamingNow : texts.streamingOff,
  );
}

interface CardInsideProps {
  messageId: string;
  card: ShownCard;
  inspection: Inspection | undefined;
}

function CardInside({ messageId, card, inspection }: CardInsideProps): ComponentChild {
  const { texts } = usePage();
  const [tab, setTab] = useState<"json" | "operations">("json");
  const count = inspection?.operations.length ?? "";
  return [
    inspection !== undefined && h(LimitMeters, { inspection }),
    inspection !== undefined &&
      inspection.cardId === undefined &&
      h("p", { class: "inspector-note" }, texts.inlineCard),
    h(
      Tabs<"json" | "operations">,
      {
        tabs: [
          { name: "json", label: texts.cardJson },
          { name: "operations", label: `${texts.operations} ${count}`.trim() },
        ],
        chosen: tab,
        onChoose: setTab,
      },
      tab === "json" && h(JsonView, { key: messageId, json: card.json }),
      tab === "operations" && inspection !== undefined && h(OperationList, { inspection }),
    ),
  ];
}

// On a phone the inspector lies over the chat, so it takes the focus, and gives it back when it closes.
function useFocusOnPhone(): { current: HTMLElement | null } {
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    if (!matchMedia("(max-width: 719.98px)").matches) return;
    drawer.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return drawer;
}
