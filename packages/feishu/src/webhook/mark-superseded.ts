import type { Clock, Locale } from "@streamcard/core";
import { statusElementId } from "../card-json.ts";
import type { Feishu } from "../create-feishu.ts";
import { FeishuApiError } from "../feishu-error.ts";

const words: Readonly<Record<Locale, string>> = {
  "zh-CN": "已重新回答，见新的卡片",
  "en-US": "Answered again on a new card",
  "ja-JP": "新しいカードで回答し直しました",
};

/** While the click waits for its answer the card is locked, for three seconds at most. */
const ATTEMPTS = 8;

/** Says on a finished card that the question was answered again. */
export async function markSuperseded(
  feishu: Feishu,
  { cardId, locale, clock }: { cardId: string; locale: Locale; clock: Clock },
): Promise<void> {
  const element = {
    tag: "div",
    element_id: statusElementId,
    text: { tag: "plain_text", content: words[locale], text_size: "notation", text_color: "grey" },
  };
  for (let attempt = 1; ; attempt += 1) {
    // The engine that wrote the card has let go of it. Time in seconds is above any counter of its.
    const sequence = Math.floor(clock.now() / 1000) + attempt;
    try {
      await feishu.call({
        attempt: "Marking the old card",
        method: "PUT",
        path: `/open-apis/cardkit/v1/cards/${cardId}/elements/${statusElementId}`,
        body: { element: JSON.stringify(element), sequence },
      });
      return;
    } catch (error) {
      if (!(error instanceof FeishuApiError) || !error.isRetryable || attempt === ATTEMPTS) throw error;
      await new Promise<void>((resolve) => clock.setTimeout(resolve, error.retryAfterMs ?? 500));
    }
  }
}
