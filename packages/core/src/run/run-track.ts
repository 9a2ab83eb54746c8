import type { Clock } from "../clock.ts";
import type { CardInput } from "../contract/card-event.ts";
import type { RunEnd, StopSignal, StreamEnd } from "../contract/run-end.ts";
import { classifyRunEnd } from "./classify-run-end.ts";
import { parseCardEvents } from "./parse-card-event.ts";
import { createRunState, endRun, type RunState, reduce, wholeText } from "./run-state.ts";

/** State, beginning and end of one run on a card. */
export class RunTrack {
  /** Knowledge of the run so far. */
  readonly state: RunState = createRunState();
  readonly #clock: Clock;
  #startedAt: number | undefined;
  #endedAt: number | undefined;
  /** End of the run; `undefined` while it goes on. */
  end: RunEnd | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whole text of the answer so far. */
  get text(): string {
    return wholeText(this.state);
  }

  /** Length of the answer so far, in UTF-16 units. */
  get characters(): number {
    return this.state.texts.reduce((sum, { log }) => sum + log.length, 0);
  }

  /** The run has begun, by `start()` or by its first input. */
  get hasStarted(): boolean {
    return this.#startedAt !== undefined;
  }

  /** Milliseconds from the beginning to the end; `undefined` while the run goes on. */
  get durationMs(): number | undefined {
    if (this.#endedAt === undefined || this.#startedAt === undefined) return undefined;
    return this.#endedAt - this.#startedAt;
  }

  /** Notes the beginning. Only the first time counts. */
  start(): void {
    this.#startedAt ??= this.#clock.now();
  }

  /**
   * Takes in one input.
   *
   * @returns False for a kind of input that no card draws.
   */
  take(input: CardInput): boolean {
    this.start();
    const events = parseCardEvents(input);
    for (const event of events ?? []) reduce(this.state, event, this.#clock.now());
    return events !== undefined;
  }

  /** Decides how the run ends with the end of its stream. */
  classify(end: StreamEnd, signal: StopSignal | undefined): RunEnd {
    return classifyRunEnd(this.state, end, signal);
  }

  /**
   * Ends the run. Only the first end counts.
   *
   * @returns False if the run had ended before.
   */
  endWith(end: RunEnd): boolean {
    if (this.end !== undefined) return false;
    this.end = end;
    this.#endedAt = this.#clock.now();
    endRun(this.state, end, this.#endedAt);
    return true;
  }
}

/** Combines the ends of the runs that share a card into the end of the card. */
export function combineEnds(ends: readonly RunEnd[]): RunEnd {
  const [first] = ends;
  if (first === undefined) return { status: "finished" };
  const waiting = ends.find(({ reason }) => reason === "waiting");
  if (waiting !== undefined) return waiting;
  // One answer is enough, because each lane says how its own run ended.
  if (ends.some(({ status }) => status === "finished")) return { status: "finished" };
  return ends.find(({ status }) => status === "stopped") ?? first;
}
