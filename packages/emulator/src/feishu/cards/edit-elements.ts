import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { type CardDraft, repaint, rereadDraft } from "./card-draft.ts";
import { CardProblem } from "./card-problem.ts";
import type { Place } from "./read-component.ts";

export type InsertionType = "insert_before" | "insert_after" | "append";

export interface Insertion {
  type: InsertionType;
  /** Element before, after or in which the new ones go. Empty appends to the body. */
  targetId: string;
  elements: JsonValue[];
}

export function isInsertionType(type: string): type is InsertionType {
  return type === "insert_before" || type === "insert_after" || type === "append";
}

/** Adds elements to a draft. @throws {CardProblem} when the target is missing or no container, or the card can no longer be drawn. */
export function addElements(draft: CardDraft, { type, targetId, elements }: Insertion): void {
  const list = type === "append" ? listToExtend(draft, targetId) : undefined;
  if (list !== undefined) {
    list.push(...elements);
  } else {
    const { list: siblings, node } = listedPlace(draft, targetId, 300315);
    const index = siblings.indexOf(node);
    siblings.splice(type === "insert_before" ? index : index + 1, 0, ...elements);
  }
  rereadDraft(draft);
}

/** Replaces an element of a draft. @throws {CardProblem} when the element is missing or the card can no longer be drawn. */
export function replaceElement(draft: CardDraft, elementId: string, element: JsonObject): void {
  const { list, node } = listedPlace(draft, elementId, 300121);
  list[list.indexOf(node)] = element;
  repaint(draft, elementId);
  rereadDraft(draft);
}

/** Deletes elements from a draft. @throws {CardProblem} when an element is missing. */
export function deleteElements(draft: CardDraft, elementIds: readonly string[]): void {
  for (const elementId of elementIds) {
    const { list, node } = listedPlace(draft, elementId, 300314);
    list.splice(list.indexOf(node), 1);
    rereadDraft(draft);
  }
}

/** Merges properties into an element of a draft, as deep as the rules say. @throws {CardProblem} when the element is missing, the patch changes its tag, or the card can no longer be drawn. */
export function patchElement(draft: CardDraft, elementId: string, patch: JsonObject): void {
  const place = draft.reading.byId.get(elementId);
  if (place === undefined) throw notFound(300313, elementId);
  const { tag } = patch;
  if (tag !== undefined && tag !== place.tag) {
    throw new CardProblem({ code: 300312, text: "unable to update element tag", value: JSON.stringify(tag) });
  }
  merge(place.node, patch, draft.context.rules.patchDepth);
  repaint(draft, elementId);
  try {
    rereadDraft(draft);
  } catch (error) {
    // The patch call has a code of its own for a card that cannot be drawn.
    if (error instanceof CardProblem && error.details.code === 200220) {
      throw new CardProblem({ ...error.details, code: 300313 });
    }
    throw error;
  }
}

/** Makes the problem of an element that is not in the card. */
export function notFound(code: number, elementId: string): CardProblem {
  return new CardProblem({ code, text: `not find elementID : ${elementId}` });
}

// Finds the list that `append` extends: that of the target container, or of the body without a target.
function listToExtend(draft: CardDraft, targetId: string): JsonValue[] {
  if (targetId === "") {
    const body = draft.card.body;
    if (isJsonObject(body)) return listIn(body, "elements");
    const elements: JsonValue[] = [];
    draft.card.body = { elements };
    return elements;
  }
  const place = draft.reading.byId.get(targetId);
  if (place === undefined) throw notFound(300315, targetId);
  if (CONTAINERS.has(place.tag)) return listIn(place.node, "elements");
  if (place.tag === "column_set") return listIn(place.node, "columns");
  throw new CardProblem({ code: 300315, text: `${place.tag} is not a container`, value: targetId });
}

const CONTAINERS: ReadonlySet<string> = new Set([
  "form",
  "interactive_container",
  "collapsible_panel",
  "column",
]);

function listIn(node: JsonObject, key: string): JsonValue[] {
  const list = node[key];
  if (Array.isArray(list)) return list;
  const created: JsonValue[] = [];
  node[key] = created;
  return created;
}

function listedPlace(draft: CardDraft, elementId: string, code: number): Place & { list: JsonValue[] } {
  const place = draft.reading.byId.get(elementId);
  if (place?.list === undefined) throw notFound(code, elementId);
  return { ...place, list: place.list };
}

function merge(target: JsonObject, patch: JsonObject, depth: "shallow" | "deep"): void {
  for (const [key, value] of Object.entries(patch)) {
    const current = target[key];
    if (depth === "deep" && isJsonObject(current) && isJsonObject(value)) merge(current, value, depth);
    else target[key] = value;
  }
}
