import { describe, expect, it } from "vitest";
import type { InspectedOperation, InspectionStart } from "../../page-protocol/inspection-event.ts";
import { formatBytes, formatSpan } from "./format-amount.ts";
import { busiestSecond, operationsInSecond, reduceInspection } from "./inspection.ts";

const operation = (time: number, more: Partial<InspectedOperation> = {}): InspectedOperation => ({
  index: time,
  time,
  kind: "content",
  elementId: "answer",
  sequence: 1,
  bytes: 30,
  code: 0,
  msg: "success",
  fault: undefined,
  isCounted: true,
  ...more,
});

describe("given what the server tells of a card", () => {
  const usage = { bytes: 100, elements: 2 };
  const start: InspectionStart = {
    type: "inspection",
    cardId: "1",
    openedAt: 900,
    now: 1_000,
    limits: { bytes: 30_000, elements: 200, operationsPerSecond: 10 },
    usage,
    operations: [operation(950)],
  };

  it("knows by how much the emulator's clock is ahead", () => {
    expect(reduceInspection(undefined, start, 400)?.clockLead).toBe(600);
  });

  it("adds operations, and takes the newest usage", () => {
    const grown = { bytes: 300, elements: 3 };
    const first = reduceInspection(undefined, start, 0);
    const second = reduceInspection(first, { type: "operation", operation: operation(990), usage: grown }, 0);

    expect(second?.operations.map(({ time }) => time)).toEqual([950, 990]);
    expect(second?.usage).toEqual(grown);
    expect(reduceInspection(second, { type: "usage", usage }, 0)?.usage).toEqual(usage);
  });

  it("starts anew when the connection does, and takes nothing before", () => {
    const event = { type: "operation", operation: operation(990), usage } as const;
    const once = reduceInspection(undefined, start, 0);

    expect(reduceInspection(undefined, event, 0)).toBeUndefined();
    expect(reduceInspection(reduceInspection(once, event, 0), start, 0)?.operations).toHaveLength(1);
  });
});

describe("given operations", () => {
  it("counts those of the last second that the limit counts", () => {
    const operations = [operation(0), operation(1), operation(500, { isCounted: false }), operation(1_000)];

    expect(operationsInSecond(operations, 1_000)).toBe(2);
    expect(operationsInSecond(operations, 2_000)).toBe(0);
  });

  it.each([
    [[], 0],
    [[0], 1],
    [[0, 999], 2],
    [[0, 1_000], 1],
    [[0, 100, 900, 1_050, 1_090, 5_000], 4],
  ])("finds the busiest second of %j", (times, most) => {
    expect(busiestSecond(times.map((time) => operation(time)))).toBe(most);
  });
});

describe("given amounts", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_049, "1.0 KB"],
    [30_000, "30.0 KB"],
  ])("writes %d bytes as %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0, "+0.00 s"],
    [1_254, "+1.25 s"],
    [-20, "-0.02 s"],
    [61_900, "+1:01 min"],
  ])("writes a span of %d ms as %s", (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});
