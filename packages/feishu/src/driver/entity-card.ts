import type { CardBlock } from "@streamcard/core";
import type { CardWrite, OpenedCard, Urgency } from "@streamcard/core/driver";
import type { ApiName } from "../api/api-budgets.ts";
import type { CardEntity } from "./card-entity.ts";

/** A card that the reader can see, on a card entity. */
export abstract class EntityCard implements OpenedCard {
  /** Empty for a card that was there before the run. */
  readonly messageId: string;
  readonly blocks: readonly CardBlock[];
  protected readonly entity: CardEntity;

  constructor(entity: CardEntity, { messageId, blocks }: Pick<OpenedCard, "messageId" | "blocks">) {
    this.entity = entity;
    this.messageId = messageId;
    this.blocks = blocks;
  }

  get cardId(): string {
    return this.entity.cardId;
  }

  get freeAt(): number {
    return this.entity.freeAt;
  }

  reserve(write: CardWrite, urgency: Urgency, ready: () => void): () => void {
    return this.entity.reserve(this.apiOf(write), urgency, ready);
  }

  async write(write: CardWrite): Promise<void> {
    try {
      await this.carryOut(write);
    } finally {
      this.entity.releaseRoom();
    }
  }

  /** Names the API whose budget a write needs room in. */
  protected abstract apiOf(write: CardWrite): ApiName;

  /** Carries out a write by operations on the entity. */
  protected abstract carryOut(write: CardWrite): Promise<void>;
}
