import { cloneJson, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { CardEntity } from "./card-entity.ts";
import { type CardReading, checkLimits, readStructure } from "./read-card.ts";
import type { Place } from "./read-component.ts";
import type { ReadContext } from "./read-context.ts";

/** A copy of a card for an operation to work on, so that a refused operation leaves the card as it was. */
export interface CardDraft {
  readonly entity: CardEntity;
  /** Context in which the card is read. */
  readonly context: ReadContext;
  card: JsonObject;
  reading: CardReading;
  /** Ids of elements whose text is painted at once and not typed, or "all". */
  repainted: Set<string> | "all";
  /** Switches of streaming mode, in the order in which the operation made them. */
  readonly streamingSwitches: ("open" | "close")[];
}

/** Copies a card for an operation. */
export function openDraft(entity: CardEntity, context: ReadContext): CardDraft {
  const copies = new Map<JsonValue, JsonValue>();
  const card = cloneJson(entity.card, copies);
  const places = entity.reading.places.map((place) => movePlace(place, copies));
  const byId = new Map<string, Place>();
  for (const place of places) if (place.elementId !== undefined) byId.set(place.elementId, place);
  const reading = { ...entity.reading, places, byId };
  return { entity, context, card, reading, repainted: new Set(), streamingSwitches: [] };
}

/** Reads the draft again after a change. @throws {CardProblem} when the card can no longer be drawn. */
export function rereadDraft(draft: CardDraft): void {
  draft.reading = readStructure(draft.card, draft.context);
}

/** Marks an element to be painted at once and not typed. */
export function repaint(draft: CardDraft, elementId: string | undefined): void {
  if (draft.repainted !== "all" && elementId !== undefined) draft.repainted.add(elementId);
}

/** Puts the draft in the place of the card. @throws {CardProblem} when the card has become too large. */
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
  for (const streamingSwitch of draft.streamingSwitches) {
    if (streamingSwitch === "open") entity.streaming.open(now);
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
