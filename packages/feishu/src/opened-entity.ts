import type { CardBlock, CardWrite, OpenedCard, Urgency } from "@streamcard/core";
import type { ApiName } from "./api-budgets.ts";
import type { CardEntity } from "./card-entity.ts";

export interface OpenedEntityOptions {
  /** Empty for a card that was there before. */
  readonly messageId: string;
  readonly blocks: readonly CardBlock[];
  /** Which API an operation needs room for. */
  readonly apiOf: (write: CardWrite) => ApiName;
  readonly write: (write: CardWrite) => Promise<void>;
}

/** A card entity that the reader can see. */
export class OpenedEntity implements OpenedCard {
  readonly cardId: string;
  readonly messageId: string;
  readonly blocks: readonly CardBlock[];
  readonly #entity: CardEntity;
  readonly #options: OpenedEntityOptions;

  constructor(entity: CardEntity, options: OpenedEntityOptions) {
    this.cardId = entity.cardId;
    this.messageId = options.messageId;
    this.blocks = options.blocks;
    this.#entity = entity;
    this.#options = options;
  }

  get freeAt(): number {
    return this.#entity.freeAt;
  }

  reserve(write: CardWrite, urgency: Urgency, ready: () => void): () => void {
    return this.#entity.reserve(this.#options.apiOf(write), urgency, ready);
  }

  async write(write: CardWrite): Promise<void> {
    try {
      await this.#options.write(write);
    } finally {
      this.#entity.releaseRoom();
    }
  }
}
