import { ManualClock } from "@streamcard/core/testing";
import { describe, expect, it } from "vitest";
import { memoryDeliveryStore } from "./delivery-store.ts";

describe("given deliveries that are remembered in memory", () => {
  it("gives a key out once within its time", async () => {
    const clock = new ManualClock();
    const store = memoryDeliveryStore(clock);
    expect([store.claim("a", 1_000), store.claim("a", 1_000), store.claim("b", 1_000)]).toEqual([
      true,
      false,
      true,
    ]);
    await clock.advance(999);
    expect(store.claim("a", 1_000)).toBe(false);
    await clock.advance(1);
    expect(store.claim("a", 1_000)).toBe(true);
  });

  it("forgets the oldest beyond its size", () => {
    const store = memoryDeliveryStore(new ManualClock(), 2);
    for (const key of ["a", "b", "c"]) store.claim(key, 1_000);
    expect([store.claim("c", 1_000), store.claim("b", 1_000), store.claim("a", 1_000)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
