import type { CardBlock } from "@streamcard/core";
import { type Urgency, wait } from "@streamcard/core/driver";
import { v4 as uuidv4 } from "uuid";
import type { Slot } from "../api/api-budget.ts";
import type { ApiName } from "../api/api-budgets.ts";
import type { FeishuApi } from "../api/feishu-api.ts";
import { fieldsOf, stringOf } from "../api/feishu-client.ts";
import { FeishuApiError, FeishuTransportError } from "../api/feishu-error.ts";
import { limits } from "../api/limits.ts";
import { AnswerWindow } from "./answer-window.ts";

type Json = Record<string, unknown>;

/** Random characters in the id of an operation, which is sent with each: enough for the few writers of one card. */
const WRITER_ID_LENGTH = 8;

/** What a card entity is made from. */
export interface EntityData {
  readonly type: "card_json" | "template";
  readonly data: Json;
}

/** Makes a card entity. @returns its card id. */
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
  /** Streaming mode is not needed after it. */
  readonly isLast?: boolean;
}

function batch(attempt: string, actions: readonly Json[]): Operation {
  const body = { actions: JSON.stringify(actions) };
  return { attempt, api: "batch", method: "POST", path: "/batch_update", body };
}

/** Text that is streamed into one element. */
export interface ElementText {
  /** Id of the text: of a Markdown component, or of a text object. */
  readonly textId: string;
  readonly content: string;
  /** What writes the same text without typing it, as an action of a batch update. */
  readonly action: Json;
}

export interface CardEntityOptions {
  /** What the entity shows. */
  readonly blocks?: readonly CardBlock[];
  /** The last number that another writer has used. */
  readonly sequence?: number;
  /**
   * For a card whose streaming mode is off, or was switched on at a time that is not known: how to open it.
   */
  readonly streamingConfig?: Json;
  /** False once the card was given up: then nothing is sent any more but what closes streaming mode. */
  readonly isWanted?: (() => boolean) | undefined;
}

const none: ReadonlySet<string> = new Set();

/** Refusals of the sequence in a row after which raising it is given up. */
const MOST_JUMPS = 8;

/**
 * The operations on one card entity. Holds its sequence, which increases over all of them, and its streaming mode.
 *
 * @see https://open.feishu.cn/document/cardkit-v1/feishu-card-resource-overview
 */
export class CardEntity {
  readonly cardId: string;
  /** What the entity was made with. */
  readonly blocks: readonly CardBlock[];
  readonly #api: FeishuApi;
  /** Ids of operations are derived from it, so that no other writer of this card has the same. */
  readonly #writerId = uuidv4().slice(-WRITER_ID_LENGTH);
  readonly #streamingConfig: Json | undefined;
  readonly #isWanted: () => boolean;
  #sequence: number;
  #streamingSince: number;
  #jumps = 0;
  /** Streaming mode was found closed, or was closed to be renewed. */
  #hasClosed = false;
  /** It was opened again, and no text has been streamed since. */
  #hasReopened = false;
  /** Streaming text does not work on this card, although its streaming mode was opened again. */
  #isUntyped = false;
  readonly #window = new AnswerWindow(limits.operationsPerSecond);
  #reserved: { readonly api: ApiName; readonly slot: Slot | undefined } | undefined;
  /** Texts that were streamed since streaming mode was opened. */
  #streamed: readonly string[] = [];
  /** Texts that the platform may have dropped without a word, because its streaming mode had closed itself. */
  #doubtful: ReadonlySet<string> = none;

  constructor(api: FeishuApi, cardId: string, options: CardEntityOptions = {}) {
    const { blocks = [], sequence = 0, streamingConfig, isWanted = () => true } = options;
    this.#isWanted = isWanted;
    this.#api = api;
    this.cardId = cardId;
    this.blocks = blocks;
    this.#sequence = sequence;
    this.#streamingConfig = streamingConfig;
    this.#streamingSince = streamingConfig === undefined ? api.clock.now() : Number.NEGATIVE_INFINITY;
  }

  /** Asks for room for the next call of an API. @returns what gives it back. */
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

  /** Whether text is typed out; if not, it is written as a change of its element. */
  get isTyped(): boolean {
    return !this.#isUntyped;
  }

  /** Ids of texts that have to be written again before the card can be called whole. */
  doubtful(): ReadonlySet<string> {
    const isOld = this.#age() >= limits.streamingRenewMs;
    return isOld ? new Set([...this.#doubtful, ...this.#streamed]) : this.#doubtful;
  }

  /** Streams the whole text of one element; clients type what is new. */
  async streamText({ textId, content, action }: ElementText): Promise<void> {
    if (this.#isUntyped) {
      await this.batchUpdate("Updating text", [action]);
      return;
    }
    await this.#holdStreamingOpen();
    if (!this.#streamed.includes(textId)) this.#streamed = this.#streamed.concat(textId);
    await this.#operate({
      attempt: "Streaming text",
      api: "content",
      method: "PUT",
      path: `/elements/${textId}/content`,
      body: { content },
    });
    this.#hasReopened = false;
  }

  async batchUpdate(attempt: string, actions: readonly Json[]): Promise<void> {
    if (this.#hasClosed) await this.#openStreaming();
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
    this.#doubtful = none;
    this.#streamed = [];
  }

  async updateSettings(attempt: string, config: Json, isLast = false): Promise<void> {
    const body = { settings: JSON.stringify({ config }) };
    await this.#operate({ attempt, api: "settings", method: "PATCH", path: "/settings", body, isLast });
  }

  /** Streaming mode closes itself; off and on again starts its clock anew. */
  async #holdStreamingOpen(): Promise<void> {
    if (this.#age() >= limits.streamingRenewMs && !this.#hasClosed) {
      await this.updateSettings("Renewing streaming mode", { streaming_mode: false });
      this.#hasClosed = true;
    }
    if (this.#hasClosed) await this.#openStreaming();
  }

  async #openStreaming(): Promise<void> {
    await this.updateSettings("Opening streaming mode", { streaming_mode: true, ...this.#streamingConfig });
    this.#hasClosed = false;
    this.#streamingSince = this.#api.clock.now();
    this.#streamed = [];
  }

  #age(): number {
    return this.#api.clock.now() - this.#streamingSince;
  }

  async #operate(operation: Operation): Promise<void> {
    try {
      await this.#send(operation);
      this.#jumps = 0;
    } catch (error) {
      if (!(error instanceof FeishuApiError)) throw error;
      const isMended = error.remedy === undefined || this.#mend(error.remedy, operation);
      // Not sent again here: by now there is newer text to send.
      throw isMended ? error : error.forGood();
    }
  }

  /** Prepares the card for the same operation to be tried again. @returns whether that may help. */
  #mend(remedy: FeishuApiError["remedy"], { api, isLast = false }: Operation): boolean {
    if (remedy === "raise-sequence") return this.#jumpAhead();
    if (remedy !== "reopen-streaming") return true;
    if (isLast) return false;
    this.#doubtful = new Set([...this.#doubtful, ...this.#streamed]);
    const hasHelped = !this.#hasReopened;
    this.#hasReopened = true;
    this.#hasClosed = hasHelped;
    if (api === "content") this.#isUntyped = !hasHelped;
    return hasHelped || api === "content";
  }

  async #send({ attempt, api, method, path, body, isLast = false }: Operation): Promise<void> {
    await this.#waitForSlot();
    this.#sequence += 1;
    const sequence = this.#sequence;
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
        body: { ...body, sequence, uuid: `${this.#writerId}${sequence}` },
        ...(isLast && { limitMs: limits.finalRequestMs }),
      });
      hasSucceeded = true;
    } finally {
      const now = this.#api.clock.now();
      if (hasSucceeded) this.#window.answered(now, sentAt);
      else this.#window.failed(now, sentAt);
    }
  }

  /** Waits for the limit. Core's writes have done so already; operations that are added to them have not. */
  async #waitForSlot(): Promise<void> {
    const { clock } = this.#api;
    const waitMs = this.#window.freeAt - clock.now();
    if (waitMs > 0) await wait(clock, waitMs);
  }

  /** Time in seconds is above any counter of another writer; if not, half of what is left is. */
  #jumpAhead(): boolean {
    this.#jumps += 1;
    const seconds = Math.floor(this.#api.clock.now() / 1000);
    const isFirst = this.#jumps === 1 && this.#sequence < seconds;
    const next = isFirst ? seconds : this.#sequence + Math.ceil((limits.sequence - this.#sequence) / 2);
    if (next >= limits.sequence || this.#jumps > MOST_JUMPS) return false;
    this.#sequence = next;
    return true;
  }
}
