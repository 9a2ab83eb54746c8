import type { CardBlock } from "@streamcard/core";
import { applyChanges, type CardWrite, type OpenedCard } from "@streamcard/core/driver";
import type { ApiName } from "../api/api-budgets.ts";
import type { CardJson } from "../json/card-json.ts";
import type { CardEntity } from "./card-entity.ts";
import { EntityCard } from "./entity-card.ts";

/** A card that somebody else has laid out: one element of it takes all blocks as one text. */
export class SlotCard extends EntityCard {
  readonly #json: CardJson;
  /** Blocks that the element shows, as of the last write that succeeded. */
  #shown: readonly CardBlock[];

  constructor(entity: CardEntity, json: CardJson, opened: Pick<OpenedCard, "messageId" | "blocks">) {
    super(entity, opened);
    this.#json = json;
    this.#shown = opened.blocks;
  }

  protected override apiOf(write: CardWrite): ApiName {
    if (write.type === "finalize" && write.how === "close") return "settings";
    return this.entity.cannotStreamText ? "batch" : "content";
  }

  protected override async carryOut(write: CardWrite): Promise<void> {
    const wanted = blocksAfter(this.#shown, write);
    const content = this.#json.asText(wanted);
    const isClosing = write.type === "finalize" && write.how === "close";
    const isChanged = write.type === "replace" || content !== this.#json.asText(this.#shown);
    if (isChanged && !isClosing && content !== "") {
      const textId = this.#json.elementId("text-1");
      await this.entity.streamText({ textId, content, action: slotTextAction(this.#json, content) });
    }
    if (write.type === "finalize") {
      const summary = this.#json.summary(write.blocks, write.summary);
      await this.entity.updateSettings("Finalizing the card", { streaming_mode: false, summary }, true);
    }
    this.#shown = wanted;
  }
}

/** Makes the action of a batch update that writes the text of the element without typing it. */
export function slotTextAction(json: CardJson, content: string) {
  const params = { element_id: json.elementId("text-1"), partial_element: { content } };
  return { action: "partial_update_element", params };
}

function blocksAfter(before: readonly CardBlock[], write: CardWrite): readonly CardBlock[] {
  if (write.type === "replace" || write.type === "finalize") return write.blocks;
  if (write.type === "structure") return applyChanges(before, write.changes);
  return applyChanges(before, [{ type: "update", block: write.block }]);
}
