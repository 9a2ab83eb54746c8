import { parseJson, parseJsonObject } from "../../ground/json.ts";
import { type ApiCall, type ApiResult, param, readContextOf } from "../api/api-call.ts";
import { type CardDraft, commitDraft, openDraft } from "../cards/card-draft.ts";
import { CardProblem } from "../cards/card-problem.ts";
import {
  addElements,
  deleteElements,
  isInsertionType,
  patchElement,
  replaceElement,
} from "../cards/edit-elements.ts";
import { cardKitError } from "../rules/platform-error.ts";
import { cardFields, performCardOperation } from "./card-operation.ts";

const MAX_ELEMENT_ID_LENGTH = 20;
const ELEMENT_JSON = { min: 1, max: 1_000_000 };

/** Adds elements to a card. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card-element/create */
export function addCardElements(call: ApiCall): ApiResult {
  const fields = cardFields(call);
  const type = fields.string("type");
  const targetId = fields.optionalString("target_element_id", { max: MAX_ELEMENT_ID_LENGTH }) ?? "";
  const text = fields.string("elements", ELEMENT_JSON);
  if (!isInsertionType(type)) throw cardKitError(10002, "invalid parameter type");
  if (type !== "append" && targetId === "") throw cardKitError(10002, "invalid parameter target_element_id");

  return edit(call, (draft) => {
    const elements = parseJson(text);
    if (!elements.ok || !Array.isArray(elements.value)) {
      throw new CardProblem({ code: 300315, text: "elements is not a JSON array" });
    }
    addElements(draft, { type, targetId, elements: elements.value });
  });
}

/** Replaces an element of a card. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card-element/update */
export function replaceCardElement(call: ApiCall): ApiResult {
  const elementId = elementParam(call);
  const text = cardFields(call).string("element", ELEMENT_JSON);
  return edit(call, (draft) => {
    const element = parseJsonObject(text);
    if (element === undefined) throw new CardProblem({ code: 300121, text: "element is not a JSON object" });
    replaceElement(draft, elementId, element);
  });
}

/** Changes properties of an element. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card-element/patch */
export function patchCardElement(call: ApiCall): ApiResult {
  const elementId = elementParam(call);
  const text = cardFields(call).string("partial_element", ELEMENT_JSON);
  return edit(call, (draft) => {
    const patch = parseJsonObject(text);
    if (patch === undefined)
      throw new CardProblem({ code: 300313, text: "partial_element is not a JSON object" });
    patchElement(draft, elementId, patch);
  });
}

/** Deletes an element from a card. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card-element/delete */
export function deleteCardElement(call: ApiCall): ApiResult {
  const elementId = elementParam(call);
  return edit(call, (draft) => deleteElements(draft, [elementId]));
}

/** Reads the element id from the path. @throws {PlatformError} when the id is longer than 20 characters. */
export function elementParam(call: ApiCall): string {
  const elementId = param(call, "element_id");
  if (elementId.length > MAX_ELEMENT_ID_LENGTH) throw cardKitError(10002, "invalid parameter element_id");
  return elementId;
}

function edit(call: ApiCall, change: (draft: CardDraft) => void): ApiResult {
  return performCardOperation(call, (entity) => {
    const draft = openDraft(entity, readContextOf(call));
    change(draft);
    commitDraft(draft, call.now);
    return "applied";
  });
}
