import type { CardDriver, CardWrite, DriverProfile, OpenedCard, OpenRequest } from "@streamcard/core";
import { v4 as uuidv4, v5 as uuidv5 } from "uuid";
import { CardEntity, createCardEntity } from "./card-entity.ts";
import { CardJson, type CardJsonOptions } from "./card-json.ts";
import { type CardTarget, type Message, sendMessage } from "./card-message.ts";
import { cardProfile, type ProfileOptions } from "./card-profile.ts";
import type { FeishuApi } from "./feishu-api.ts";
import { limits } from "./limits.ts";

export interface FeishuDriverOptions extends CardJsonOptions, ProfileOptions {
  target: CardTarget;
}

/**
 * Feishu's side of one run.
 *
 * @throws {InvalidOptionError} when an option can never work.
 */
export function createFeishuDriver(api: FeishuApi, options: FeishuDriverOptions): CardDriver {
  return new FeishuDriver(api, options);
}

class FeishuDriver implements CardDriver {
  readonly profile: DriverProfile;
  readonly #api: FeishuApi;
  readonly #target: CardTarget;
  readonly #json: CardJson;
  /** From this the ids of its messages are derived, so that a repeated send finds the first one. */
  readonly #runId = uuidv4();
  readonly #entities = new Map<number, CardEntity>();
  #texts = 0;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(api: FeishuApi, options: FeishuDriverOptions) {
    this.#api = api;
    this.#target = options.target;
    this.#json = new CardJson(options);
    this.profile = cardProfile(this.#json, options);
  }

  async open({ blocks, page }: OpenRequest): Promise<OpenedCard> {
    let entity = this.#entities.get(page);
    if (entity === undefined) {
      const cardId = await createCardEntity(this.#api, this.#json.card(blocks));
      entity = new CardEntity(this.#api, cardId);
      this.#entities.set(page, entity);
    }
    const { cardId } = entity;
    const messageId = await this.#send({
      attempt: "Sending the card",
      msgType: "interactive",
      content: { type: "card", data: { card_id: cardId } },
      uuid: uuidv5(`card-${page}`, this.#runId),
    });
    return { cardId, messageId, write: (write) => this.#write(entity, write) };
  }

  async sendText(text: string): Promise<{ messageId: string }> {
    this.#texts += 1;
    const messageId = await this.#send({
      attempt: "Sending the text",
      msgType: "text",
      content: { text: escapeMentions(text) },
      uuid: uuidv5(`text-${this.#texts}`, this.#runId),
    });
    return { messageId };
  }

  usage() {
    return { ...this.#api.meter };
  }

  async #send(message: Message): Promise<string> {
    const { clock } = this.#api;
    const waitMs = this.#sentAt + limits.messageIntervalMs - clock.now();
    if (waitMs > 0) await new Promise<void>((resolve) => clock.setTimeout(resolve, waitMs));
    try {
      return await sendMessage(this.#api, this.#target, message);
    } finally {
      this.#sentAt = clock.now();
    }
  }

  async #write(entity: CardEntity, write: CardWrite): Promise<void> {
    const json = this.#json;
    switch (write.type) {
      case "text":
        return entity.streamText(json.elementId(write.block.id), write.block.text);
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
    const summary = { content: this.#json.summary(write.blocks, write.summary) };
    const config = { streaming_mode: false, summary };
    if (write.how === "close") return entity.updateSettings(attempt, config);
    if (write.how === "replace") return entity.update(attempt, this.#json.card(write.blocks, write));
    const settings = { action: "partial_update_setting", params: { settings: { config } } };
    return entity.batchUpdate(attempt, [...this.#json.actions(write.changes), settings]);
  }
}

/** A text message knows `<at>` too, in another form than cards do. */
function escapeMentions(text: string): string {
  return text.replace(/<(?=\/?at\b)/gi, "<\u200b");
}
