import type { RequestRecord } from "@streamcard/emulator";

/** Groups requests by card, in the order in which they arrived. */
export function requestsByCard(requests: readonly RequestRecord[]): readonly (readonly RequestRecord[])[] {
  const ofCards = requests.filter(({ cardId }) => cardId !== undefined);
  return [...Map.groupBy(ofCards, ({ cardId }) => cardId).values()];
}
