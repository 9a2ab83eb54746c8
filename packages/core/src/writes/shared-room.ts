import type { CardWrite, OpenedCard } from "../contract/card-driver.ts";

/** Room for one write in a budget that cards share, or a place in its queue. */
export class SharedRoom {
  readonly #granted: () => void;
  #asked: { readonly key: string; isGranted: boolean; giveBack: () => void } | undefined;

  /** @param granted Called when room is granted after `reserve()` returned false. */
  constructor(granted: () => void) {
    this.#granted = granted;
  }

  /**
   * Reserves room, once for each kind of write. Calls `granted` later where there is none now.
   *
   * @param isBegun The reader sees text of the run, so that another frame is no first paint.
   * @returns true if there is room now.
   */
  reserve(write: CardWrite, card: OpenedCard, isBegun: boolean): boolean {
    if (card.reserve === undefined) return true;
    const urgency = write.type === "finalize" || !isBegun ? "urgent" : "frame";
    const key = `${urgency} ${write.type} ${write.type === "finalize" ? write.how : ""}`;
    if (this.#asked?.key !== key) {
      this.giveBack();
      const asked = { key, isGranted: false, giveBack: () => {} };
      this.#asked = asked;
      let isAsking = true;
      asked.giveBack = card.reserve(write, urgency, () => {
        asked.isGranted = true;
        // Later, because room that one card gives back is granted to another one while the first still takes its step.
        if (!isAsking) queueMicrotask(this.#granted);
      });
      isAsking = false;
    }
    return this.#asked.isGranted;
  }

  /** Forgets the room, because its write is sent. */
  use(): void {
    this.#asked = undefined;
  }

  /** Gives the room back, or the place in the queue. */
  giveBack(): void {
    this.#asked?.giveBack();
    this.#asked = undefined;
  }
}
