import { describe, expect, it } from "vitest";
import { BoundedList } from "./bounded-list.ts";

describe("given a list that keeps three items", () => {
  it("gives back the newest three, oldest first, however many were added", () => {
    const list = new BoundedList<number>(3);
    for (let count = 1; count <= 20; count += 1) {
      list.add(count);
      expect(list.newest()).toEqual([count - 2, count - 1, count].filter((item) => item > 0));
    }
  });

  it("is empty after it was cleared", () => {
    const list = new BoundedList<string>(3);
    list.add("a");
    list.clear();
    expect(list.newest()).toEqual([]);
  });
});

describe("given a list that keeps nothing", () => {
  it("stays empty", () => {
    const list = new BoundedList<string>(0);
    list.add("a");
    expect(list.newest()).toEqual([]);
  });
});
