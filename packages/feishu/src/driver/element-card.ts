import type { CardWrite, OpenedCard } from "@streamcard/core/driver";
import type { ApiName } from "../api/api-budgets.ts";
import type { CardJson } from "../json/card-json.ts";
import type { CardEntity } from "./card-entity.ts";
import { EntityCard } from "./entity-card.ts";

type Finalize = Extract<CardWrite, { type: "finalize" }>;

/** A card of our own making: each block is an element of it. */
export class ElementCard extends EntityCard {
  readonly #json: CardJson;

  constructor(entity: CardEntity, json: CardJson, shown: Pick<OpenedCard, "messageId" | "blocks">) {
    super(entity, shown);
    this.#json = json;
  }

  protected override apiOf(write: CardWrite): ApiName {
    if (write.type === "text") return this.entity.cannotStreamText ? "batch" : "content";
    if (write.type === "structure") return "batch";
    if (write.type === "replace") return "update";
    if (write.how === "close") return "settings";
    return this.#replaces(write) ? "update" : "batch";
  }

  protected override async carryOut(write: CardWrite): Promise<void> {
    const json = this.#json;
    switch (write.type) {
      case "text": {
        const { block } = write;
        const [action = {}] = json.actions([{ type: "update", block }]);
        return this.entity.streamText({ textId: json.textId(block), content: block.text, action });
      }
      case "structure":
        return this.entity.batchUpdate("Updating the card", json.actions(write.changes));
      case "replace":
        return this.entity.update("Replacing the card", json.card(write.blocks));
      case "finalize":
        return this.#finalize(write);
    }
  }

  async #finalize(write: Finalize): Promise<void> {
    const attempt = "Finalizing the card";
    const summary = this.#json.summary(write.blocks, write.summary);
    const config = { streaming_mode: false, summary };
    if (write.how === "close") return this.entity.updateSettings(attempt, config, true);
    if (this.#replaces(write)) return this.entity.update(attempt, this.#json.card(write.blocks, write), true);
    const settings = { action: "partial_update_setting", params: { settings: { config } } };
    await this.entity.finalize(attempt, [
      ...this.#resent(write),
      ...this.#json.actions(write.changes),
      settings,
    ]);
  }

  /** Tells whether the whole card is written. Nothing else changes its header. */
  #replaces({ how }: Finalize): boolean {
    return how === "replace" || (how === "changes" && this.#json.isHeaderLive);
  }

  /** Makes the actions that send texts again that the platform may have dropped without a word. */
  #resent({ blocks, changes }: Finalize) {
    const textIds = this.entity.textsToResend();
    if (textIds.size === 0) return [];
    const changed = new Set(
      changes.map((change) => (change.type === "remove" ? change.id : change.block.id)),
    );
    return this.#json.actions(
      blocks
        .filter((block) => textIds.has(this.#json.textId(block)) && !changed.has(block.id))
        .map((block) => ({ type: "update", block })),
    );
  }
}
