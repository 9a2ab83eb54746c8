import type { FeishuCardOptions } from "@streamcard/feishu";
import type { StoryCard } from "./story-card.ts";

/** A run, told to a card that streamcard makes. */
export interface Story {
  readonly options?: Omit<FeishuCardOptions, "to">;
  /** Called in the turn that made the card. A story without an end leaves its card as it is in the middle of a run. */
  tell(card: StoryCard): void;
}

/** One chat of the gallery, of cards that streamcard makes. */
export interface StoryChapter {
  readonly name: string;
  stories(exhibits: { readonly person: string; readonly picture: Uint8Array<ArrayBuffer> }): readonly Story[];
}
