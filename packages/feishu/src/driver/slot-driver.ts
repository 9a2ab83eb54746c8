import type { CardBlock } from "@streamcard/core";
import {
  applyChanges,
  type CardDriver,
  type CardWrite,
  CardWriteError,
  type DriverProfile,
  type OpenedCard,
  type OpenRequest,
} from "@streamcard/core/driver";
import type { ApiName } from "../api/api-budgets.ts";
import type { FeishuApi } from "../api/feishu-api.ts";
import { limits } from "../api/limits.ts";
import { CardJson } from "../json/card-json.ts";
import { CardEntity, createCardEntity } from "./card-entity.ts";
import type { CardTarget } from "./card-message.ts";
import { cardProfile } from "./card-profile.ts";
import { createFeishuDriver, type FeishuDriverOptions } from "./create-feishu-driver.ts";
import { OpenedEntity } from "./opened-entity.ts";
import { RunMessages } from "./run-messages.ts";

/** A card entity that was made elsewhere. */
export interface ExistingCard {
  readonly cardId: string;
  /** The last sequence that was used on it. */
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
  /** Gets cards made from a template, further cards, and what no card can carry. */
  target: CardTarget | undefined;
}

/**
 * Feishu's side of one run whose text goes into one element of a card that somebody else has laid out.
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
  readonly #messages: RunMessages | undefined;
  /** Makes the cards for what one given card cannot hold. */
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
    const messages = new RunMessages(api, target);
    this.#messages = messages;
    this.#further = createFeishuDriver(api, { ...options, target });
    this.sendText = async (text, part) => ({ messageId: await messages.sendText(text, part) });
  }

  get isWaiting(): boolean {
    return this.#api.isWaiting;
  }

  async open(request: OpenRequest): Promise<OpenedCard> {
    const { card } = this.#options;
    if ("id" in card) return this.#openTemplate(card, request);
    if (request.cardIndex === 0 && request.attempt === 0) {
      const entity = await this.#entity("0.0", () => this.#given(card, request));
      return this.#opened(entity, "", await this.#fill(entity, request));
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
    const shown = await this.#fill(entity, request);
    await mayShow;
    return this.#opened(entity, (await this.#messages?.sendCard(entity.cardId, isWanted)) ?? "", shown);
  }

  /** One for each card, however often opening it is tried. */
  async #entity(key: string, make: () => CardEntity | Promise<CardEntity>): Promise<CardEntity> {
    const entity = this.#entities.get(key) ?? (await make());
    this.#entities.set(key, entity);
    return entity;
  }

  #given({ cardId, sequence }: ExistingCard, { isWanted }: OpenRequest): CardEntity {
    const { streamingConfig } = this.#json;
    return new CardEntity(this.#api, cardId, { sequence, streamingConfig, isWanted });
  }

  /** A card that never streams gets all it will show before anybody sees it. @returns what it shows. */
  async #fill(entity: CardEntity, { blocks, summary }: OpenRequest): Promise<readonly CardBlock[]> {
    if (summary === undefined) return [];
    const config = { streaming_mode: false, summary: this.#json.summary(blocks, summary) };
    await entity.finalize("Filling the card", [
      this.#textAction(this.#json.asText(blocks)),
      { action: "partial_update_setting", params: { settings: { config } } },
    ]);
    return blocks;
  }

  #textAction(content: string) {
    const params = { element_id: this.#json.elementId("text-1"), partial_element: { content } };
    return { action: "partial_update_element", params };
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

  #opened(entity: CardEntity, messageId: string, shown: readonly CardBlock[]): OpenedCard {
    let blocks = shown;
    return new OpenedEntity(entity, {
      messageId,
      blocks,
      writer: {
        apiOf,
        write: async (_, write) => {
          const wanted = blocksAfter(blocks, write);
          await this.#write(entity, write, blocks, wanted);
          blocks = wanted;
        },
      },
    });
  }

  async #write(
    entity: CardEntity,
    write: CardWrite,
    before: readonly CardBlock[],
    wanted: readonly CardBlock[],
  ): Promise<void> {
    const content = this.#json.asText(wanted);
    const isClosing = write.type === "finalize" && write.how === "close";
    const isChanged = write.type === "replace" || content !== this.#json.asText(before);
    if (isChanged && !isClosing && content !== "") {
      const textId = this.#json.elementId("text-1");
      await entity.streamText({ textId, content, action: this.#textAction(content) });
    }
    if (write.type !== "finalize") return;
    const summary = this.#json.summary(write.blocks, write.summary);
    await entity.updateSettings("Finalizing the card", { streaming_mode: false, summary }, true);
  }
}

function blocksAfter(before: readonly CardBlock[], write: CardWrite): readonly CardBlock[] {
  if (write.type === "replace" || write.type === "finalize") return write.blocks;
  if (write.type === "structure") return applyChanges(before, write.changes);
  return applyChanges(before, [{ type: "update", block: write.block }]);
}

function apiOf(entity: CardEntity, write: CardWrite): ApiName {
  if (write.type === "finalize" && write.how === "close") return "settings";
  return entity.isTyped ? "content" : "batch";
}
