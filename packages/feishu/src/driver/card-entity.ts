import { type Urgency, wait } from "@streamcard/core/driver";
import type { Slot } from "../api/api-budget.ts";
import type { ApiName } from "../api/api-budgets.ts";
import type { FeishuApi } from "../api/feishu-api.ts";
import { fieldsOf, stringOf } from "../api/feishu-client.ts";
import { FeishuApiError, FeishuTransportError } from "../api/feishu-error.ts";
import { limits } from "../api/limits.ts";
import { AnswerWindow } from "./answer-window.ts";
import { CardSequence } from "./card-sequence.ts";
import { StreamingMode } from "./streaming-mode.ts";

type Json = Record<string, unknown>;

/** Content of a new card entity. */
export interface EntityData {
  readonly type: "card_json" | "template";
  readonly data: Json;
}

/**
 * Makes a card entity.
 *
 * @returns its card id.
 * @see https://open.feishu.cn/document/cardkit-v1/card/create
 */
export async function createCardEntity(api: FeishuApi, { type, data }: EntityData): Promise<string> {
  const attempt = "Creating the card";
  const answer = await api.call({
    api: "create",
    attempt,
    method: "POST",
    path: "/open-apis/cardkit/v1/cards",
    body: { type, data: JSON.stringify(data) },
  });
  const cardId = stringOf(fieldsOf(answer.data)?.card_id);
  if (cardId !== undefined) return cardId;
  throw new FeishuTransportError({ attempt, reason: "the answer holds no card_id", mayHaveArrived: true });
}

interface Operation {
  readonly attempt: string;
  readonly api: ApiName;
  readonly method: "POST" | "PUT" | "PATCH";
  readonly path: string;
  readonly body: Json;
  /** True for the operation that finalizes the card: streaming mode is not needed after it. */
  readonly isLast?: boolean;
}

function batch(attempt: string, actions: readonly Json[]): Operation {
  const body = { actions: JSON.stringify(actions) };
  return { attempt, api: "batch", method: "POST", path: "/batch_update", body };
}

/** A text, to be streamed into one element. */
export interface ElementText {
  /** Id of the text: of a Markdown component, or of a text object. */
  readonly textId: string;
  readonly content: string;
  /** The action of a batch update that writes the same text without typing it. */
  readonly action: Json;
}

export interface CardEntityOptions {
  /**
   * The last number that another writer has used.
   * @defaultValue 0
   */
  readonly sequence?: number;
  /**
   * Fields of `config` that open streaming mode. Given for a card whose streaming mode is off, or was opened at an unknown time.
   */
  readonly streamingConfig?: Json;
  /** Turns false once the card is given up: from then on only settings are sent, because they close streaming mode. */
  readonly isWanted?: (() => boolean) | undefined;
}

/**
 * The operations on one card entity, within the rate that the platform allows on one card.
 *
 * @see https://open.feishu.cn/document/cardkit-v1/feishu-card-resource-overview
 */
export class CardEntity {
  readonly cardId: string;
  readonly #api: FeishuApi;
  readonly #streamingConfig: Json | undefined;
  readonly #isWanted: () => boolean;
  readonly #sequence: CardSequence;
  readonly #streaming: StreamingMode;
  readonly #window = new AnswerWindow(limits.operationsPerSecond);
  /** Room for the next call of an API. */
  #reserved: { readonly api: ApiName; readonly slot: Slot | undefined } | undefined;

  constructor(api: FeishuApi, cardId: string, options: CardEntityOptions = {}) {
    const { sequence = 0, streamingConfig, isWanted = () => true } = options;
    this.#isWanted = isWanted;
    this.#api = api;
    this.cardId = cardId;
    this.#sequence = new CardSequence(sequence);
    this.#streamingConfig = streamingConfig;
    this.#streaming = new StreamingMode(
      streamingConfig === undefined ? api.clock.now() : Number.NEGATIVE_INFINITY,
    );
  }

  /** Asks for room for the next call of an API. @returns a function that gives the room back. */
  reserve(api: ApiName, urgency: Urgency, ready: () => void): () => void {
    const leave = this.#api.reserve(api, urgency, (slot) => {
      this.#reserved = { api, slot };
      ready();
    });
    return () => {
      leave();
      this.releaseRoom();
    };
  }

  /** Gives back room that no call has used. */
  releaseRoom(): void {
    this.#reserved?.slot?.giveBack();
    this.#reserved = undefined;
  }

  /** Time in the clock's milliseconds from which on core may send its next write. */
  get freeAt(): number {
    return this.#window.spreadAt;
  }

  /** True where a text is written as a change of its element, because streaming it fails on this card. */
  get cannotStreamText(): boolean {
    return this.#streaming.cannotStreamText;
  }

  /** Lists the ids of texts that have to be written again before the card can be called whole. */
  textsToResend(): ReadonlySet<string> {
    return this.#streaming.textsToResend(this.#api.clock.now());
  }

  /** Streams the whole text of one element; clients type the part that is new. */
  async streamText({ textId, content, action }: ElementText): Promise<void> {
    if (this.cannotStreamText) {
      await this.batchUpdate("Updating text", [action]);
      return;
    }
    await this.#holdStreamingOpen();
    this.#streaming.streaming(textId);
    await this.#operate({
      attempt: "Streaming text",
      api: "content",
      method: "PUT",
      path: `/elements/${textId}/content`,
      body: { content },
    });
    this.#streaming.streamed();
  }

  async batchUpdate(attempt: string, actions: readonly Json[]): Promise<void> {
    if (this.#streaming.isClosed) await this.#openStreaming();
    await this.#operate(batch(attempt, actions));
  }

  /** Carries out the last actions, which end streaming mode. */
  async finalize(attempt: string, actions: readonly Json[]): Promise<void> {
    await this.#operate({ ...batch(attempt, actions), isLast: true });
  }

  /** Replaces the whole card, its streaming mode included. */
  async update(attempt: string, card: Json, isLast = false): Promise<void> {
    const body = { card: { type: "card_json", data: JSON.stringify(card) } };
    await this.#operate({ attempt, api: "update", method: "PUT", path: "", body, isLast });
    this.#streaming.replaced();
  }

  async updateSettings(attempt: string, config: Json, isLast = false): Promise<void> {
    const body = { settings: JSON.stringify({ config }) };
    await this.#operate({ attempt, api: "settings", method: "PATCH", path: "/settings", body, isLast });
  }

  /** Renews streaming mode before it closes itself: off and on again starts its ten minutes anew. */
  async #holdStreamingOpen(): Promise<void> {
    if (this.#streaming.isOld(this.#api.clock.now()) && !this.#streaming.isClosed) {
      await this.updateSettings("Renewing streaming mode", { streaming_mode: false });
      this.#streaming.closed();
    }
    if (this.#streaming.isClosed) await this.#openStreaming();
  }

  async #openStreaming(): Promise<void> {
    await this.updateSettings("Opening streaming mode", { streaming_mode: true, ...this.#streamingConfig });
    this.#streaming.opened(this.#api.clock.now());
  }

  async #operate(operation: Operation): Promise<void> {
    try {
      await this.#send(operation);
      this.#sequence.accepted();
    } catch (error) {
      if (!(error instanceof FeishuApiError)) throw error;
      const isMended = error.remedy === undefined || this.#mend(error.remedy, operation);
      // Not sent again here, because by now there is newer text to send.
      throw isMended ? error : error.forGood();
    }
  }

  /** Prepares the card for the same operation to be tried again. @returns true where another attempt may succeed. */
  #mend(remedy: FeishuApiError["remedy"], { api, isLast = false }: Operation): boolean {
    if (remedy === "raise-sequence") return this.#sequence.jumpAhead(this.#api.clock.now());
    if (remedy !== "reopen-streaming") return true;
    return !isLast && this.#streaming.foundClosed(api === "content");
  }

  async #send({ attempt, api, method, path, body, isLast = false }: Operation): Promise<void> {
    await this.#waitForRate();
    const number = this.#sequence.next();
    const slot = this.#reserved?.api === api ? this.#reserved.slot : undefined;
    if (slot !== undefined) this.#reserved = undefined;
    const sentAt = this.#api.clock.now();
    let hasSucceeded = false;
    try {
      await this.#api.call({
        api,
        slot,
        isWanted: () => api === "settings" || this.#isWanted(),
        attempt,
        method,
        path: `/open-apis/cardkit/v1/cards/${this.cardId}${path}`,
        body: { ...body, ...number },
        ...(isLast && { limitMs: limits.finalRequestMs }),
      });
      hasSucceeded = true;
    } finally {
      const now = this.#api.clock.now();
      if (hasSucceeded) this.#window.answered(now, sentAt);
      else this.#window.failed(now, sentAt);
    }
  }

  /** Waits for the card's rate. Core's writes have done so already; operations that are added to them have not. */
  async #waitForRate(): Promise<void> {
    const { clock } = this.#api;
    const waitMs = this.#window.freeAt - clock.now();
    if (waitMs > 0) await wait(clock, waitMs);
  }
}
