import type { CardBlock } from "@streamcard/core";
import type { CardDriver, CardStatus, DriverProfile, OpenedCard, OpenRequest } from "@streamcard/core/driver";
import type { FeishuApi } from "../api/feishu-api.ts";
import { FeishuApiError } from "../api/feishu-error.ts";
import { CardJson, type CardJsonOptions } from "../json/card-json.ts";
import { CardEntity, createCardEntity } from "./card-entity.ts";
import type { CardTarget } from "./card-message.ts";
import { cardProfile, type ProfileOptions } from "./card-profile.ts";
import { ElementCard } from "./element-card.ts";
import { MessageSender } from "./message-sender.ts";

export interface FeishuDriverOptions extends CardJsonOptions, ProfileOptions {
  target: CardTarget;
  /** Id of the run, which the buttons of its cards carry. */
  runId?: string | undefined;
}

/**
 * Makes Feishu's driver of one run, on cards of our own making.
 *
 * @throws {InvalidOptionError} when an option can never work.
 */
export function createFeishuDriver(api: FeishuApi, options: FeishuDriverOptions): CardDriver {
  return new FeishuDriver(api, options);
}

/** Number of refusals of a new entity after which another one is made. */
const MAX_REFUSALS = 2;

/** An entity that was made, kept so that another attempt to send it makes no second one. */
interface MadeEntity {
  readonly cardIndex: number;
  readonly attempt: number;
  /** Blocks that the entity was made with. */
  readonly blocks: readonly CardBlock[];
  readonly entity: CardEntity;
  refusals: number;
}

class FeishuDriver implements CardDriver {
  readonly profile: DriverProfile;
  readonly #api: FeishuApi;
  readonly #sender: MessageSender;
  readonly #json: CardJson;
  #made: readonly MadeEntity[] = [];

  constructor(api: FeishuApi, options: FeishuDriverOptions) {
    this.#api = api;
    this.#sender = new MessageSender(api, options.target);
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
      blocks,
      entity: await this.#create(blocks, summary, isWanted),
      refusals: 0,
    };
    if (known === undefined) this.#made = this.#made.concat(made);
    const { entity } = made;
    await mayShow;
    try {
      const messageId = await this.#sender.sendCard(entity.cardId, isWanted);
      return new ElementCard(entity, this.#json, { messageId, blocks: made.blocks });
    } catch (error) {
      if (isUnknownEntity(error)) made.refusals += 1;
      if (made.refusals >= MAX_REFUSALS) this.#made = this.#made.filter((other) => other !== made);
      throw error;
    }
  }

  async sendText(text: string, part: number): Promise<{ messageId: string }> {
    return { messageId: await this.#sender.sendText(text, part) };
  }

  async notify(end: CardStatus, summary: string): Promise<void> {
    await this.#sender.notify(this.#json.notification(end, summary));
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
    return new CardEntity(this.#api, cardId, { isWanted });
  }
}

/** Recognizes an error that was seen on entities that were just made: sending again works, or a new entity does. */
function isUnknownEntity(error: unknown): boolean {
  return error instanceof FeishuApiError && error.platformCode === 230099 && error.isRetryable;
}
