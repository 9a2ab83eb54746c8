import { type ComponentChild, h } from "preact";
import { Icon, type IconName } from "../../parts/icon.ts";
import { usePage } from "../../parts/page-context.ts";
import type { ElementProps } from "../node/card-context.ts";
import { objectField, textField, wordField } from "../node/json-field.ts";

const RATIOS = ["16:9", "1:1", "2:1", "4:3"] as const;

/** Draws a `chart` as a frame of its shape with its title and type. */
export function ChartElement({ node }: ElementProps): ComponentChild {
  const { texts } = usePage();
  const spec = objectField(node, "chart_spec");
  const title = textField(objectField(spec, "title"), "text") ?? texts.chart;
  const [width, height] = wordField(node, "aspect_ratio", RATIOS).split(":");
  return h(
    "div",
    { class: "placeholder chart", style: { aspectRatio: `${width} / ${height}` } },
    h(PlaceholderText, { icon: "chart", title, kind: textField(spec, "type"), note: texts.chartNotDrawn }),
  );
}

/** Draws an `audio` as a bar that does not play. */
export function AudioElement(): ComponentChild {
  const { texts } = usePage();
  return h(
    "div",
    { class: "placeholder" },
    h(PlaceholderText, { icon: "audio", title: texts.audio, note: texts.notPlayed }),
  );
}

/** Draws a frame in the place of a component that the page does not know. */
export function PlaceholderElement({ node }: ElementProps): ComponentChild {
  const { texts } = usePage();
  return h(
    "div",
    { class: "placeholder" },
    h(PlaceholderText, { icon: "dot", title: textField(node, "tag") ?? "?", note: texts.notDrawn }),
  );
}

interface PlaceholderTextProps {
  icon: IconName;
  title: string;
  kind?: string | undefined;
  note: string;
}

function PlaceholderText({ icon, title, kind, note }: PlaceholderTextProps): ComponentChild {
  return [
    h(Icon, { name: icon, size: 20 }),
    h("span", { class: "placeholder-title" }, title, kind !== undefined && h("code", null, kind)),
    h("span", { class: "placeholder-note" }, note),
  ];
}
