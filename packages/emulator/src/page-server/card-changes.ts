import { BoundedMap } from "../ground/bounded-map.ts";
import { cloneJson, type JsonObject } from "../ground/json.ts";
import { describeCard, textOf, withText } from "../page-protocol/card-change.ts";
import type { CardChange, PageCard, TextChange } from "../page-protocol/page-event.ts";

/** Remembers the cards as pages have them, and finds the smallest event that brings pages up to date. */
export interface CardChanges {
  /** Makes the event for a changed card. @param textElementId element whose text is all that has changed, if there is one. */
  change(messageId: string, card: PageCard, textElementId?: string): CardChange | TextChange;
  /** Notes that pages got the whole card. */
  noteSent(messageId: string, card: PageCard | undefined): void;
  /** Notes that pages did not get a change: the next event for this card describes the whole of it. */
  forget(messageId: string): void;
  clear(): void;
}

// The number of cards that change at about the same time. For a forgotten card the next event is larger, not wrong.
const MAX_REMEMBERED_CARDS = 100;

export function createCardChanges(): CardChanges {
  const known = new BoundedMap<string, JsonObject>(MAX_REMEMBERED_CARDS);

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
    noteSent: (messageId, card) => {
      if (card === undefined) known.delete(messageId);
      else known.set(messageId, cloneJson(card.json));
    },
    forget: (messageId) => void known.delete(messageId),
    clear: () => known.clear(),
  };
}
