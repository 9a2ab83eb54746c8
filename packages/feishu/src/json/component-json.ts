import type { CardAction, CardActionValue } from "./card-action-value.ts";

export type Json = Record<string, unknown>;

/** Colour of small text: grey beside the answer, red for a failure, and the default for a decision that is asked for. */
export type TextColor = "grey" | "red" | "default";

export function plainText(content: string, more: Json = {}): Json {
  return { tag: "plain_text", content, ...more };
}

/** Draws a small line that does not draw attention. */
export function note(element_id: string, content: string, color: TextColor = "grey", more: Json = {}): Json {
  return { tag: "div", element_id, text: plainText(content, small(color)), ...more };
}

/** Draws small Markdown. Its words have to be escaped, because it may have the platform's own tags. */
export function smallMarkdown(content: string): Json {
  return { tag: "markdown", content, text_size: "notation" };
}

/** Colours words of Markdown. The platform's tag for people cannot stand within. */
export function colored(words: string, color: TextColor): string {
  return words === "" || color === "default" ? words : `<font color='${color}'>${words}</font>`;
}

/**
 * Draws the header of a panel: its title, and an arrow behind it that turns when the panel opens.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/containers/collapsible-panel
 */
export function panelHeader(title: Json, more: Json = {}): Json {
  return {
    title,
    icon: { tag: "standard_icon", token: "down-small-ccm_outlined", color: "grey", size: "16px 16px" },
    icon_position: "follow_text",
    ...more,
  };
}

export function smallTitle(content: string, color: TextColor = "grey"): Json {
  return plainText(content, small(color));
}

/** Frame of a panel that stands out from its surroundings. */
export const framed: Json = {
  border: { color: "grey-200", corner_radius: "8px" },
  padding: "4px 12px 12px 12px",
};

export const framedHeaderPadding: Json = { padding: "8px 12px 8px 12px" };

export interface Press {
  /** Id of the run, which buttons carry. */
  readonly runId: string;
  /** Index of the card among those of its run: 0 for the first. */
  readonly cardIndex: number;
  readonly action: CardAction;
}

/** Draws a small button whose press is sent to the app. */
export function button(label: string, { runId, cardIndex, action }: Press, type?: "primary"): Json {
  const value: CardActionValue = { streamcard: 1, run: runId, card: cardIndex, ...action };
  return {
    tag: "button",
    ...(type !== undefined && { type }),
    size: "small",
    text: plainText(label),
    behaviors: [{ type: "callback", value }],
  };
}

/** Draws buttons beside each other, in further rows where the card is narrow. */
export function buttonRow(buttons: readonly Json[]): Json {
  const columns = buttons.map((one) => ({ tag: "column", width: "auto", elements: [one] }));
  return { tag: "column_set", flex_mode: "flow", columns };
}

function small(color: TextColor): Json {
  return { text_size: "notation", ...(color !== "default" && { text_color: color }) };
}
