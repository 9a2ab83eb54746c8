import { type ApiCall, type ApiResult, readContextOf } from "../api/api-call.ts";
import { type CardEntity, isStreaming } from "../cards/card-entity.ts";
import { tooManyTables } from "../cards/card-problem.ts";
import { notFound } from "../cards/edit-elements.ts";
import { type CardReading, cardBytes, checkLimits } from "../cards/read-card.ts";
import { checkMarkdown, type Place } from "../cards/read-component.ts";
import type { ReadContext } from "../cards/read-context.ts";
import { fullyPainted, printConfigOf, retype } from "../cards/typewriter.ts";
import { cardKitError } from "../rules/platform-error.ts";
import { cardFields, performCardOperation } from "./card-operation.ts";
import { elementParam } from "./element-operations.ts";

/** Sets the full text of one element. See https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/cardkit-v1/card-element/content */
export function streamContent(call: ApiCall): ApiResult {
  const elementId = elementParam(call);
  const content = cardFields(call).string("content", { min: 1, max: 100_000 });
  return performCardOperation(call, (entity) => {
    if (isDropped(entity, call)) return "dropped";
    setText(entity, { elementId, content, context: readContextOf(call), now: call.now });
    call.world.changes.emit({ type: "paint-restarted", cardId: entity.cardId, elementId });
    return "applied";
  });
}

function isDropped(entity: CardEntity, { world, now }: ApiCall): boolean {
  isStreaming(entity, now);
  if (world.rules.afterAutoClose === "drop" && entity.streaming.endedByTimeout) return true;
  const verdict = entity.streaming.contentVerdict(now);
  if (verdict === "timed-out") throw cardKitError(200850, "card streaming timeout");
  if (verdict === "closed") throw cardKitError(300309, "streaming mode is closed");
  return false;
}

interface NewText {
  elementId: string;
  content: string;
  context: ReadContext;
  now: number;
}

function setText(entity: CardEntity, { elementId, content, context, now }: NewText): void {
  const place = entity.reading.byId.get(elementId);
  if (place === undefined) throw notFound(300313, elementId);
  if (!isTextTarget(entity, place)) throw cardKitError(300310, "only update text", place.tag);

  const before = String(place.node.content);
  const tables = place.tag === "markdown" ? checkMarkdown(content, context) : 0;
  // Counts only the changed text again, because the rest of the card is as it was.
  const reading: CardReading = {
    ...entity.reading,
    bytes: entity.reading.bytes - cardBytes(before, context) + cardBytes(content, context),
    tables: entity.reading.tables - place.tables + tables,
  };
  checkLimits(reading, context);
  if (tables > context.rules.maxTablesPerMarkdown) throw tooManyTables();

  entity.reading = reading;
  place.tables = tables;
  place.node.content = content;
  const config = printConfigOf(entity.card);
  const typing = entity.typing.get(elementId) ?? fullyPainted(before, { now, config });
  entity.typing.set(elementId, retype(typing, content, { now, config }));
}

function isTextTarget({ isFromTemplate }: CardEntity, { tag }: Place): boolean {
  return tag === "markdown" || (tag === "plain_text" && !isFromTemplate);
}
