import { describe, expect, it } from "vitest";
import type { CardEvent } from "../contract/card-event.ts";
import type { StreamEnd } from "../contract/run-end.ts";
import { ReaderStopError } from "../errors.ts";
import { classifyRunEnd, stopped } from "./classify-run-end.ts";
import { createRunState, reduce } from "./run-state.ts";

const close: StreamEnd = { type: "close" };
const reject = (error: unknown): StreamEnd => ({ type: "reject", error });
const named = (name: string) => Object.assign(new Error(name), { name });
/** As the clients of OpenAI and Anthropic throw it: its `name` is that of any error. */
class APIUserAbortError extends Error {}
const boom = new Error("boom");
const text: CardEvent = { type: "text-delta", id: "1", text: "a" };
const finish = (finishReason: string): CardEvent => ({ type: "finish", finishReason });
const call: CardEvent = { type: "tool-call", toolCallId: "c", toolName: "t" };

function abortedWith(reason?: unknown): AbortSignal {
  const controller = new AbortController();
  controller.abort(reason);
  return controller.signal;
}

function classify(events: CardEvent[], end: StreamEnd, signal?: AbortSignal) {
  const state = createRunState();
  for (const event of events) reduce(state, event, 0);
  return classifyRunEnd(state, end, signal);
}

describe("given a stream that closed", () => {
  it.each<[string, CardEvent[], object]>([
    ["after a finish", [text, finish("stop")], { status: "finished" }],
    ["after text alone", [text], { status: "finished" }],
    ["after nothing", [], { status: "finished" }],
    ["at the length limit", [text, finish("length")], { status: "finished", reason: "length" }],
    [
      "at a limit that the framework tells",
      [finish("step-limit")],
      { status: "finished", reason: "step-limit" },
    ],
    ["at a pause", [text, finish("waiting")], { status: "finished", reason: "waiting" }],
    ["at a filter", [finish("content-filter")], { status: "finished", reason: "content-filter" }],
    ["after an abort", [text, { type: "abort" }], { status: "stopped", reason: "aborted" }],
    [
      "after the SDK's time limit",
      [{ type: "abort", reason: "TimeoutError: too late" }],
      { status: "stopped", reason: "timeout" },
    ],
    [
      "after a failed request",
      [{ type: "error", error: boom }],
      { status: "failed", reason: "error", error: boom },
    ],
    [
      "after an error that the run survived",
      [{ type: "error", error: boom }, text, finish("stop")],
      { status: "finished" },
    ],
    [
      "after an error finish",
      [{ type: "error", error: boom }, finish("error")],
      { status: "failed", error: boom },
    ],
    [
      "with an approval open",
      [
        call,
        { type: "tool-approval-request", approvalId: "a", toolCall: { toolCallId: "c" } },
        finish("tool-calls"),
      ],
      { status: "finished", reason: "waiting" },
    ],
    [
      "with a tool that runs elsewhere",
      [call, finish("tool-calls")],
      { status: "finished", reason: "waiting" },
    ],
    [
      "at the step limit",
      [call, { type: "tool-result", toolCallId: "c" }, finish("tool-calls")],
      { status: "finished", reason: "step-limit" },
    ],
  ])("tells the end %s", (_name, events, end) => {
    expect(classify(events, close)).toMatchObject(end);
  });

  it("asks the signal where text alone cannot tell an abort from an end", () => {
    expect(classify([text], close, abortedWith("user left"))).toEqual({
      status: "stopped",
      reason: "aborted",
      error: "user left",
    });
  });
});

describe("given a stream that rejected", () => {
  it.each<[string, StreamEnd, AbortSignal | undefined, object]>([
    ["a dead socket", reject(boom), undefined, { status: "failed", error: boom }],
    ["an abort error", reject(named("AbortError")), undefined, { status: "stopped", reason: "aborted" }],
    [
      "Next.js's abort",
      reject(named("ResponseAborted")),
      undefined,
      { status: "stopped", reason: "aborted" },
    ],
    [
      "LangChain's abort",
      reject(named("ModelAbortError")),
      undefined,
      { status: "stopped", reason: "aborted" },
    ],
    ["LangGraph's abort", reject(new Error("Abort")), undefined, { status: "stopped", reason: "aborted" }],
    [
      "a client's abort",
      reject(new APIUserAbortError()),
      undefined,
      { status: "stopped", reason: "aborted" },
    ],
    ["an abort in other words", reject(new Error("Abort the mission")), undefined, { status: "failed" }],
    ["a time-out", reject(named("TimeoutError")), undefined, { status: "stopped", reason: "timeout" }],
    [
      "a custom reason",
      reject("user left"),
      abortedWith("user left"),
      { status: "stopped", reason: "aborted" },
    ],
    ["an error while aborted", reject(boom), abortedWith(), { status: "stopped", reason: "aborted" }],
    ["an error without a word", reject(undefined), undefined, { status: "failed", reason: "error" }],
  ])("tells %s", (_name, end, signal, expected) => {
    expect(classify([text], end, signal)).toMatchObject(expected);
  });

  it("counts a run as finished when a callback threw after its finish", () => {
    expect(classify([text, finish("stop")], reject(boom))).toEqual({ status: "finished" });
  });
});

describe("given a reason to stop", () => {
  it.each([
    ["reader", { status: "stopped", reason: "reader" }],
    ["timeout", { status: "stopped", reason: "timeout" }],
    [undefined, { status: "stopped", reason: "aborted" }],
    ["The operation was aborted due to timeout", { status: "stopped", reason: "timeout" }],
    ["Chunk timeout of 60ms exceeded", { status: "stopped", reason: "timeout" }],
    ["changed my mind", { status: "stopped", reason: "aborted", error: "changed my mind" }],
  ])("reads %j", (reason, end) => {
    expect(stopped(reason)).toMatchObject(end);
  });

  it("names the reader who pressed Stop, also when the run tells it by its abort", () => {
    const reason = new ReaderStopError({ stoppedBy: "ou_1" });
    const end = { status: "stopped", reason: "reader", stoppedBy: "ou_1", error: reason };
    expect(stopped(reason)).toEqual(end);
    expect(classify([text], reject(reason), abortedWith(reason))).toEqual(end);
    expect(stopped(new ReaderStopError())).not.toHaveProperty("stoppedBy");
  });
});
