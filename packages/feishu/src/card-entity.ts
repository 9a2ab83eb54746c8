import { v5 as uuidv5 } from "uuid";
import type { FeishuApi } from "./feishu-api.ts";
import { fieldsOf, stringOf } from "./feishu-client.ts";
import { FeishuApiError, FeishuTransportError } from "./feishu-error.ts";
import { limits } from "./limits.ts";

const NAMESPACE = "6f5c8f9e-6b1d-5a53-9a5e-2f0d7c3b9a11";

type Json = Record<string, unknown>;

/** Makes a card entity, in streaming mode or not as its JSON says. @returns its card id. */
export async function createCardEntity(api: FeishuApi, card: Json): Promise<string> {
  const answer = await api.call({
    attempt: "Creating the card",
    method: "POST",
    path: "/open-apis/cardkit/v1/cards",
    body: { type: "card_json", data: JSON.stringify(card) },
  });
  const cardId = stringOf(fieldsOf(answer.data)?.card_id);
  if (cardId !== undefined) return cardId;
  throw new FeishuTransportError({
    attempt: "Creating the card",
    reason: "the answer holds no card_id",
    mayHaveArrived: true,
    isRetryable: false,
  });
}

/**
 * The operations on one card entity. Holds its sequence, which increases over all of them, and its streaming mode.
 *
 * @see https://open.feishu.cn/document/cardkit-v1/feishu-card-resource-overview
 */
export class CardEntity {
  readonly cardId: string;
  readonly #api: FeishuApi;
  #sequence = 0;
  #streamingSince: number;
  #answeredAt = Number.NEGATIVE_INFINITY;

  constructor(api: FeishuApi, cardId: string) {
    this.#api = api;
    this.cardId = cardId;
    this.#streamingSince = api.clock.now();
  }

  /** Streams the whole text of one element; clients type what is new. */
  async streamText(elementId: string, content: string): Promise<void> {
    await this.#renewStreaming();
    await this.#operate("Streaming text", "PUT", `/elements/${elementId}/content`, { content });
  }

  async batchUpdate(attempt: string, actions: readonly Json[]): Promise<void> {
    await this.#operate(attempt, "POST", "/batch_update", { actions: JSON.stringify(actions) });
  }

  /** Replaces the whole card, its streaming mode included. */
  async update(attempt: string, card: Json): Promise<void> {
    await this.#operate(attempt, "PUT", "", { card: { type: "card_json", data: JSON.stringify(card) } });
  }

  async updateSettings(attempt: string, config: Json): Promise<void> {
    await this.#operate(attempt, "PATCH", "/settings", { settings: JSON.stringify({ config }) });
  }

  /** Streaming mode closes itself; off and on again starts its clock anew. */
  async #renewStreaming(): Promise<void> {
    const { clock } = this.#api;
    if (clock.now() - this.#streamingSince < limits.streamingRenewMs) return;
    await this.updateSettings("Renewing streaming mode", { streaming_mode: false });
    await this.#openStreaming();
  }

  async #openStreaming(): Promise<void> {
    await this.updateSettings("Opening streaming mode", { streaming_mode: true });
    this.#streamingSince = this.#api.clock.now();
  }

  async #operate(attempt: string, method: "POST" | "PUT" | "PATCH", path: string, body: Json): Promise<void> {
    try {
      await this.#send(attempt, method, path, body);
    } catch (error) {
      if (!(error instanceof FeishuApiError)) throw error;
      // Time in seconds is above any counter that another writer may have used, and within the field's range.
      if (error.remedy === "raise-sequence") this.#sequence = Math.max(this.#sequence, this.#seconds());
      else if (error.remedy === "reopen-streaming") await this.#openStreaming();
      else throw error;
      await this.#send(attempt, method, path, body);
    }
  }

  async #send(attempt: string, method: "POST" | "PUT" | "PATCH", path: string, body: Json): Promise<void> {
    await this.#waitForSlot();
    this.#sequence += 1;
    const sequence = this.#sequence;
    const uuid = uuidv5(`${this.cardId}:${sequence}`, NAMESPACE);
    try {
      await this.#api.call({
        attempt,
        method,
        path: `/open-apis/cardkit/v1/cards/${this.cardId}${path}`,
        body: { ...body, sequence, uuid },
      });
    } finally {
      this.#answeredAt = this.#api.clock.now();
    }
  }

  /** What core paces by itself needs no wait here; the operations that a remedy adds do. */
  async #waitForSlot(): Promise<void> {
    const { clock } = this.#api;
    const waitMs = this.#answeredAt + limits.operationIntervalMs - clock.now();
    if (waitMs > 0) await new Promise<void>((resolve) => clock.setTimeout(resolve, waitMs));
  }

  #seconds(): number {
    return Math.floor(this.#api.clock.now() / 1000);
  }
}
