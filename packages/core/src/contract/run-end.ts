export type RunStatus = "finished" | "stopped" | "failed";

export type RunReason =
  /** The reader pressed Stop. */
  | "reader"
  /** A signal was aborted, or `card.stop()` was called. */
  | "aborted"
  /** A time limit ran out: the card's, the SDK's or the signal's. */
  | "timeout"
  | "error"
  /** The model reached its output limit. */
  | "length"
  | "content-filter"
  /** The run reached its limit of steps while the model still called tools. */
  | "step-limit"
  /** The run waits for an approval or for a tool that runs elsewhere. */
  | "waiting";

export interface RunEnd {
  readonly status: RunStatus;
  readonly reason?: RunReason;
  /** Who pressed Stop, by the platform's id, where it is known. */
  readonly stoppedBy?: string;
  readonly error?: unknown;
}

/** What tells that a run was stopped, and why. */
export type StopSignal = Pick<AbortSignal, "aborted" | "reason">;

/** How a stream ended: it closed, or it rejected. */
export type StreamEnd = { readonly type: "close" } | { readonly type: "reject"; readonly error: unknown };
