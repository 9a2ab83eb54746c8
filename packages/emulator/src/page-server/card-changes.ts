import { BoundedMap } from "../ground/bounded-map.ts";
import { cloneJson, type JsonObject } from "../ground/json.ts";
import { describeCard, textOf, withText } from "../page-protocol/card-change.ts";
import type { CardChange, PageCard, TextChange } from "../page-protocol/page-event.ts";

/** Finds the smallest event that brings a card up to date for pages that were told of all earlier ones. */
export interface CardTeller {
  /** `textElementId` names the element of a change that is only in its text. */
  change(messageId: string, card: PageCard, textElementId?: string): CardChange | TextChange;
  /** Pages were given the card as a whole. */
  told(messageId: string, card: PageCard | undefined): void;
  /** Pages were not told of a change. */
  forget(messageId: string): void;
  clear(): void;
}

// Cards that change at about the same time. One that is not among them is told anew as a whole.
const REMEMBERED_CARDS = 100;

export function createCardTeller(): CardTeller {
  const known = new BoundedMap<string, JsonObject>(REMEMBERED_CARDS);

  const textChange = (messageId: string, card: PageCard, elementId: string): TextChange | undefined => {
    const before = known.get(messageId);
    const textBefore = before === undefined ? undefined : textOf(before, elementId);
    const text = textOf(card.json, elementId);
    if (before === undefined || textBefore === undefined || text === undefined) return undefined;
    known.set(messageId, withText(before, elementId, text));
    const keep = text.startsWith(textBefore) ? textBefore.length : 0;
    return { type: "text", messageId, elementId, keep, text: text.slice(keep), painted: card.painted };
  };

  const cardChange = (messageId: string, { json, isStreaming, painted }: PageCard): CardChange => {
    const change = describeCard(known.get(messageId), json);
    known.set(messageId, cloneJson(json));
    return { type: "card", messageId, ...change, isStreaming, painted };
  };

  return {
    change: (messageId, card, textElementId) => {
      const text = textElementId === undefined ? undefined : textChange(messageId, card, textElementId);
      return text ?? cardChange(messageId, card);
    },
    told: (messageId, card) => {
      if (card === undefined) known.delete(messageId);
      else known.set(messageId, cloneJson(card.json));
    },
    forget: (messageId) => void known.delete(messageId),
    clear: () => known.clear(),
  };
}
