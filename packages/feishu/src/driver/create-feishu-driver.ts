import type { CardBlock } from "@streamcard/core";
import type {
  CardDriver,
  CardStatus,
  CardWrite,
  DriverProfile,
  OpenedCard,
  OpenRequest,
} from "@streamcard/core/driver";
import type { ApiName } from "../api/api-budgets.ts";
import type { FeishuApi } from "../api/feishu-api.ts";
import { FeishuApiError } from "../api/feishu-error.ts";
import { CardJson, type CardJsonOptions } from "../json/card-json.ts";
import { CardEntity, createCardEntity } from "./card-entity.ts";
import type { CardTarget } from "./card-message.ts";
import { cardProfile, type ProfileOptions } from "./card-profile.ts";
import { type EntityWriter, OpenedEntity } from "./opened-entity.ts";
import { RunMessages } from "./run-messages.ts";

export interface FeishuDriverOptions extends CardJsonOptions, ProfileOptions {
  target: CardTarget;
  /** Which the buttons of its cards carry. */
  runId?: string | undefined;
}

/**
 * Feishu's side of one run, on cards of our own making.
 *
 * @throws {InvalidOptionError} when an option can never work.
 */
export function createFeishuDriver(api: FeishuApi, options: FeishuDriverOptions): CardDriver {
  return new FeishuDriver(api, options);
}

/** Refusals of a new entity after which another one is made. */
const REFUSALS_PER_ENTITY = 2;

/** An entity that was made, which sending it again finds. */
interface MadeEntity {
  readonly cardIndex: number;
  readonly attempt: number;
  readonly entity: CardEntity;
  refusals: number;
}

class FeishuDriver implements CardDriver, EntityWriter {
  readonly profile: DriverProfile;
  readonly #api: FeishuApi;
  readonly #messages: RunMessages;
  readonly #json: CardJson;
  #made: readonly MadeEntity[] = [];

  constructor(api: FeishuApi, options: FeishuDriverOptions) {
    this.#api = api;
    this.#messages = new RunMessages(api, options.target);
    this.#json = new CardJson(options);
    this.profile = cardProfile(this.#json, options);
  }

  get isWaiting(): boolean {
    return this.#api.isWaiting;
  }

  async open({ blocks, cardIndex, attempt, summary, isWanted, mayShow }: OpenRequest): Promise<OpenedCard> {
    const known = this.#made.find((made) => made.cardIndex === cardIndex && made.attempt === attempt);
    const made = known ?? {
      cardIndex,
      attempt,
      entity: await this.#create(blocks, summary, isWanted),
      refusals: 0,
    };
    if (known === undefined) this.#made = this.#made.concat(made);
    const { entity } = made;
    await mayShow;
    try {
      return new OpenedEntity(entity, {
        writer: this,
        messageId: await this.#messages.sendCard(entity.cardId, isWanted),
        blocks: entity.blocks,
      });
    } catch (error) {
      if (isUnknownEntity(error)) made.refusals += 1;
      if (made.refusals >= REFUSALS_PER_ENTITY) this.#made = this.#made.filter((other) => other !== made);
      throw error;
    }
  }

  async sendText(text: string, part: number): Promise<{ messageId: string }> {
    return { messageId: await this.#messages.sendText(text, part) };
  }

  async notify(end: CardStatus, summary: string): Promise<void> {
    await this.#messages.notify(this.#json.notification(end, summary));
  }

  usage() {
    return { ...this.#api.meter };
  }

  async #create(
    blocks: readonly CardBlock[],
    summary: string | undefined,
    isWanted: OpenRequest["isWanted"],
  ): Promise<CardEntity> {
    const data = this.#json.card(blocks, summary === undefined ? undefined : { summary });
    const cardId = await createCardEntity(this.#api, { type: "card_json", data });
    return new CardEntity(this.#api, cardId, { blocks, isWanted });
  }

  apiOf(entity: CardEntity, write: CardWrite): ApiName {
    if (write.type === "text") return entity.isTyped ? "content" : "batch";
    if (write.type === "structure") return "batch";
    if (write.type === "replace") return "update";
    if (write.how === "close") return "settings";
    return this.#replaces(write) ? "update" : "batch";
  }

  /** Whether the whole card is written. Nothing else changes its header. */
  #replaces({ how }: Extract<CardWrite, { type: "finalize" }>): boolean {
    return how === "replace" || (how === "changes" && this.#json.isHeaderLive);
  }

  async write(entity: CardEntity, write: CardWrite): Promise<void> {
    const json = this.#json;
    switch (write.type) {
      case "text": {
        const { block } = write;
        const [action = {}] = json.actions([{ type: "update", block }]);
        return entity.streamText({ textId: json.textId(block), content: block.text, action });
      }
      case "structure":
        return entity.batchUpdate("Updating the card", json.actions(write.changes));
      case "replace":
        return entity.update("Replacing the card", json.card(write.blocks));
      case "finalize":
        return this.#finalize(entity, write);
    }
  }

  async #finalize(entity: CardEntity, write: Extract<CardWrite, { type: "finalize" }>): Promise<void> {
    const attempt = "Finalizing the card";
    const summary = this.#json.summary(write.blocks, write.summary);
    const config = { streaming_mode: false, summary };
    if (write.how === "close") return entity.updateSettings(attempt, config, true);
    if (this.#replaces(write)) return entity.update(attempt, this.#json.card(write.blocks, write), true);
    const settings = { action: "partial_update_setting", params: { settings: { config } } };
    await entity.finalize(attempt, [
      ...this.#repeated(entity, write),
      ...this.#json.actions(write.changes),
      settings,
    ]);
  }

  /** Text that may not have arrived although the platform said so. */
  #repeated(entity: CardEntity, { blocks, changes }: Extract<CardWrite, { type: "finalize" }>) {
    const doubtful = entity.doubtful();
    if (doubtful.size === 0) return [];
    const changed = new Set(
      changes.map((change) => (change.type === "remove" ? change.id : change.block.id)),
    );
    return this.#json.actions(
      blocks
        .filter((block) => doubtful.has(this.#json.textId(block)) && !changed.has(block.id))
        .map((block) => ({ type: "update", block })),
    );
  }
}

/** Seen on entities that were just made; sending again works, else a new one does. */
function isUnknownEntity(error: unknown): boolean {
  return error instanceof FeishuApiError && error.platformCode === 230099 && error.isRetryable;
}
