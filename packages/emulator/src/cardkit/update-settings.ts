import { type ApiCall, type ApiResult, readContextOf } from "../gateway/api-call.ts";
import { parseJsonObject } from "../json.ts";
import { commitDraft, openDraft } from "./card-draft.ts";
import { CardProblem } from "./card-problem.ts";
import { changeSettings } from "./edit-settings.ts";
import { cardFields, runCardOperation } from "./run-card-operation.ts";

/** See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/settings */
export function updateSettings(call: ApiCall): ApiResult {
  const text = cardFields(call).string("settings", { min: 1, max: 100_000 });

  return runCardOperation(call, (entity) => {
    const settings = parseJsonObject(text);
    if (settings === undefined)
      throw new CardProblem({ code: 300122, text: "settings is not a JSON object" });
    const draft = openDraft(entity, readContextOf(call));
    changeSettings(draft, settings);
    commitDraft(draft, call.now);
    return "applied";
  });
}
