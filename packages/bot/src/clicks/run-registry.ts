import type { CardResult, CardStream } from "@streamcard/core";
import { BoundedMap } from "@streamcard/core/internal";

/** The ids that tie a run to the buttons of its cards. */
export interface RunIds {
  /** Id of the run, which its buttons carry. */
  readonly runId: string;
  /** Id of the person who asked; they alone may press Stop, Regenerate, Approve and Deny. `undefined` lets everybody. */
  readonly askedBy: string | undefined;
  /** Id of the message that the run answers. */
  readonly replyTo: string | undefined;
}

/** A run that buttons can refer to. */
export interface KnownRun extends RunIds {
  /** The card of the run; `undefined` once it is finalized. */
  readonly card: Pick<CardStream, "stop"> | undefined;
  /** The end of the run; `undefined` while its card is open. */
  readonly result: Pick<CardResult, "status" | "reason" | "cards"> | undefined;
}

/** Largest number of runs that have ended and are still known, for feedback and Regenerate. */
const MAX_ENDED = 2_000;

/** The runs of a process, by the ids that their buttons carry. */
export class RunRegistry {
  readonly #open = new Map<string, KnownRun>();
  readonly #ended = new BoundedMap<string, KnownRun>(MAX_ENDED);

  /** Adds a run whose card is open. */
  add(run: RunIds, card: Pick<CardStream, "stop">): void {
    this.#open.set(run.runId, { ...run, card, result: undefined });
  }

  /** Lets go of the card of a run, once it is finalized. */
  settle(run: RunIds, { status, reason, cards }: CardResult): void {
    this.#open.delete(run.runId);
    const result = { status, cards, ...(reason !== undefined && { reason }) };
    this.#ended.set(run.runId, { ...run, card: undefined, result });
  }

  /** Finds a run. @returns `undefined` for a run of another process, or one that ended long ago. */
  find(runId: string): KnownRun | undefined {
    return this.#open.get(runId) ?? this.#ended.get(runId);
  }
}
