import type { Clock } from "../clock.ts";
import type { DriverUsage } from "../contract/card-driver.ts";
import type { TokenUsage } from "../contract/card-event.ts";
import type { CardMetrics } from "../contract/card-result.ts";
import type { RunEnd } from "../contract/run-end.ts";

/** From this time on, the gap between two inputs is a pause, which their average leaves out. */
const PAUSE_MS = 400;

/** Share of the newest gap in the average. */
const GAP_SHARE = 0.1;

/** Times of a run. */
export class RunTimes {
  readonly #clock: Clock;
  readonly #startedAt: number;
  /** Time of the last input, in the clock's milliseconds. */
  lastInputAt: number;
  /** Moving average of the milliseconds from one input to the next. */
  inputGapMs = 0;
  #firstTokenAt: number | undefined;
  #writingSince: number | undefined;
  #firstTextAt: number | undefined;
  #endedAt: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.lastInputAt = this.#startedAt;
  }

  /** Milliseconds since the card was made. */
  get ageMs(): number {
    return this.#clock.now() - this.#startedAt;
  }

  /** Milliseconds since the first text of the answer; 0 before it. */
  get writingMs(): number {
    return this.#writingSince === undefined ? 0 : this.#clock.now() - this.#writingSince;
  }

  /** Milliseconds to the run's first token that the card shows; `undefined` before it. */
  get firstTokenMs(): number | undefined {
    return this.#firstTokenAt === undefined ? undefined : this.#firstTokenAt - this.#startedAt;
  }

  /** Milliseconds that the run took, or has taken so far. */
  get runMs(): number {
    return (this.#endedAt ?? this.#clock.now()) - this.#startedAt;
  }

  /** Notes an input. */
  markInput({ isShown, hasText }: { isShown: boolean; hasText: boolean }): void {
    const now = this.#clock.now();
    const gapMs = now - this.lastInputAt;
    if (gapMs < PAUSE_MS) this.inputGapMs += (gapMs - this.inputGapMs) * GAP_SHARE;
    this.lastInputAt = now;
    if (isShown) this.#firstTokenAt ??= this.lastInputAt;
    if (hasText) this.#writingSince ??= this.lastInputAt;
  }

  /** Notes that the platform has acknowledged text. Only the first time counts. */
  markText(): void {
    this.#firstTextAt ??= this.#clock.now();
  }

  /** Notes the end of the run. Only the first time counts. */
  markEnd(): void {
    this.#endedAt ??= this.#clock.now();
  }

  /** Sums up the run for its result. */
  metrics(end: RunEnd, tokens: TokenUsage | undefined, usage: DriverUsage): CardMetrics {
    const now = this.#clock.now();
    const endedAt = this.#endedAt ?? now;
    const seconds = this.#firstTokenAt === undefined ? 0 : (endedAt - this.#firstTokenAt) / 1000;
    return {
      ...(this.firstTokenMs !== undefined && { firstTokenMs: this.firstTokenMs }),
      ...(this.#firstTextAt !== undefined && { firstTextMs: this.#firstTextAt - this.#startedAt }),
      totalMs: now - this.#startedAt,
      ...(tokens?.outputTokens !== undefined &&
        seconds > 0 && { tokensPerSecond: tokens.outputTokens / seconds }),
      ...(end.status === "stopped" && { stopMs: now - endedAt }),
      ...usage,
    };
  }
}
