import { type ComponentChild, h } from "preact";
import type { InspectedOperation } from "../../page-protocol/inspection-event.ts";
import { usePage } from "../parts/page-context.ts";
import { useStickToEnd } from "../parts/use-stick-to-end.ts";
import { formatBytes, formatSpan } from "./format-amount.ts";
import type { Inspection } from "./inspection.ts";

/** Lists the requests that addressed the card, as they arrive. */
export function OperationList({ inspection }: { inspection: Inspection }): ComponentChild {
  const { texts } = usePage();
  const { scroller, content } = useStickToEnd();
  const { operations, openedAt } = inspection;
  if (operations.length === 0) return h("p", { class: "inspector-nothing" }, texts.noOperations);
  return h(
    "div",
    { class: "operations", ref: scroller, tabIndex: 0, "aria-label": texts.operations },
    h(
      "div",
      { ref: content },
      h(
        "table",
        null,
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            [texts.time, texts.kind, texts.sequence, texts.bytes, texts.answer].map((title) =>
              h("th", { key: title, scope: "col" }, title),
            ),
          ),
        ),
        h(
          "tbody",
          null,
          operations.map((operation) => h(Row, { key: operation.index, operation, openedAt })),
        ),
      ),
    ),
  );
}

function Row({ operation, openedAt }: { operation: InspectedOperation; openedAt: number }): ComponentChild {
  const { texts } = usePage();
  const { time, kind, elementId, sequence, bytes, code, msg, fault } = operation;
  const isFine = code === 0;
  return h(
    "tr",
    { class: isFine ? "" : "refused", title: isFine ? undefined : [fault, msg].filter(Boolean).join(" · ") },
    h("td", null, formatSpan(time - openedAt)),
    h("td", { class: "operation-kind" }, kind, elementId !== undefined && h("small", null, elementId)),
    h("td", null, sequence ?? ""),
    h("td", null, formatBytes(bytes)),
    h("td", { class: "operation-code" }, code ?? texts.lost),
  );
}
