import { type CardBlock, hasText } from "../contract/card-block.ts";
import type { CardWrite, OpenedCard } from "../contract/card-driver.ts";

/** Room for one write in a budget that cards share, or a place in its queue. */
export class SharedRoom {
  readonly #granted: () => void;
  #asked: { readonly key: string; isGranted: boolean; giveBack: () => void } | undefined;

  /** @param granted Called when there is room for what was asked, unless there is at once. */
  constructor(granted: () => void) {
    this.#granted = granted;
  }

  /** Whether there is room for a write; if not, somebody is told when there is. */
  hasRoomFor(write: CardWrite, card: OpenedCard, shown: readonly CardBlock[]): boolean {
    if (card.reserve === undefined) return true;
    const isBegun = shown.some(hasText);
    const urgency = write.type === "finalize" || !isBegun ? "urgent" : "frame";
    const key = `${urgency} ${write.type} ${write.type === "finalize" ? write.how : ""}`;
    if (this.#asked?.key !== key) {
      this.giveBack();
      const asked = { key, isGranted: false, giveBack: () => {} };
      this.#asked = asked;
      let isAsking = true;
      asked.giveBack = card.reserve(write, urgency, () => {
        asked.isGranted = true;
        if (!isAsking) this.#granted();
      });
      isAsking = false;
    }
    return this.#asked.isGranted;
  }

  /** The write that it was for is sent. */
  use(): void {
    this.#asked = undefined;
  }

  giveBack(): void {
    this.#asked?.giveBack();
    this.#asked = undefined;
  }
}
