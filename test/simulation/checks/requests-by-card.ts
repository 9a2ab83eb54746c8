import type { RequestRecord } from "@streamcard/emulator";

/** The requests of each card, in the order in which they came. */
export function requestsByCard(requests: readonly RequestRecord[]): readonly (readonly RequestRecord[])[] {
  const ofCards = requests.filter(({ cardId }) => cardId !== undefined);
  return [...Map.groupBy(ofCards, ({ cardId }) => cardId).values()];
}
