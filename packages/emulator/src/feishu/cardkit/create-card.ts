import { type JsonObject, parseJsonObject } from "../../ground/json.ts";
import { type ApiCall, type ApiResult, readContextOf, success } from "../api/api-call.ts";
import { createCardEntity } from "../cards/card-entity.ts";
import { unrenderable } from "../cards/card-problem.ts";
import { findTemplate, renderTemplate } from "../cards/card-template.ts";
import { readCard } from "../cards/read-card.ts";
import { cardKitError } from "../rules/platform-error.ts";
import { asRefusal, cardFields } from "./card-operation.ts";

/** Creates a card entity. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card/create */
export function createCard(call: ApiCall): ApiResult {
  const fields = cardFields(call);
  const type = fields.string("type", { min: 1, max: 50 });
  const data = fields.string("data", { min: 1, max: 3_000_000 });
  if (type !== "card_json" && type !== "template") throw cardKitError(10002, "invalid parameter type");

  const { world, app, now, record } = call;
  try {
    const card = cardFrom(type, data, call);
    const reading = readCard(card, readContextOf(call));
    const cardId = world.ids.digits();
    const isFromTemplate = type === "template";
    const entity = createCardEntity(
      { cardId, appId: app.appId, createdAt: now, isFromTemplate, card, reading },
      world.rules,
      world.maxOperations,
    );
    world.cards.set(cardId, entity);
    record.cardId = cardId;
    record.applied = true;
    world.changes.emit({ type: "card-created", cardId });
    return success({ card_id: cardId });
  } catch (error) {
    throw asRefusal(error);
  }
}

function cardFrom(type: "card_json" | "template", data: string, { world }: ApiCall): JsonObject {
  const parsed = parseJsonObject(data);
  if (parsed === undefined) throw unrenderable("data is not a JSON object");
  if (type === "card_json") return parsed;
  const found = findTemplate(world.templates, parsed);
  if ("problem" in found) throw unrenderable(found.problem);
  return renderTemplate(found.template, found.variables);
}
