import { describe, expect, it } from "vitest";
import { SlidingWindow } from "./sliding-window.ts";

describe("given a window of 3 events in 1000 ms", () => {
  const filled = () => {
    const window = new SlidingWindow(3, 1000);
    for (const at of [0, 100, 200]) window.add(at);
    return window;
  };

  it("has room until it is full", () => {
    const window = new SlidingWindow(3, 1000);
    window.add(0);
    window.add(0);

    expect(window.waitMs(0)).toBe(0);
  });

  it("says how long until the oldest event leaves", () => {
    expect([250, 900, 999].map((at) => filled().waitMs(at))).toEqual([750, 100, 1]);
  });

  it("has room again in the moment in which the oldest event leaves", () => {
    expect(filled().waitMs(1000)).toBe(0);
  });

  it("slides, and does not start anew", () => {
    const window = filled();
    window.add(1000);

    expect([1000, 1099, 1100].map((at) => window.waitMs(at))).toEqual([100, 1, 0]);
  });

  it("never fills when it has no limit", () => {
    const window = new SlidingWindow(Number.POSITIVE_INFINITY, 1000);
    for (let count = 0; count < 5000; count += 1) window.add(0);

    expect(window.waitMs(0)).toBe(0);
  });

  it("never has room when its limit is 0", () => {
    expect(new SlidingWindow(0, 1000).waitMs(5)).toBe(1000);
  });
});
