import { type ApiCall, type ApiResult, success } from "../api/api-call.ts";
import { cardKitError } from "../rules/platform-error.ts";
import { cardFields } from "./card-operation.ts";

/** Finds the card entity of a message. The platform has retired this endpoint. The rule `idConvert` switches it on. */
export function convertId(call: ApiCall): ApiResult {
  const messageId = cardFields(call).string("message_id", { min: 1, max: 50 });
  const cardId = call.world.messages.get(messageId)?.cardId;
  if (cardId === undefined) throw cardKitError(10002, "invalid parameter message_id");
  call.record.applied = true;
  return success({ card_id: cardId });
}
