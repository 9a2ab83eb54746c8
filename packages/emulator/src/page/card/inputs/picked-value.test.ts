import { describe, expect, it } from "vitest";
import { pickedValue } from "./picked-value.ts";

describe("given what was picked", () => {
  it.each([
    ["date", "2024-04-01", -480, "2024-04-01 +0800"],
    ["datetime-local", "2024-04-29T07:07", -480, "2024-04-29 07:07 +0800"],
    ["time", "00:00", 210, "00:00 -0330"],
    ["date", "2024-04-01", 0, "2024-04-01 +0000"],
    ["date", "", -480, ""],
    ["text", "07:07", -480, "07:07"],
  ])("gives a %s of %j at %d minutes as %j", (type, value, offset, expected) => {
    expect(pickedValue(type, value, offset)).toBe(expected);
  });
});
