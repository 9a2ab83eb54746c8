import { expect, it } from "vitest";
import { Backoff } from "./backoff.ts";

it("waits longer each time, as long as the platform says, and not at all after a success", () => {
  const backoff = new Backoff();
  const waits = [0, 0, 0, 0, 0, 0].map(() => {
    backoff.failed(0, {}, 0);
    return backoff.until();
  });
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  backoff.failed(0, { retryAfterMs: 300 }, 0);
  expect(backoff.until()).toBe(300);
  backoff.failed(0, {}, 7_000);
  expect([backoff.until(), backoff.until(400)]).toEqual([1_000, 400]);
  backoff.succeeded();
  expect(backoff.until()).toBeLessThanOrEqual(0);
});
