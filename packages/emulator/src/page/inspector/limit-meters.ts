import { type ComponentChild, h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { usePage } from "../parts/page-context.ts";
import { formatBytes } from "./format-amount.ts";
import { busiestSecond, type Inspection, operationsInSecond } from "./inspection.ts";

const TICK_MS = 100;
// Share of a limit from which on the meter warns.
const HIGH_SHARE = 0.85;

/** Draws the card's share of the platform's limits. */
export function LimitMeters({ inspection }: { inspection: Inspection }): ComponentChild {
  const { texts } = usePage();
  const { limits, usage, operations } = inspection;
  const perSecond = useOperationsNow(inspection);
  return h(
    "section",
    { class: "meters", "aria-label": texts.limits },
    h(Meter, {
      label: texts.bytes,
      value: usage.bytes,
      max: limits.bytes,
      text: `${formatBytes(usage.bytes)} / ${formatBytes(limits.bytes)}`,
    }),
    h(Meter, {
      label: texts.elements,
      value: usage.elements,
      max: limits.elements,
      text: `${usage.elements} / ${limits.elements}`,
    }),
    h(Meter, {
      label: texts.rate,
      value: perSecond,
      max: limits.operationsPerSecond,
      text: `${perSecond} / ${limits.operationsPerSecond} · ${texts.peak(busiestSecond(operations))}`,
    }),
  );
}

interface MeterProps {
  label: string;
  value: number;
  max: number;
  /** Value and limit in words. */
  text: string;
}

function Meter({ label, value, max, text }: MeterProps): ComponentChild {
  const share = max === 0 ? 0 : Math.min(1, value / max);
  return h(
    "div",
    { class: "meter" },
    h("span", { class: "meter-label" }, label),
    h("span", { class: "meter-said" }, text),
    h(
      "div",
      {
        class: share > HIGH_SHARE ? "meter-bar high" : "meter-bar",
        role: "meter",
        "aria-label": label,
        "aria-valuemin": 0,
        "aria-valuemax": max,
        "aria-valuenow": value,
        "aria-valuetext": text,
      },
      h("div", { class: "meter-fill", style: { width: `${share * 100}%` } }),
    ),
  );
}

/** Counts the operations of the last second, every 100 ms until there is none. */
function useOperationsNow({ operations, clockLead }: Inspection): number {
  const [, tick] = useState(0);
  const count = operationsInSecond(operations, Date.now() + clockLead);
  useEffect(() => {
    if (count === 0) return;
    const timer = setTimeout(() => tick((ticks) => ticks + 1), TICK_MS);
    return () => clearTimeout(timer);
  });
  return count;
}
