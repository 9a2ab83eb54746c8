import { describe, expect, it } from "vitest";
import type { RunEnd } from "./run-end.ts";
import type { ToolRun, ToolStatus } from "./run-part.ts";
import { type ToolEvent, toolAfter, toolAtEnd, toolDecided } from "./tool-run.ts";

const call: ToolEvent = { type: "tool-call", toolCallId: "1", toolName: "search", input: {} };
const asked: ToolEvent = { type: "tool-approval-request", approvalId: "a", toolCall: { toolCallId: "1" } };

/** The call after events, a second between two. */
function after(...events: ToolEvent[]): ToolRun {
  const run = events.reduce<ToolRun | undefined>(
    (tool, event, second) => toolAfter(tool, event, second * 1_000),
    undefined,
  );
  return run as ToolRun;
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
    expect(toolAtEnd(after(...events), end, 9_000).status).toBe(status);
  });

  it("has taken the time until the run's end", () => {
    expect(toolAtEnd(after(call), stopped, 9_000)).toMatchObject({ startedAt: 0, endedAt: 9_000 });
  });
});

describe("given a call that had to be approved", () => {
  it("has no duration before it is over", () => {
    const waiting = after(call, asked);
    const approved = toolDecided(waiting, true, 5_000);
    expect([waiting.endedAt, approved.endedAt, approved.status]).toEqual([undefined, undefined, "running"]);
    expect(toolDecided(waiting, false, 5_000)).toMatchObject({ status: "denied", endedAt: 5_000 });
  });
});
