/** End of a run: by itself, by a stop, or by an error. */
export type RunStatus = "finished" | "stopped" | "failed";

/** Reason of an end that is no natural one. */
export type RunReason =
  /** The reader pressed Stop. */
  | "reader"
  /** A signal was aborted, or `card.stop()` was called. */
  | "aborted"
  /** A time limit ran out: the card's, the SDK's or the signal's. */
  | "timeout"
  /** The run failed. */
  | "error"
  /** The model reached its output limit. */
  | "length"
  /** The provider's filter cut the answer. */
  | "content-filter"
  /** The run reached its limit of steps while the model still called tools. */
  | "step-limit"
  /** The run waits for an approval or for a tool that runs elsewhere. */
  | "waiting";

/** End of a run, with all that is known of it. */
export interface RunEnd {
  /** Kind of the end. */
  readonly status: RunStatus;
  /** Reason of the end, where it is no natural one. */
  readonly reason?: RunReason;
  /** Platform's id of the person who pressed Stop, where it is known. */
  readonly stoppedBy?: string;
  /** Error that the run failed with, or was stopped for. */
  readonly error?: unknown;
}

/** State of a stop, as an `AbortSignal` has it. */
export type StopSignal = Pick<AbortSignal, "aborted" | "reason">;

/** End of a stream: it closed, or it rejected. */
export type StreamEnd = { readonly type: "close" } | { readonly type: "reject"; readonly error: unknown };
