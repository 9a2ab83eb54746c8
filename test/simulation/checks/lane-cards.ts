import type { CardSnapshot } from "@streamcard/emulator";
import type { CardNode } from "./card-tree.ts";

/** Returns the cards with the elements of one lane alone; with those outside of all lanes for `undefined`. */
export function laneCards(cards: readonly CardSnapshot[], lane: number | undefined): CardSnapshot[] {
  return cards.map((card) => {
    const lanes = lanesById(card);
    const elements = card.elements.filter(({ elementId = "" }) => lanes.get(elementId) === lane);
    return { ...card, elements };
  });
}

/** Returns the cards with their reasoning in place of their answer, so that the same check reads it. */
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

/** Reads a lane's number from its title: in the header of a panel, in the first line of a column. */
function laneIn(node: CardNode): number {
  const number = /"content":"\*\*(\d+)号 /.exec(JSON.stringify(node))?.[1];
  if (number === undefined) throw new Error(`The lane ${node.element_id} has no title.`);
  return Number(number);
}
