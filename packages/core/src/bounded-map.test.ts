import { describe, expect, it } from "vitest";
import { BoundedMap } from "./bounded-map.ts";

describe("given a map of at most two entries", () => {
  it.each([
    ["forgets the one that was set longest ago", ["a", "b", "c"], ["b", "c"]],
    ["counts an entry that is set again as new", ["a", "b", "a", "c"], ["a", "c"]],
    ["keeps both while there is no third", ["a", "b", "b", "a"], ["a", "b"]],
  ] as const)("%s", (_, keys, kept) => {
    const map = new BoundedMap<string, number>(2);
    for (const [at, key] of keys.entries()) map.set(key, at);
    expect(["a", "b", "c"].filter((key) => map.has(key))).toEqual(kept);
    expect(map.size).toBe(2);
  });

  it("knows the value that was set last", () => {
    const map = new BoundedMap<string, number>(2);
    expect(map.newest).toBeUndefined();
    for (const [at, key] of ["a", "b", "c", "b"].entries()) map.set(key, at);
    expect(map.newest).toBe(3);
  });

  it("does not count reading as setting", () => {
    const map = new BoundedMap<string, number>(2);
    map.set("a", 1);
    map.set("b", 2);
    expect(map.get("a")).toBe(1);
    map.set("c", 3);
    expect(map.get("a")).toBeUndefined();
  });

  it("has room again for what was deleted", () => {
    const map = new BoundedMap<string, number>(2);
    for (const key of ["a", "b"]) map.set(key, 1);
    map.delete("a");
    map.set("c", 1);
    expect([map.has("b"), map.has("c")]).toEqual([true, true]);
  });
});
