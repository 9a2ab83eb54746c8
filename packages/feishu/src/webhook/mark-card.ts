import type { Clock, Locale } from "@streamcard/core";
import { type CardMark, wait, wordsOf } from "@streamcard/core/driver";
import { FeishuApiError } from "../api/feishu-error.ts";
import type { Feishu } from "../create-feishu.ts";
import { statusElementId } from "../json/card-json.ts";
import { note } from "../json/component-json.ts";

/** While the click waits for its answer the card is locked, for three seconds at most. */
const ATTEMPTS = 8;

export interface MarkedCard {
  readonly cardId: string;
  /** Nothing is said where there is none. */
  readonly mark: CardMark | undefined;
  /** Element id of the buttons that have had their effect. */
  readonly spent?: string | undefined;
  readonly locale: Locale;
  readonly clock: Clock;
}

/** Says on a finished card what became of it since, and takes away the buttons that have had their effect. */
export async function markCard(
  feishu: Feishu,
  { cardId, mark, spent, locale, clock }: MarkedCard,
): Promise<void> {
  const element = mark === undefined ? undefined : note(statusElementId, wordsOf(locale).mark(mark));
  const actions = [
    ...(element === undefined
      ? []
      : [{ action: "update_element", params: { element_id: statusElementId, element } }]),
    ...(spent === undefined ? [] : [{ action: "delete_elements", params: { element_ids: [spent] } }]),
  ];
  if (actions.length === 0) return;
  for (let attempt = 1; ; attempt += 1) {
    // The engine that wrote the card has let go of it. Time in seconds is above any counter of its.
    const sequence = Math.floor(clock.now() / 1000) + attempt;
    try {
      await feishu.call({
        attempt: "Marking the old card",
        method: "POST",
        path: `/open-apis/cardkit/v1/cards/${cardId}/batch_update`,
        body: { actions: JSON.stringify(actions), sequence },
      });
      return;
    } catch (error) {
      if (!(error instanceof FeishuApiError) || !error.isRetryable || attempt === ATTEMPTS) throw error;
      await wait(clock, error.retryAfterMs ?? 500);
    }
  }
}
