import type { RunEnd, StopSignal, StreamEnd } from "../contract/run-end.ts";
import { type ReaderStopError, StreamcardError } from "../errors.ts";
import type { RunRecord, RunState } from "./run-state.ts";

/**
 * How a run ended, from what it said and from how its stream ended: the one place that decides it.
 *
 * Parts come first, because a stream closes in the same way after an abort and after a natural end.
 *
 * @param signal The signal that the run was given, where it is known.
 */
export function classifyRunEnd(
  { record, tools }: Pick<RunState, "record" | "tools">,
  end: StreamEnd,
  signal?: StopSignal,
): RunEnd {
  if (end.type === "reject") {
    if (record.hasFinished) return finished(record, tools);
    const isAborted = signal?.aborted === true || isAbortLike(end.error) || isReasonOf(signal, end.error);
    return isAborted ? stopped(signal?.aborted ? signal.reason : end.error) : failed(end.error);
  }
  if (record.abort !== undefined) return stopped(signal?.aborted ? signal.reason : record.abort.reason);
  if (record.hasFinished) {
    if (record.finishReason === "error") return failed(record.error?.error);
    return finished(record, tools);
  }
  if (record.error !== undefined) {
    const { error } = record.error;
    return isAbortLike(error) || isReasonOf(signal, error) ? stopped(error) : failed(error);
  }
  // A text stream closes in the same way however its run ended; only the signal can tell.
  if (signal?.aborted) return stopped(signal.reason);
  return { status: "finished" };
}

/** How a run ends that is stopped for a reason: a signal's, or the one given to `card.stop()`. */
export function stopped(reason: unknown): RunEnd {
  if (reason === "reader" || reason === "timeout" || reason === "aborted") {
    return { status: "stopped", reason };
  }
  if (isReaderStop(reason)) {
    const { stoppedBy } = reason;
    return {
      status: "stopped",
      reason: "reader",
      ...(stoppedBy !== undefined && { stoppedBy }),
      error: reason,
    };
  }
  return isTimeout(reason)
    ? { status: "stopped", reason: "timeout", error: reason }
    : { status: "stopped", reason: "aborted", ...(reason !== undefined && { error: reason }) };
}

function isReaderStop(reason: unknown): reason is ReaderStopError {
  return StreamcardError.isInstance(reason) && reason.code === "reader-stop";
}

/** Where an abort part has a reason, it is a text: with the error's name in AI SDK 7, without it in 6. */
const timeoutWords = /^TimeoutError\b|aborted due to timeout$|timeout of \d+ ?ms exceeded$/i;

function isTimeout(reason: unknown): boolean {
  return typeof reason === "string" ? timeoutWords.test(reason) : isNamed(reason, ["TimeoutError"]);
}

export function failed(error: unknown): RunEnd {
  return { status: "failed", reason: "error", error: error ?? new Error("The run failed without an error.") };
}

function finished({ finishReason }: RunRecord, tools: RunState["tools"]): RunEnd {
  switch (finishReason) {
    case "length":
    case "content-filter":
    case "step-limit":
    case "waiting":
      return { status: "finished", reason: finishReason };
    case "tool-calls": {
      // The SDK says "tool-calls" for three things: an approval that is missing, a tool that runs elsewhere, and a limit of steps.
      const isOpen = [...tools.values()].some(({ status }) => status === "waiting" || status === "running");
      return { status: "finished", reason: isOpen ? "waiting" : "step-limit" };
    }
    default:
      return { status: "finished" };
  }
}

/**
 * Whether an error means that somebody stopped the run: the names that the AI SDK itself looks for, and those of
 * LangChain and of the clients of OpenAI and Anthropic, whose error has its name in its class alone.
 */
function isAbortLike(error: unknown): boolean {
  const names = ["AbortError", "ResponseAborted", "TimeoutError", "ModelAbortError", "APIUserAbortError"];
  if (isNamed(error, names)) return true;
  if (!(error instanceof Error)) return false;
  // LangGraph says no more than this.
  return (
    error.constructor.name === "APIUserAbortError" ||
    (error.name === "Error" && /^Abort(?:ed)?$/.test(error.message))
  );
}

function isReasonOf(signal: StopSignal | undefined, error: unknown): boolean {
  if (signal === undefined || !signal.aborted || signal.reason === undefined) return false;
  if (error === signal.reason) return true;
  return error instanceof Error && error.cause === signal.reason;
}

function isNamed(error: unknown, names: readonly string[]): boolean {
  if (typeof error !== "object" || error === null || !("name" in error)) return false;
  return names.includes(String(error.name));
}
