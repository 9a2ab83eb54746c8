/** The action of one of our buttons. */
export type CardAction =
  | { readonly action: "stop" }
  | { readonly action: "feedback"; readonly rating: "up" | "down" }
  | { readonly action: "regenerate" }
  | {
      readonly action: "approve" | "deny";
      /** Id of the run's `tool-approval-request`. */
      readonly approvalId: string;
      /** Element id of the two buttons, which are taken away once one of them was pressed. */
      readonly row?: string;
    };

/**
 * The `value` of one of our buttons, which the platform sends back with each press.
 *
 * It names the card by its run and its index, because a card entity has no id while its buttons are drawn.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/interactive-components/button
 */
export type CardActionValue = CardAction & {
  /** Tells our buttons from the app's own, and the version of this shape. */
  readonly streamcard: 1;
  readonly run: string;
  /** Index of the card among those of its run: 0 for the first. A short name, because every card carries it. */
  readonly card: number;
};

/** Shape of an id that may be looked up and put into a key. */
const ID = /^[\w:.-]{1,128}$/;

/** Reads a button's value. @returns `undefined` where it is none of ours, or has been tampered with. */
export function parseCardActionValue(value: unknown): CardActionValue | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { streamcard, run, card, action, rating, approvalId, row } = value as Readonly<
    Record<string, unknown>
  >;
  if (streamcard !== 1 || !isId(run) || !isIndex(card)) {
    return undefined;
  }
  const place = { streamcard: 1, run, card } as const;
  switch (action) {
    case "stop":
    case "regenerate":
      return { ...place, action };
    case "feedback":
      return rating === "up" || rating === "down" ? { ...place, action, rating } : undefined;
    case "approve":
    case "deny":
      if (!isId(approvalId)) return undefined;
      return { ...place, action, approvalId, ...(isRow(row) && { row }) };
    default:
      return undefined;
  }
}

function isIndex(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isRow(value: unknown): value is string {
  return typeof value === "string" && /^sc_\w{1,17}$/.test(value);
}

/** Tells whether an id survives the way through a button. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && ID.test(value);
}
