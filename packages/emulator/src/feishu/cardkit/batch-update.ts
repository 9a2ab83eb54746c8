import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "../../ground/json.ts";
import { type ApiCall, type ApiResult, readContextOf } from "../api/api-call.ts";
import { type CardDraft, commitDraft, openDraft } from "../cards/card-draft.ts";
import { CardProblem } from "../cards/card-problem.ts";
import {
  addElements,
  deleteElements,
  isInsertionType,
  patchElement,
  replaceElement,
} from "../cards/edit-elements.ts";
import { changeSettings } from "../cards/edit-settings.ts";
import { cardFields, performCardOperation } from "./card-operation.ts";

type Action = (draft: CardDraft, params: JsonObject) => void;

/** Carries out several actions on a card. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/batch_update */
export function batchUpdate(call: ApiCall): ApiResult {
  const text = cardFields(call).string("actions", { min: 1, max: 1_000_000 });

  return performCardOperation(call, (entity) => {
    const context = readContextOf(call);
    const actions = parseActions(text);
    let draft: CardDraft | undefined;
    for (const { act, params } of actions) {
      draft ??= openDraft(entity, context);
      act(draft, params);
      if (call.world.rules.batch === "until-failure") {
        commitDraft(draft, call.now);
        // Set per action, because a committed action stays even if a later one fails.
        call.record.applied = true;
        draft = undefined;
      }
    }
    if (draft !== undefined) commitDraft(draft, call.now);
    return "applied";
  });
}

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ["partial_update_setting", (draft, params) => changeSettings(draft, object(params, "settings"))],
  ["add_elements", addByParams],
  [
    "delete_elements",
    (draft, params) => {
      deleteElements(
        draft,
        list(params, "element_ids").map((id) => asText(id, "element_ids")),
      );
    },
  ],
  [
    "partial_update_element",
    (draft, params) => {
      patchElement(draft, asText(params.element_id, "element_id"), object(params, "partial_element"));
    },
  ],
  [
    "update_element",
    (draft, params) => {
      replaceElement(draft, asText(params.element_id, "element_id"), object(params, "element"));
    },
  ],
]);

function addByParams(draft: CardDraft, params: JsonObject): void {
  const type = asText(params.type, "type");
  if (!isInsertionType(type)) throw invalid("type");
  const targetId = asText(params.target_element_id ?? "", "target_element_id");
  addElements(draft, { type, targetId, elements: list(params, "elements") });
}

function parseActions(text: string): { act: Action; params: JsonObject }[] {
  const parsed = parseJson(text);
  if (!parsed.ok || !Array.isArray(parsed.value) || parsed.value.length === 0) throw invalid("actions");
  return parsed.value.map((item) => {
    if (!isJsonObject(item)) throw invalid("actions");
    const { action, params } = item;
    const act = typeof action === "string" ? ACTIONS.get(action) : undefined;
    if (act === undefined) throw invalid("action", JSON.stringify(action));
    if (!isJsonObject(params)) throw invalid("params");
    return { act, params };
  });
}

function object(params: JsonObject, field: string): JsonObject {
  const value = params[field];
  if (!isJsonObject(value)) throw invalid(field);
  return value;
}

function list(params: JsonObject, field: string): JsonValue[] {
  const value = params[field];
  if (!Array.isArray(value)) throw invalid(field);
  return value;
}

function asText(value: JsonValue | undefined, field: string): string {
  if (typeof value !== "string") throw invalid(field);
  return value;
}

function invalid(field: string, value?: string): CardProblem {
  return new CardProblem({ code: 10002, text: `invalid parameter ${field}`, value });
}
