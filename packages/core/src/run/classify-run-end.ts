import type { RunEnd, StopSignal, StreamEnd } from "../contract/run-end.ts";
import { ReaderStopError } from "../errors.ts";
import type { RunRecord, RunState } from "./run-state.ts";

/**
 * Decides how a run ended, from its own parts and from the end of its stream. No other place decides how one run ended.
 *
 * The parts come first, because a stream closes in the same way after an abort and after a natural end.
 *
 * @param signal Signal that the run was given, where it is known.
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
  // A text stream closes in the same way after every end; only the signal can tell.
  if (signal?.aborted) return stopped(signal.reason);
  return { status: "finished" };
}

/** Makes the end of a run that is stopped, from a signal's reason or the one given to `card.stop()`. */
export function stopped(reason: unknown): RunEnd {
  if (reason === "reader" || reason === "timeout" || reason === "aborted") {
    return { status: "stopped", reason };
  }
  if (ReaderStopError.isInstance(reason)) {
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

/** Texts of time-outs in abort parts: with the error's name in AI SDK 7, without it in 6. */
const timeoutText = /^TimeoutError\b|aborted due to timeout$|timeout of \d+ ?ms exceeded$/i;

function isTimeout(reason: unknown): boolean {
  return typeof reason === "string" ? timeoutText.test(reason) : isNamed(reason, ["TimeoutError"]);
}

/** Makes the end of a run that failed. */
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
      // The SDK says "tool-calls" for a missing approval, for a tool that runs elsewhere, and for a limit of steps.
      const isOpen = [...tools.values()].some(({ status }) => status === "waiting" || status === "running");
      return { status: "finished", reason: isOpen ? "waiting" : "step-limit" };
    }
    default:
      return { status: "finished" };
  }
}

/**
 * Tells errors that mean a stop: by the names that the AI SDK itself looks for, and by those of LangChain and of the
 * clients of OpenAI and Anthropic, whose error has its name in its class alone.
 */
function isAbortLike(error: unknown): boolean {
  const names = ["AbortError", "ResponseAborted", "TimeoutError", "ModelAbortError", "APIUserAbortError"];
  if (isNamed(error, names)) return true;
  if (!(error instanceof Error)) return false;
  // LangGraph's error has no other mark than this message.
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
