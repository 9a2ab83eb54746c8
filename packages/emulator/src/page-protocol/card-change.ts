import { isJsonObject, type JsonObject, type JsonValue } from "../ground/json.ts";
import type { CardChange } from "./page-event.ts";

/** Describes a changed card for a page that has the card before the change. */
export function describeCard(
  before: JsonObject | undefined,
  after: JsonObject,
): Pick<CardChange, "frame" | "elements"> {
  const known = new Map(elementsOf(before).map((element, index) => [JSON.stringify(element), index]));
  return {
    frame: withElements(after, []),
    elements: elementsOf(after).map((element) => known.get(JSON.stringify(element)) ?? element),
  };
}

/** Applies a change to a card. Components that stayed are the same objects as before. */
export function changedCard(
  before: JsonObject | undefined,
  { frame, elements }: Pick<CardChange, "frame" | "elements">,
): JsonObject {
  const known = elementsOf(before);
  const filled = elements.map((element) =>
    typeof element === "number" ? (known[element] ?? null) : element,
  );
  return withElements(frame, filled);
}

/** Finds the text of an element; `undefined` if the card has no such element, or the element has no text. */
export function textOf(card: JsonValue, elementId: string): string | undefined {
  if (isJsonObject(card) && card.element_id === elementId) {
    return typeof card.content === "string" ? card.content : undefined;
  }
  if (typeof card !== "object" || card === null) return undefined;
  for (const value of Object.values(card)) {
    const text = textOf(value, elementId);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Replaces the text of one element. Only the objects around the element are new. */
export function withText(card: JsonObject, elementId: string, text: string): JsonObject {
  const replaced = replaceText(card, elementId, text);
  return isJsonObject(replaced) ? replaced : card;
}

function replaceText(value: JsonValue, elementId: string, text: string): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (isJsonObject(value) && value.element_id === elementId) return { ...value, content: text };
  if (Array.isArray(value)) {
    const items = value.map((item) => replaceText(item, elementId, text));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  for (const [key, item] of Object.entries(value)) {
    const replaced = replaceText(item, elementId, text);
    if (replaced !== item) return { ...value, [key]: replaced };
  }
  return value;
}

// The components of schema 1.0 are at the root of the card.
function elementsOf(card: JsonObject | undefined): JsonValue[] {
  const elements = isJsonObject(card?.body) ? card.body.elements : card?.elements;
  return Array.isArray(elements) ? elements : [];
}

function withElements(card: JsonObject, elements: JsonValue[]): JsonObject {
  if (isJsonObject(card.body)) return { ...card, body: { ...card.body, elements } };
  return Array.isArray(card.elements) ? { ...card, elements } : card;
}
