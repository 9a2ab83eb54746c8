import { type ComponentChild, h } from "preact";
import { Icon, type IconName } from "../../parts/icon.ts";
import { usePage } from "../../parts/page-context.ts";
import type { ElementProps } from "../node/card-context.ts";
import { objectField, textField, wordField } from "../node/json-field.ts";

const RATIOS = ["16:9", "1:1", "2:1", "4:3"] as const;

/** `chart`: its title and type in a frame of its shape. */
export function ChartElement({ node }: ElementProps): ComponentChild {
  const { texts } = usePage();
  const spec = objectField(node, "chart_spec");
  const title = textField(objectField(spec, "title"), "text") ?? texts.chart;
  const [width, height] = wordField(node, "aspect_ratio", RATIOS).split(":");
  return h(
    "div",
    { class: "placeholder chart", style: { aspectRatio: `${width} / ${height}` } },
    h(Stand, { icon: "chart", title, kind: textField(spec, "type"), note: texts.chartNotDrawn }),
  );
}

/** `audio`: a bar that does not play. */
export function AudioElement(): ComponentChild {
  const { texts } = usePage();
  return h(
    "div",
    { class: "placeholder" },
    h(Stand, { icon: "audio", title: texts.audio, note: texts.notPlayed }),
  );
}

/** Stands for a component that the page does not know. */
export function PlaceholderElement({ node }: ElementProps): ComponentChild {
  const { texts } = usePage();
  return h(
    "div",
    { class: "placeholder" },
    h(Stand, { icon: "dot", title: textField(node, "tag") ?? "?", note: texts.notDrawn }),
  );
}

interface StandProps {
  icon: IconName;
  title: string;
  kind?: string | undefined;
  note: string;
}

function Stand({ icon, title, kind, note }: StandProps): ComponentChild {
  return [
    h(Icon, { name: icon, size: 20 }),
    h("span", { class: "placeholder-title" }, title, kind !== undefined && h("code", null, kind)),
    h("span", { class: "placeholder-note" }, note),
  ];
}
