import { describe, expect, it } from "vitest";
import { StreamingWindow } from "./streaming-window.ts";

const rules = { autoCloseMs: 600_000, reopening: "restarts", streamingClockStart: "creation" } as const;

describe("given streaming mode that was switched on at 0", () => {
  const opened = (overrides: Partial<ConstructorParameters<typeof StreamingWindow>[0]> = {}) => {
    const streaming = new StreamingWindow({ ...rules, ...overrides });
    streaming.open(0);
    return streaming;
  };

  it("is open until its time is up, to the millisecond", () => {
    const streaming = opened();

    expect([0, 599_999, 600_000].map((at) => streaming.isOpen(at))).toEqual([true, true, false]);
  });

  it("says when it will close itself, as long as it will", () => {
    const streaming = opened();
    const whileOpen = streaming.closesAt;
    streaming.close(10);

    expect([whileOpen, streaming.closesAt]).toEqual([600_000, undefined]);
    expect(opened({ streamingClockStart: "sending" }).closesAt).toBeUndefined();
  });

  it("tells the first content call after that of the timeout, and the later ones that it is closed", () => {
    const streaming = opened();

    const verdicts = [599_999, 600_000, 600_001, 700_000].map((at) => streaming.contentVerdict(at));

    expect(verdicts).toEqual(["open", "timed-out", "closed", "closed"]);
  });

  it("tells of no timeout when an operation closed it, even after the timeout passed unnoticed", () => {
    const early = opened();
    early.close(10);
    const late = opened();
    late.close(700_000);

    expect([early.contentVerdict(700_000), late.contentVerdict(700_001)]).toEqual(["closed", "closed"]);
  });

  it("starts the clock again when it is switched on again, or continues, as the rule says", () => {
    const restarted = opened();
    const continued = opened({ reopening: "continues" });
    for (const streaming of [restarted, continued]) streaming.open(500_000);

    expect([restarted.isOpen(1_099_999), continued.isOpen(599_999)]).toEqual([true, true]);
    expect([restarted.isOpen(1_100_000), continued.isOpen(600_000)]).toEqual([false, false]);
  });

  it("waits for the message before it starts the clock, if the rule says so", () => {
    const streaming = opened({ streamingClockStart: "sending" });

    expect(streaming.isOpen(5_000_000)).toBe(true);
    streaming.sent(5_000_000);

    expect([streaming.isOpen(5_599_999), streaming.isOpen(5_600_000)]).toEqual([true, false]);
  });

  it("remembers each period and what ended it", () => {
    const streaming = opened();
    streaming.close(10);
    streaming.open(20);
    streaming.isOpen(700_000);
    streaming.open(800_000);

    expect(streaming.periods).toEqual([
      { openedAt: 0, closedAt: 10, closedBy: "operation" },
      { openedAt: 20, closedAt: 600_020, closedBy: "timeout" },
      { openedAt: 800_000, closedAt: undefined, closedBy: undefined },
    ]);
  });
});
