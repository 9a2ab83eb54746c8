import type { Clock } from "../clock.ts";

/**
 * Longest time in milliseconds that the cards go on after the end of their run without any success. One call that
 * hangs leaves room for another; the rest of 15 seconds is for a plain message.
 */
const MAX_SETTLE_MS = 12_000;

/** Time in milliseconds that a call in flight may take after that. */
const LAST_ANSWER_MS = 1_500;

/** Stage of the cards of a run. `last-answers`: nothing new is sent, but a call in flight may still be answered. */
export type Stage = "running" | "settling" | "last-answers" | "settled";

export interface SettlingParts {
  readonly clock: Clock;
  /** Tells if requests wait for a budget that is shared with others, so that a lack of success is no failure. */
  readonly isWaiting: () => boolean;
  /** Called when nothing new may be sent any more. */
  readonly onLastAnswers: () => void;
  /** Called when the cards are given up. @param afterMs Milliseconds without a success. */
  readonly onGivenUp: (afterMs: number) => void;
}

/** Stages of the cards from the run's end on, and the time limits between them. */
export class Settling {
  #stage: Stage = "running";
  readonly #parts: SettlingParts;
  #timer: unknown;

  constructor(parts: SettlingParts) {
    this.#parts = parts;
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** Anything new may be sent. */
  get isSending(): boolean {
    return this.#stage === "running" || this.#stage === "settling";
  }

  /** Begins the time limit anew, because the run has ended, or a call has succeeded since. */
  progressed(): void {
    if (!this.isSending) return;
    const { clock, isWaiting } = this.#parts;
    this.#stage = "settling";
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => {
      if (isWaiting()) this.progressed();
      else this.#stopSending();
    }, MAX_SETTLE_MS);
  }

  /** Gives up if last answers are awaited, because no call is in flight any more. */
  answered(): void {
    if (this.#stage === "last-answers") this.#giveUp();
  }

  /** Ends the time limit, because every card is finalized or given up. */
  settle(): void {
    this.#stage = "settled";
    this.#parts.clock.clearTimeout(this.#timer);
  }

  #stopSending(): void {
    const { clock, onLastAnswers } = this.#parts;
    this.#stage = "last-answers";
    this.#timer = clock.setTimeout(() => this.answered(), LAST_ANSWER_MS);
    onLastAnswers();
  }

  #giveUp(): void {
    this.settle();
    this.#parts.onGivenUp(MAX_SETTLE_MS);
  }
}
