import { describe, expect, it } from "vitest";
import { type RunStart, RunTree } from "./run-tree.ts";

const run = (id: string, parentId?: string): RunStart => ({
  id,
  parentId,
  kind: "chain",
  name: id,
  tags: [],
  metadata: {},
});

describe("given runs that start", () => {
  it("takes one whose parent it never saw for a root", () => {
    const tree = new RunTree();
    const root = tree.start(run("a", "the application's"));
    const child = tree.start(run("b", "a"));
    expect([root?.parent, child?.parent?.id, child?.root.id]).toEqual([undefined, "a", "a"]);
  });

  it("ignores what starts below a root that has ended", () => {
    const tree = new RunTree();
    tree.start(run("a"));
    tree.start(run("b", "a"));
    tree.end("a");
    expect(tree.start(run("c", "b"))).toBeUndefined();
    expect(tree.start(run("d", "c"))).toBeUndefined();
    expect(tree.event("b")).toBeUndefined();
  });

  it("counts the calls of a handler that is registered three times", () => {
    const tree = new RunTree();
    const starts = [1, 2, 3].map(() => tree.start(run("a")));
    const events = [1, 2, 3, 4, 5, 6].map(() => tree.event("a")?.id);
    const ends = [1, 2, 3].map(() => tree.end("a")?.id);
    expect(starts.filter((node) => node !== undefined)).toHaveLength(1);
    expect(events).toEqual(["a", undefined, undefined, "a", undefined, undefined]);
    expect(ends).toEqual(["a", undefined, undefined]);
  });

  it("remembers a bounded number of runs of the past", () => {
    const tree = new RunTree();
    for (let at = 0; at < 10_001; at += 1) {
      tree.start(run(String(at)));
      tree.end(String(at));
    }
    expect(tree.start(run("late", "10000"))).toBeUndefined();
    expect(tree.start(run("very late", "0"))?.parent).toBeUndefined();
  });
});
