import { parseJsonObject } from "../../ground/json.ts";
import { type ApiCall, type ApiResult, readContextOf } from "../api/api-call.ts";
import { commitDraft, openDraft, rereadDraft } from "../cards/card-draft.ts";
import { isStreaming, streamingModeIn } from "../cards/card-entity.ts";
import { unrenderable } from "../cards/card-problem.ts";
import { cardKitError } from "../rules/platform-error.ts";
import { cardFields, performCardOperation } from "./card-operation.ts";

/** Replaces the whole card. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/update */
export function updateCard(call: ApiCall): ApiResult {
  const fields = cardFields(call).object("card");
  const type = fields.string("type", { min: 1, max: 50 });
  const data = fields.string("data", { min: 1, max: 1_000_000 });
  if (type !== "card_json") throw cardKitError(10002, "invalid parameter card.type");

  return performCardOperation(call, (entity) => {
    const card = parseJsonObject(data);
    if (card === undefined) throw unrenderable("card.data is not a JSON object");
    const draft = openDraft(entity, readContextOf(call));
    draft.card = card;
    draft.repainted = "all";
    rereadDraft(draft);

    const wasStreaming = isStreaming(entity, call.now);
    const wanted = streamingModeIn(card);
    const closesByDefault =
      wanted === undefined && call.world.rules.fullUpdateWithoutStreamingMode === "closes";
    if (wanted === true && !wasStreaming) draft.streamingSwitches.push("open");
    if (wanted === false || (closesByDefault && wasStreaming)) draft.streamingSwitches.push("close");
    commitDraft(draft, call.now);
    return "applied";
  });
}
