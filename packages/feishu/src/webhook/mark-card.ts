import type { MarkedCard } from "@streamcard/bot";
import type { Clock, Locale } from "@streamcard/core";
import { wait, wordsOf } from "@streamcard/core/driver";
import { FeishuApiError } from "../api/feishu-error.ts";
import type { Feishu } from "../create-feishu.ts";
import { statusElementId } from "../json/card-json.ts";
import { note } from "../json/component-json.ts";

/** Attempts to write. The card is locked while a click on it waits for its answer, for three seconds at most. */
const MAX_ATTEMPTS = 8;

/** Wait before the next attempt, in milliseconds, where the platform names none. */
const RETRY_AFTER_MS = 500;

export interface FeishuCardMark extends MarkedCard {
  readonly locale: Locale;
  readonly clock: Clock;
}

/**
 * Writes on a finished card what became of it since, and takes away the buttons that have had their effect.
 *
 * @throws {FeishuApiError | FeishuTransportError} when the platform refuses for good, or keeps refusing.
 */
export async function markCard(
  feishu: Feishu,
  { cardId, mark, buttonsId, locale, clock }: FeishuCardMark,
): Promise<void> {
  const element = mark === undefined ? undefined : note(statusElementId, wordsOf(locale).mark(mark));
  const actions = [
    ...(element === undefined
      ? []
      : [{ action: "update_element", params: { element_id: statusElementId, element } }]),
    ...(buttonsId === undefined ? [] : [{ action: "delete_elements", params: { element_ids: [buttonsId] } }]),
  ];
  if (actions.length === 0) return;
  for (let attempt = 1; ; attempt += 1) {
    // The run that wrote the card has let go of it. Time in seconds is above any sequence that it used.
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
      if (!(error instanceof FeishuApiError) || !error.isRetryable || attempt === MAX_ATTEMPTS) throw error;
      await wait(clock, error.retryAfterMs ?? RETRY_AFTER_MS);
    }
  }
}
