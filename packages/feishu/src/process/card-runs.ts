import type { CardResult, CardStream } from "@streamcard/core";

interface CardRunIds {
  readonly runId: string;
  /** Open id of the person who asked; they alone may press Stop, Regenerate, Approve and Deny. */
  readonly askedBy: string | undefined;
  /** The message that the run answers. */
  readonly replyTo: string | undefined;
}

/** What is known of a run when somebody presses a button of its card. */
export interface CardRunRecord extends CardRunIds {
  /** Present while the run goes on. */
  readonly card: Pick<CardStream, "stop"> | undefined;
  /** Present once the card is finalized. */
  readonly result: Pick<CardResult, "status" | "reason" | "cards"> | undefined;
}

/** Runs that ended and are still known, for feedback and Regenerate. */
const MAX_ENDED = 2_000;

/** The runs of this process, by the id that their buttons carry. */
export class CardRuns {
  readonly #open = new Map<string, CardRunRecord>();
  readonly #ended = new Map<string, CardRunRecord>();

  /** Knows a run from now on. */
  add(run: CardRunIds, card: Pick<CardStream, "stop">): void {
    this.#open.set(run.runId, { ...run, card, result: undefined });
  }

  /** The card of a run is finalized: it is let go. */
  settle(run: CardRunIds, { status, reason, cards }: CardResult): void {
    this.#open.delete(run.runId);
    const result = { status, cards, ...(reason !== undefined && { reason }) };
    this.#ended.set(run.runId, { ...run, card: undefined, result });
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > MAX_ENDED && oldest !== undefined) this.#ended.delete(oldest);
  }

  find(runId: string): CardRunRecord | undefined {
    return this.#open.get(runId) ?? this.#ended.get(runId);
  }
}
