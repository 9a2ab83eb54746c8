import { describe, expect, it } from "vitest";
import { createIds } from "./ids.ts";

describe("given a maker of ids", () => {
  it("makes the same ids each time", () => {
    const [first, second] = [createIds(), createIds()];

    expect([first.hex("om_"), first.digits()]).toEqual([second.hex("om_"), second.digits()]);
  });

  it("makes them in the platform's forms", () => {
    const ids = createIds();

    expect(ids.digits()).toMatch(/^\d{19}$/);
    expect(ids.hex("cli_", 16)).toMatch(/^cli_[0-9a-f]{16}$/);
  });

  it("never makes the same id twice, even without any randomness", () => {
    const ids = createIds(() => 0.5);
    const made = Array.from({ length: 1000 }, () => [ids.digits(), ids.hex("om_")]).flat();

    expect(new Set(made).size).toBe(2000);
  });
});
