import { type ComponentChild, h } from "preact";
import type { ShownCard } from "../state/page-state.ts";
import { CardBoundary } from "./card-boundary.ts";
import { CardHeader } from "./card-header.ts";
import { drawElements } from "./draw-element.ts";
import { boxStyle } from "./look/box-style.ts";
import { CardContext } from "./node/card-context.ts";
import { objectField, wordField } from "./node/json-field.ts";

/** Draws a card as a client does. */
export function CardView({ messageId, card }: { messageId: string; card: ShownCard }): ComponentChild {
  const { json, isStreaming } = card;
  const header = objectField(json, "header");
  const body = objectField(json, "body");
  const width = wordField(objectField(json, "config"), "width_mode", ["default", "compact", "fill"]);
  const elements = body?.elements ?? json.elements;
  return h(
    CardBoundary,
    { json },
    h(
      CardContext.Provider,
      { value: { messageId, card, draw: drawElements } },
      h(
        "article",
        { class: `card ${width}`, "aria-busy": isStreaming },
        header !== undefined && h(CardHeader, { header }),
        Array.isArray(elements) &&
          elements.length > 0 &&
          h(
            "div",
            { class: "card-body stack", style: body === undefined ? {} : boxStyle(body) },
            drawElements(elements),
          ),
      ),
    ),
  );
}
