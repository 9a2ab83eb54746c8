import type { CardSnapshot, FeishuEmulator } from "@streamcard/emulator";
import type { Call } from "./call-log.ts";

export interface Elsewhere {
  readonly emulator: FeishuEmulator;
  /** Calls of the process under test, for the token: the other process is of the same app. */
  readonly calls: readonly Call[];
}

/**
 * Changes the settings of a card as another process of the same app does. That process does not know the card's
 * sequence, so it uses the time in seconds.
 */
export async function changeElsewhere(
  { emulator, calls }: Elsewhere,
  { cardId }: CardSnapshot,
  { config, now }: { readonly config: Readonly<Record<string, boolean>>; readonly now: number },
): Promise<void> {
  const authorization = calls.findLast((call) => call.authorization !== undefined)?.authorization;
  if (authorization === undefined) return;
  await emulator.fetch(`${emulator.url}/open-apis/cardkit/v1/cards/${cardId}/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json; charset=utf-8", authorization },
    body: JSON.stringify({ settings: JSON.stringify({ config }), sequence: Math.floor(now / 1000) }),
  });
}
