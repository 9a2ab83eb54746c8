import { ManualClock } from "@streamcard/core/testing";
import { describe, expect, it } from "vitest";
import { ApiBudget, type Slot } from "./api-budget.ts";

const limits = { perSecond: 50, perMinute: 1_000 };

/** Makes calls of some length for some time, as many at once as there are callers. */
async function callFor(
  budget: ApiBudget,
  clock: ManualClock,
  { callers, forMs, callMs = 40 }: { callers: number; forMs: number; callMs?: number },
): Promise<{ sentAt: number[]; perCaller: number[] }> {
  const sentAt: number[] = [];
  const perCaller = Array.from({ length: callers }, () => 0);
  const end = clock.now() + forMs;
  const next = (caller: number) => {
    if (clock.now() >= end) return;
    budget.enter("frame", (slot) => {
      sentAt.push(clock.now());
      perCaller[caller] = (perCaller[caller] ?? 0) + 1;
      clock.setTimeout(() => {
        slot.leave();
        next(caller);
      }, callMs);
    });
  };
  for (const caller of perCaller.keys()) next(caller);
  await clock.advance(forMs);
  return { sentAt, perCaller };
}

function mostWithin(times: readonly number[], windowMs: number): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last += 1) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe("given more calls than a budget has room for", () => {
  it("keeps within a second's and a minute's calls, and uses most of them", async () => {
    const clock = new ManualClock();
    const { sentAt } = await callFor(new ApiBudget(clock, limits), clock, { callers: 200, forMs: 180_000 });
    expect(mostWithin(sentAt, 1_000)).toBeLessThanOrEqual(50);
    expect(mostWithin(sentAt, 60_000)).toBeLessThanOrEqual(1_000);
    expect(sentAt.length).toBeGreaterThan(2_500);
  });

  it("spreads them over the minute instead of stopping in the middle of it", async () => {
    const clock = new ManualClock();
    const { sentAt } = await callFor(new ApiBudget(clock, limits), clock, { callers: 200, forMs: 180_000 });
    const gaps = sentAt.slice(1).map((time, index) => time - (sentAt[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(2_000);
  });

  it("serves all callers alike", async () => {
    const clock = new ManualClock();
    const { perCaller } = await callFor(new ApiBudget(clock, limits), clock, { callers: 100, forMs: 60_000 });
    expect(Math.max(...perCaller) - Math.min(...perCaller)).toBeLessThanOrEqual(1);
  });

  it("lets the urgent overtake, and keeps room for them", async () => {
    const clock = new ManualClock();
    const budget = new ApiBudget(clock, limits);
    void callFor(budget, clock, { callers: 200, forMs: 60_000 });
    await clock.advance(50_000);
    const askedAt = clock.now();
    let servedAt: number | undefined;
    budget.enter("urgent", (slot) => {
      servedAt = clock.now();
      slot.leave();
    });
    await clock.advance(100);
    expect(servedAt).toBe(askedAt);
  });

  it("counts a call until a second after its answer, because the platform's second may begin that late", async () => {
    const clock = new ManualClock();
    const budget = new ApiBudget(clock, { perSecond: 1, perMinute: 100 });
    const slots: Slot[] = [];
    for (let call = 0; call < 2; call += 1) budget.enter("urgent", (slot) => slots.push(slot));
    await clock.advance(5_000);
    expect(slots).toHaveLength(1);
    slots[0]?.leave();
    await clock.advance(999);
    expect(slots).toHaveLength(1);
    await clock.advance(1);
    expect(slots).toHaveLength(2);
  });

  it("gives room back that was not used, and forgets who left the queue", async () => {
    const clock = new ManualClock();
    const budget = new ApiBudget(clock, { perSecond: 1, perMinute: 100 });
    const served: string[] = [];
    let first: Slot | undefined;
    budget.enter("urgent", (slot) => {
      first = slot;
    });
    const leave = budget.enter("urgent", () => served.push("left"));
    budget.enter("urgent", () => served.push("stayed"));
    leave();
    first?.giveBack();
    expect(served).toEqual(["stayed"]);
  });
});

describe("given a refusal", () => {
  it("waits for as long as the platform says, and takes less afterwards", async () => {
    const clock = new ManualClock();
    const budget = new ApiBudget(clock, limits);
    budget.refused(2_000);
    const blockedUntil = clock.now() + 2_000;
    const { sentAt } = await callFor(budget, clock, { callers: 200, forMs: 4_000 });
    expect(sentAt[0]).toBe(blockedUntil);
    expect(mostWithin(sentAt, 1_000)).toBeLessThan(40);
  });
});
