import { describe, expect, it } from "vitest";
import { toolAfter, toolDecided } from "./tool-run.ts";

const call = { type: "tool-call", toolCallId: "c", toolName: "pay", input: { yuan: 5 } } as const;
const request = { type: "tool-approval-request", approvalId: "a", toolCall: { toolCallId: "c" } } as const;

describe("given a tool call that waits for an approval", () => {
  const waiting = toolAfter(toolAfter(undefined, call, 0), request, 100);

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
