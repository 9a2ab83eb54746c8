import type { Locale } from "@streamcard/core";
import { type LaneBlock, wordsOf } from "@streamcard/core/driver";
import { colored, framed, framedHeaderPadding, type Json, panelHeader } from "./component-json.ts";
import { plainWords } from "./markdown-text.ts";

/** Draws columns beside each other; below each other where the card is narrow. */
export function lanesJson(element_id: string, columns: readonly Json[]): Json {
  return { tag: "column_set", element_id, flex_mode: "stretch", columns };
}

/** Draws one of several runs: a column with its name above, or a panel that folds. */
export function laneJson(
  block: LaneBlock,
  ids: { readonly element: string; readonly text: string },
  locale: Locale,
  inside: readonly Json[],
): Json {
  if (block.layout === "panel") {
    return {
      tag: "collapsible_panel",
      element_id: ids.element,
      expanded: true,
      ...lanePanelHead(block, locale),
      ...framed,
      elements: inside,
    };
  }
  return {
    tag: "column",
    element_id: ids.element,
    width: "weighted",
    weight: 1,
    background_style: "grey-50",
    padding: "12px",
    vertical_spacing: "8px",
    elements: [laneColumnHead(block, ids.text, locale), ...inside],
  };
}

export function lanePanelHead(block: LaneBlock, locale: Locale): Json {
  const title = { tag: "markdown", content: headLine(block, locale) };
  return { header: panelHeader(title, framedHeaderPadding) };
}

export function laneColumnHead(block: LaneBlock, element_id: string, locale: Locale): Json {
  return { tag: "markdown", element_id, content: headLine(block, locale) };
}

/** Words the name of a run and, in grey, its state. */
function headLine(block: LaneBlock, locale: Locale): string {
  const { title, state } = block;
  const isFailed = typeof state === "object" && state.status === "failed";
  const facts = colored(wordsOf(locale).lane(block), isFailed ? "red" : "grey");
  return `**${plainWords(title)}** ${facts}`;
}
