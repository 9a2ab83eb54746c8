import type { Clock } from "../clock.ts";
import type { CardInput } from "../contract/card-event.ts";
import type { RunEnd, StopSignal, StreamEnd } from "../contract/run-end.ts";
import { classifyRunEnd } from "./classify-run-end.ts";
import { parseCardEvents } from "./parse-card-event.ts";
import { createRunState, endRun, type RunState, reduce, wholeText } from "./run-state.ts";

/** One run on its way through a card: what it said, and how it ended. The first end wins. */
export class RunTrack {
  readonly state: RunState = createRunState();
  readonly #clock: Clock;
  #startedAt: number | undefined;
  #endedAt: number | undefined;
  end: RunEnd | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get text(): string {
    return wholeText(this.state);
  }

  /** Length of its answer so far, in UTF-16 units. */
  get characters(): number {
    return this.state.texts.reduce((sum, { log }) => sum + log.length, 0);
  }

  get hasStarted(): boolean {
    return this.#startedAt !== undefined;
  }

  /** From its beginning to its end, in milliseconds; `undefined` before that. */
  get durationMs(): number | undefined {
    if (this.#endedAt === undefined || this.#startedAt === undefined) return undefined;
    return this.#endedAt - this.#startedAt;
  }

  start(): void {
    this.#startedAt ??= this.#clock.now();
  }

  /** @returns whether the input was of a kind that a card draws. */
  take(input: CardInput): boolean {
    this.start();
    const events = parseCardEvents(input);
    for (const event of events ?? []) reduce(this.state, event, this.#clock.now());
    return events !== undefined;
  }

  /** How the run ends with the end of its stream. */
  classify(end: StreamEnd, signal: StopSignal | undefined): RunEnd {
    return classifyRunEnd(this.state, end, signal);
  }

  /** @returns whether it had not ended before. */
  endWith(end: RunEnd): boolean {
    if (this.end !== undefined) return false;
    this.end = end;
    this.#endedAt = this.#clock.now();
    endRun(this.state, end, this.#endedAt);
    return true;
  }
}

/** How runs that share a card ended, taken together. */
export function combineEnds(ends: readonly RunEnd[]): RunEnd {
  const [first] = ends;
  if (first === undefined) return { status: "finished" };
  const waiting = ends.find(({ reason }) => reason === "waiting");
  if (waiting !== undefined) return waiting;
  // One good answer is worth reading, and the lane of each other says what became of it.
  if (ends.some(({ status }) => status === "finished")) return { status: "finished" };
  return ends.find(({ status }) => status === "stopped") ?? first;
}
