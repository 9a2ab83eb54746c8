import { parseJsonObject } from "../../ground/json.ts";
import { type ApiCall, type ApiResult, readContextOf } from "../api/api-call.ts";
import { commitDraft, openDraft } from "../cards/card-draft.ts";
import { CardProblem } from "../cards/card-problem.ts";
import { changeSettings } from "../cards/edit-settings.ts";
import { cardFields, performCardOperation } from "./card-operation.ts";

/** Changes the settings of a card. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/settings */
export function updateSettings(call: ApiCall): ApiResult {
  const text = cardFields(call).string("settings", { min: 1, max: 100_000 });

  return performCardOperation(call, (entity) => {
    const settings = parseJsonObject(text);
    if (settings === undefined)
      throw new CardProblem({ code: 300122, text: "settings is not a JSON object" });
    const draft = openDraft(entity, readContextOf(call));
    changeSettings(draft, settings);
    commitDraft(draft, call.now);
    return "applied";
  });
}
