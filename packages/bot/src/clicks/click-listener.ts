import type { ActionOptions } from "@streamcard/core";

/** A receiver of clicks in this process. Buttons that no listener hears of are not drawn. */
export interface ClickListener {
  /** True where opinions on answers are passed on to the app. */
  readonly takesFeedback: boolean;
  /** Tells whether the question that a message asked can be answered again. */
  knows(messageId: string): boolean;
}

/**
 * Lists the buttons that a listener hears of.
 *
 * @param replyTo Id of the message that the card answers; empty for a card that answers none.
 */
export function possibleActions(listeners: Iterable<ClickListener>, replyTo: string): ActionOptions {
  const all = [...listeners];
  const isKnown = all.some((listener) => listener.knows(replyTo));
  return {
    stop: all.length > 0,
    feedback: all.some(({ takesFeedback }) => takesFeedback),
    regenerate: isKnown,
    approve: isKnown,
  };
}
