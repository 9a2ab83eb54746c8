import type { Clock } from "@streamcard/core";
import type { FeishuEmulator } from "@streamcard/emulator";
import type { Call } from "./call-log.ts";

export interface Rivalry {
  readonly emulator: FeishuEmulator;
  readonly clock: Clock;
  /** What the process at hand has sent; the other one has a token of the same app. */
  readonly calls: readonly Call[];
}

/**
 * Changes the newest card as another process of the same app does, one that handles a click: it does not know the
 * card's counter, so its sequence is the time in seconds.
 */
export async function changeAsRival({ emulator, clock, calls }: Rivalry): Promise<void> {
  const card = emulator.cards().findLast(({ messageId }) => messageId !== undefined);
  const authorization = calls.findLast((call) => call.authorization !== undefined)?.authorization;
  if (card === undefined || authorization === undefined) return;
  await emulator.fetch(`${emulator.url}/open-apis/cardkit/v1/cards/${card.cardId}/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json; charset=utf-8", authorization },
    body: JSON.stringify({
      settings: JSON.stringify({ config: { enable_forward: true } }),
      sequence: Math.floor(clock.now() / 1000),
    }),
  });
}
