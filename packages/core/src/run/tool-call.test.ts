import { describe, expect, it } from "vitest";
import type { ToolStatus } from "../contract/card-block.ts";
import type { RunEnd } from "../contract/run-end.ts";
import type { ToolCall } from "./run-part.ts";
import { type ToolEvent, toolAfter, toolAtEnd, toolDecided } from "./tool-call.ts";

const call: ToolEvent = { type: "tool-call", toolCallId: "1", toolName: "search", input: {} };
const asked: ToolEvent = { type: "tool-approval-request", approvalId: "a", toolCall: { toolCallId: "1" } };

/** The call after events, a second between two. */
function after(...events: ToolEvent[]): ToolCall {
  const run = events.reduce<ToolCall | undefined>(
    (tool, event, second) => toolAfter(tool, event, second * 1_000),
    undefined,
  );
  return run as ToolCall;
}

describe("given a run that ends while a tool call is open", () => {
  const finished: RunEnd = { status: "finished" };
  const waiting: RunEnd = { status: "finished", reason: "waiting" };
  const stopped: RunEnd = { status: "stopped", reason: "reader" };
  const failed: RunEnd = { status: "failed", reason: "error" };

  it.each<[RunEnd, ToolEvent[], ToolStatus]>([
    [finished, [call], "unfinished"],
    [stopped, [call], "unfinished"],
    [failed, [{ type: "tool-input-start", id: "1", toolName: "search" }], "unfinished"],
    [waiting, [call], "pending"],
    [waiting, [{ type: "tool-input-start", id: "1", toolName: "search" }], "unfinished"],
    [waiting, [call, asked], "waiting"],
    [finished, [call, asked], "waiting"],
    [stopped, [call, asked], "unfinished"],
    [stopped, [call, { type: "tool-result", toolCallId: "1", output: 1 }], "done"],
    [failed, [call, { type: "tool-error", toolCallId: "1", error: "no" }], "failed"],
    [stopped, [call, { type: "tool-output-denied", toolCallId: "1" }], "denied"],
  ])("with %j after %j, the call is %s", (end, events, status) => {
    expect(toolAtEnd(after(...events), end).status).toBe(status);
  });
});

const payment = { type: "tool-call", toolCallId: "c", toolName: "pay", input: { yuan: 5 } } as const;
const request = { type: "tool-approval-request", approvalId: "a", toolCall: { toolCallId: "c" } } as const;

describe("given a tool call that waits for an approval", () => {
  const waiting = toolAfter(toolAfter(undefined, payment, 0), request, 100);

  it("runs once it is approved, and takes until its result", () => {
    const running = toolDecided(waiting, true, 5_000);
    expect(running).toMatchObject({ status: "running", endedAt: undefined });
    const done = toolAfter(running, { type: "tool-result", toolCallId: "c", output: "ok" }, 6_000);
    expect(done).toMatchObject({ status: "done", endedAt: 6_000, input: { yuan: 5 }, output: "ok" });
  });

  it("ends once it is denied", () => {
    expect(toolDecided(waiting, false, 5_000)).toMatchObject({ status: "denied", endedAt: 5_000 });
  });
});

describe("given the end of a call that was never seen, as a resumed run begins", () => {
  const named = { toolCallId: "c", toolName: "pay", input: { yuan: 5 } };

  it.each([
    [{ type: "tool-result", ...named, output: "ok" } as const, { status: "done", output: "ok" }],
    [{ type: "tool-error", ...named, error: "no" } as const, { status: "failed", output: "no" }],
    [request, { status: "waiting", toolName: "" }],
    [{ type: "tool-output-denied", toolCallId: "c", toolName: "pay" } as const, { status: "denied" }],
  ])("knows what %o tells of it", (event, expected) => {
    const { input } = { input: undefined, ...event };
    expect(toolAfter(undefined, event, 0)).toMatchObject({
      toolCallId: "c",
      toolName: "pay",
      input,
      ...expected,
    });
  });
});
