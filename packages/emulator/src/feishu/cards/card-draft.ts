import { cloneJson, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { CardEntity } from "./card-entity.ts";
import { type CardReading, checkLimits, readStructure } from "./read-card.ts";
import type { Place } from "./read-component.ts";
import type { ReadContext } from "./read-context.ts";

/** A copy of a card that an operation works on, so that a refused operation leaves the card as it was. */
export interface CardDraft {
  readonly entity: CardEntity;
  /** What it is read against. */
  readonly context: ReadContext;
  card: JsonObject;
  reading: CardReading;
  /** Elements that are drawn anew, and not typed. */
  repainted: Set<string> | "all";
  /** Switches of streaming mode, in order. */
  readonly streamingSwitches: ("open" | "close")[];
}

export function openDraft(entity: CardEntity, context: ReadContext): CardDraft {
  const copies = new Map<JsonValue, JsonValue>();
  const card = cloneJson(entity.card, copies);
  const places = entity.reading.places.map((place) => movePlace(place, copies));
  const byId = new Map<string, Place>();
  for (const place of places) if (place.elementId !== undefined) byId.set(place.elementId, place);
  const reading = { ...entity.reading, places, byId };
  return { entity, context, card, reading, repainted: new Set(), streamingSwitches: [] };
}

/** Reads the draft again after a change. @throws {CardProblem} when the change made it undrawable. */
export function rereadDraft(draft: CardDraft): void {
  draft.reading = readStructure(draft.card, draft.context);
}

export function repaint(draft: CardDraft, elementId: string | undefined): void {
  if (draft.repainted !== "all" && elementId !== undefined) draft.repainted.add(elementId);
}

/** Makes the draft the card. @throws {CardProblem} when it has become too large. */
export function commitDraft(draft: CardDraft, now: number): void {
  const { entity, context } = draft;
  checkLimits(draft.reading, context);
  entity.card = draft.card;
  entity.reading = draft.reading;
  for (const [elementId, typing] of entity.typing) {
    const isSame = draft.reading.byId.get(elementId)?.node.content === typing.text;
    if (!isSame || draft.repainted === "all" || draft.repainted.has(elementId))
      entity.typing.delete(elementId);
  }
  for (const turn of draft.streamingSwitches) {
    if (turn === "open") entity.streaming.open(now);
    else entity.streaming.close(now);
  }
  if (draft.streamingSwitches.includes("close")) {
    entity.finalizations += 1;
    entity.typing.clear();
  }
}

function movePlace(place: Place, copies: ReadonlyMap<JsonValue, JsonValue>): Place {
  const node = copies.get(place.node);
  const list = place.list === undefined ? undefined : copies.get(place.list);
  return {
    ...place,
    node: isJsonObject(node) ? node : place.node,
    list: Array.isArray(list) ? list : undefined,
  };
}
