import type { Clock } from "../clock.ts";
import type { CardDriver } from "../contract/card-driver.ts";
import type { RunTimes } from "../run/run-times.ts";
import { type CardHost, LiveCard } from "./live-card.ts";
import { type CardContent, nextStep, type Step, type StepTimes } from "./next-step.ts";
import { Pace, type RunSpending } from "./pace.ts";
import type { ResolvedPace } from "./pace-options.ts";
import { stepTrace } from "./step-trace.ts";

export interface CardPumpParts {
  readonly driver: CardDriver;
  readonly clock: Clock;
  readonly pace: ResolvedPace;
  /** Longest time in milliseconds that text waits for the end of its sentence; 0 where it does not wait. */
  readonly sentenceMs: number;
  readonly spending: RunSpending;
  readonly times: Pick<RunTimes, "lastInputAt" | "inputGapMs">;
}

/** Pump of one card: asks for the next step at each wake-up and has it carried out. */
export class CardPump {
  readonly card: LiveCard;
  readonly #parts: CardPumpParts;
  readonly #pace: Pace;

  constructor(parts: CardPumpParts, host: CardHost, cardIndex: number) {
    const { driver, clock } = parts;
    this.#parts = parts;
    this.#pace = new Pace(parts.pace, parts.spending);
    this.card = new LiveCard({ driver, clock, pace: this.#pace, host }, cardIndex);
  }

  /** Time between two writes as things are, in milliseconds. */
  get periodMs(): number {
    return this.#pace.periodMs;
  }

  /**
   * Returns the earliest time at which a step can do more than wait: Infinity while a call is in flight, and in the
   * end.
   */
  readyFrom(now: number): number {
    if (this.#isResting) return Number.POSITIVE_INFINITY;
    const until = this.#from("finalize");
    if (until > now) this.#trace(now, { do: "wait", until, why: "pace" });
    return until;
  }

  /** Takes the next step. @returns the time of another look, Infinity where an answer or new input comes first. */
  step(content: CardContent): number {
    if (this.#isResting) return Number.POSITIVE_INFINITY;
    const { card } = this;
    const times = this.#times();
    const step = nextStep(card.progress, content, times);
    this.#trace(times.now, step);
    if (step.do === "open") card.open(step.blocks);
    else if (step.do === "write") card.send(step.write);
    else if (step.do === "idle" || step.write === undefined) card.giveRoomBack();
    return step.do === "wait" ? step.until : Number.POSITIVE_INFINITY;
  }

  #trace(at: number, step: Step): void {
    stepTrace.listener?.({ at, cardIndex: this.card.cardIndex, step });
  }

  /** No step can be taken before the next answer, or ever. */
  get #isResting(): boolean {
    return this.card.isCalling || this.card.isSettled;
  }

  /**
   * Returns the earliest time for a write of a kind, by the pace of the run and by the rate that the driver keeps for
   * the card.
   */
  #from(kind: "frame" | "finalize"): number {
    return Math.max(this.#pace.earliest(kind), this.card.opened?.freeAt ?? 0);
  }

  #times(): StepTimes {
    const { clock, times, pace, sentenceMs, spending } = this.#parts;
    const { periodMs } = this.#pace;
    const frameFrom = this.#from("frame");
    return {
      now: clock.now(),
      finalizeFrom: this.#from("finalize"),
      frameFrom,
      quietFrom: times.lastInputAt + pace.intervalMs,
      nextInputAt: this.#pace.waitsUntil(times, frameFrom),
      typedAt: this.card.typedAt,
      sentenceUntil: sentenceMs === 0 ? undefined : this.#pace.sentAt + sentenceMs,
      periodMs,
      charactersPerPeriod: (spending.characters * periodMs) / Math.max(spending.writingMs, periodMs, 1),
    };
  }
}
