import type { ButtonAction, Click } from "@streamcard/bot";
import { type CardActionValue, parseCardActionValue } from "../json/card-action-value.ts";
import type { FeishuTypes } from "./feishu-types.ts";
import type { ReceivedCardAction } from "./parse-event.ts";

/** Tells a press of our buttons from a click on a component of the app's own. */
export function readClick({ type: _type, ...action }: ReceivedCardAction): Click<FeishuTypes> {
  const value = parseCardActionValue(action.value);
  if (value === undefined) return { type: "own", action };
  const { operator: by, messageId, chatId } = action;
  const buttonsId = "approvalId" in value ? value.row : undefined;
  const button = buttonAction(value);
  return {
    type: "button",
    press: { button, runId: value.run, cardIndex: value.card, buttonsId, by, messageId, chatId },
  };
}

function buttonAction(value: CardActionValue): ButtonAction {
  switch (value.action) {
    case "feedback":
      return { action: value.action, rating: value.rating };
    case "approve":
    case "deny":
      return { action: value.action, approvalId: value.approvalId };
    default:
      return { action: value.action };
  }
}
