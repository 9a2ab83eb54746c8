import type { SourceStream } from "../sources/open-stream.ts";
import type { RunResult } from "./run-result.ts";

/** The argument of a function source. */
export interface RunContext {
  /** Aborted by the reader's Stop, by a time limit of the card and by the caller's own `signal`. Give it to the run. */
  readonly signal: AbortSignal;
}

/** The output of a run: its whole text, a stream, or a result of the AI SDK. */
type RunOutput = string | SourceStream | RunResult;

/**
 * A function source: starts a run once the card opens, and returns the run's output or a promise of it. Whatever it
 * throws is shown as the run's failure.
 */
export type StartRun = (run: RunContext) => RunOutput | PromiseLike<RunOutput>;

/** A source that may share a card with others: anything but a bare text. */
export type LaneSource = StartRun | SourceStream | RunResult | PromiseLike<RunOutput>;

/**
 * Anything that a card can show: a function that starts a run; a run's output, or a promise of it; or several of these
 * by name, `{ name: source }`, each in a lane of its own.
 */
export type CardSource = string | LaneSource | Readonly<Record<string, LaneSource>>;
