import type { CardBlock } from "@streamcard/core";
import type { CardWrite, OpenedCard, Urgency } from "@streamcard/core/driver";
import type { ApiName } from "../api/api-budgets.ts";
import type { CardEntity } from "./card-entity.ts";

/** Says writes in operations of the platform. */
export interface EntityWriter {
  /** Which API an operation needs room for. */
  apiOf(entity: CardEntity, write: CardWrite): ApiName;
  write(entity: CardEntity, write: CardWrite): Promise<void>;
}

export interface OpenedEntityOptions {
  readonly writer: EntityWriter;
  /** Empty for a card that was there before. */
  readonly messageId: string;
  readonly blocks: readonly CardBlock[];
}

/** A card entity that the reader can see. */
export class OpenedEntity implements OpenedCard {
  readonly messageId: string;
  readonly blocks: readonly CardBlock[];
  readonly #entity: CardEntity;
  readonly #writer: EntityWriter;

  constructor(entity: CardEntity, { writer, messageId, blocks }: OpenedEntityOptions) {
    this.messageId = messageId;
    this.blocks = blocks;
    this.#entity = entity;
    this.#writer = writer;
  }

  get cardId(): string {
    return this.#entity.cardId;
  }

  get freeAt(): number {
    return this.#entity.freeAt;
  }

  reserve(write: CardWrite, urgency: Urgency, ready: () => void): () => void {
    return this.#entity.reserve(this.#writer.apiOf(this.#entity, write), urgency, ready);
  }

  async write(write: CardWrite): Promise<void> {
    try {
      await this.#writer.write(this.#entity, write);
    } finally {
      this.#entity.releaseRoom();
    }
  }
}
