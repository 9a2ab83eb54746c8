import type { CardBlock } from "@streamcard/core";
import {
  type CardDriver,
  CardWriteError,
  type DriverProfile,
  type OpenedCard,
  type OpenRequest,
} from "@streamcard/core/driver";
import type { FeishuApi } from "../api/feishu-api.ts";
import { limits } from "../api/limits.ts";
import { CardJson } from "../json/card-json.ts";
import { CardEntity, createCardEntity } from "./card-entity.ts";
import type { CardTarget } from "./card-message.ts";
import { cardProfile } from "./card-profile.ts";
import { createFeishuDriver, type FeishuDriverOptions } from "./create-feishu-driver.ts";
import { MessageSender } from "./message-sender.ts";
import { SlotCard, slotTextAction } from "./slot-card.ts";

/** A card entity that was made elsewhere. */
export interface ExistingCard {
  readonly cardId: string;
  /** The last sequence that was used on the entity. */
  readonly sequence: number;
}

/** A card of the visual builder. */
export interface CardTemplate {
  /** Id of the template (`AAq…`). */
  id: string;
  /** @defaultValue the version that is published */
  version?: string | undefined;
  variables?: Readonly<Record<string, unknown>> | undefined;
}

export interface SlotDriverOptions extends Omit<FeishuDriverOptions, "target"> {
  card: ExistingCard | CardTemplate;
  /** Receiver of cards made from a template, of further cards, and of text that no card can carry. */
  target: CardTarget | undefined;
}

/**
 * Makes Feishu's driver of one run whose text goes into one element of a card that somebody else has laid out.
 *
 * @throws {InvalidOptionError} when an option can never work.
 */
export function createSlotDriver(api: FeishuApi, options: SlotDriverOptions): CardDriver {
  return new SlotDriver(api, options);
}

class SlotDriver implements CardDriver {
  readonly profile: DriverProfile;
  sendText?: NonNullable<CardDriver["sendText"]>;
  readonly #api: FeishuApi;
  readonly #options: SlotDriverOptions;
  readonly #json: CardJson;
  readonly #sender: MessageSender | undefined;
  /** Driver of the cards for the text that the given card cannot hold. */
  readonly #further: CardDriver | undefined;
  readonly #entities = new Map<string, CardEntity>();

  constructor(api: FeishuApi, options: SlotDriverOptions) {
    const { target, limits: own } = options;
    this.#api = api;
    this.#options = options;
    this.#json = new CardJson(options);
    const profile = cardProfile(this.#json, options);
    this.profile = { ...profile, structure: "slots", maxBytes: own?.bytes ?? limits.slotBytes };
    if (target === undefined) return;
    const sender = new MessageSender(api, target);
    this.#sender = sender;
    this.#further = createFeishuDriver(api, { ...options, target });
    this.sendText = async (text, part) => ({ messageId: await sender.sendText(text, part) });
  }

  get isWaiting(): boolean {
    return this.#api.isWaiting;
  }

  async open(request: OpenRequest): Promise<OpenedCard> {
    const { card } = this.#options;
    if ("id" in card) return this.#openTemplate(card, request);
    if (request.cardIndex === 0 && request.attempt === 0) {
      const entity = await this.#entity("0.0", () => this.#given(card, request));
      return new SlotCard(entity, this.#json, { messageId: "", blocks: await this.#fill(entity, request) });
    }
    if (this.#further !== undefined) return this.#further.open(request);
    throw new CardWriteError({
      code: "no-target",
      message: `The card entity ${card.cardId} takes no more text, and without \`to\` or \`replyTo\` there is nowhere to go on.`,
      outcome: "refused",
    });
  }

  usage() {
    return { ...this.#api.meter };
  }

  async #openTemplate(template: CardTemplate, request: OpenRequest): Promise<OpenedCard> {
    const { cardIndex, attempt, isWanted, mayShow } = request;
    const entity = await this.#entity(`${cardIndex}.${attempt}`, () =>
      this.#fromTemplate(template, isWanted),
    );
    const blocks = await this.#fill(entity, request);
    await mayShow;
    const messageId = (await this.#sender?.sendCard(entity.cardId, isWanted)) ?? "";
    return new SlotCard(entity, this.#json, { messageId, blocks });
  }

  /** Finds or makes the entity of a card, so that several attempts to open it make one. */
  async #entity(key: string, make: () => CardEntity | Promise<CardEntity>): Promise<CardEntity> {
    const entity = this.#entities.get(key) ?? (await make());
    this.#entities.set(key, entity);
    return entity;
  }

  #given({ cardId, sequence }: ExistingCard, { isWanted }: OpenRequest): CardEntity {
    const { streamingConfig } = this.#json;
    return new CardEntity(this.#api, cardId, { sequence, streamingConfig, isWanted });
  }

  /** Fills a card that never streams, before anybody sees it. @returns the blocks that the card shows. */
  async #fill(entity: CardEntity, { blocks, summary }: OpenRequest): Promise<readonly CardBlock[]> {
    if (summary === undefined) return [];
    const config = { streaming_mode: false, summary: this.#json.summary(blocks, summary) };
    await entity.finalize("Filling the card", [
      slotTextAction(this.#json, this.#json.asText(blocks)),
      { action: "partial_update_setting", params: { settings: { config } } },
    ]);
    return blocks;
  }

  async #fromTemplate(
    { id, version, variables }: CardTemplate,
    isWanted: OpenRequest["isWanted"],
  ): Promise<CardEntity> {
    const data = {
      template_id: id,
      ...(version !== undefined && { template_version_name: version }),
      ...(variables !== undefined && { template_variable: variables }),
    };
    const cardId = await createCardEntity(this.#api, { type: "template", data });
    return new CardEntity(this.#api, cardId, { streamingConfig: this.#json.streamingConfig, isWanted });
  }
}
