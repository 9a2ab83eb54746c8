import type { CardSnapshot } from "@streamcard/emulator";
import type { CardNode } from "./card-tree.ts";

/** The part of each card that belongs to one of the runs that share it; to none of the lanes, where it is `undefined`. */
export function laneCards(cards: readonly CardSnapshot[], lane: number | undefined): CardSnapshot[] {
  return cards.map((card) => {
    const lanes = lanesById(card);
    const elements = card.elements.filter(({ elementId = "" }) => lanes.get(elementId) === lane);
    return { ...card, elements };
  });
}

/** The texts of a card that belong to what was thought, as if they were its answer. */
export function thoughtCards(cards: readonly CardSnapshot[]): CardSnapshot[] {
  return cards.map((card) => {
    const thoughts = card.elements.filter(({ elementId }) => elementId?.startsWith("sc_thought_"));
    return { ...card, elements: thoughts.map((element) => ({ ...element, elementId: "thought" })) };
  });
}

function lanesById({ json }: CardSnapshot): Map<string, number | undefined> {
  const found = new Map<string, number | undefined>();
  const visit = (value: unknown, outer: number | undefined): void => {
    if (typeof value !== "object" || value === null) return;
    const { element_id: id } = value as CardNode;
    const lane = id !== undefined && /^sc_lane_\d+$/.test(id) ? laneIn(value as CardNode) : outer;
    if (id !== undefined) found.set(id, lane);
    for (const child of Object.values(value)) visit(child, lane);
  };
  visit(json, undefined);
  return found;
}

/** A panel has its title in its header, a column in its first line. */
function laneIn(node: CardNode): number {
  const number = /"content":"\*\*(\d+)号 /.exec(JSON.stringify(node))?.[1];
  if (number === undefined) throw new Error(`The lane ${node.element_id} has no title.`);
  return Number(number);
}
