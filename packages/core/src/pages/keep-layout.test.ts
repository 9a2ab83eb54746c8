import { describe, expect, it, vi } from "vitest";
import type { CardBlock, ElementBlock } from "../contract/card-block.ts";
import type { BlockSize } from "../contract/card-driver.ts";
import type { Layout } from "../view/block-options.ts";
import { KeptLayout } from "./keep-layout.ts";

const text = (id: string, within?: string): CardBlock => ({
  type: "text",
  id,
  text: id,
  ...(within !== undefined && { within }),
});
const panel: CardBlock = { type: "reasoning", id: "reasoning-1", isThinking: false, isFolded: true };
const thought: CardBlock = {
  type: "text",
  id: "thought-1",
  text: "嗯",
  within: "reasoning-1",
  isReasoning: true,
};
const status: CardBlock = { type: "status", id: "status", status: { phase: "thinking" } };
const own = (id: string): ElementBlock => ({ type: "element", id, element: { tag: "hr" } });

function keep(layout: Layout, room = Number.POSITIVE_INFINITY) {
  const onMisuse = vi.fn();
  const kept = new KeptLayout({ layout, measure: () => ({ bytes: 100, elements: 1 }), onMisuse });
  let left = room;
  const take = (size: BlockSize, instead: BlockSize) => {
    if (size.bytes - instead.bytes > left) return false;
    left -= size.bytes - instead.bytes;
    return true;
  };
  const apply = (...blocks: CardBlock[]) =>
    kept.apply(blocks, { card: 0, isLast: true, isFinal: false }, take).map(({ id }) => id);
  return { apply, trouble: () => onMisuse.mock.calls.map(([error]) => String(error.message)) };
}

describe("given a layout", () => {
  it("puts elements of the user's own before, between and after the blocks, and leaves others out", () => {
    const { apply, trouble } = keep((blocks) => [
      own("banner"),
      ...blocks.filter(({ type }) => type === "text"),
      own("line"),
      ...blocks.filter(({ type }) => type === "reasoning"),
    ]);
    expect(apply(panel, thought, text("text-1"), status)).toEqual([
      "banner",
      "text-1",
      "line",
      "reasoning-1",
      "thought-1",
    ]);
    expect(trouble()).toEqual([]);
  });

  it("leaves out what the card has no room for", () => {
    const { apply, trouble } = keep((blocks) => [own("one"), ...blocks, own("two")], 100);
    expect(apply(text("text-1"))).toEqual(["one", "text-1"]);
    // What is there stays there.
    expect(apply(text("text-1"))).toEqual(["one", "text-1"]);
    expect(trouble()).toEqual(['The card has no room for the block "two" of its layout.']);
  });

  it("does not follow it where it moves what was shown", () => {
    let isReversed = false;
    const { apply, trouble } = keep((blocks) => (isReversed ? blocks.toReversed() : blocks));
    expect(apply(panel, status)).toEqual(["reasoning-1", "status"]);
    isReversed = true;
    expect(apply(panel, status)).toEqual(["reasoning-1", "status"]);
    expect(trouble()).toEqual(['layout moved the block "status", which was shown already.']);
  });

  it.each<[string, Layout, string]>([
    ["drops the answer", (blocks) => blocks.filter(({ type }) => type !== "text"), "must keep every text"],
    ["changes the answer", (blocks) => blocks.map((block) => ({ ...block })), "must keep every text"],
    ["swaps texts", (blocks) => blocks.toReversed(), "must keep every text"],
    ["returns nothing", () => undefined as never, "must return a list of blocks"],
    ["returns what is no block", () => ["text"] as never, "must return a list of blocks"],
    ["repeats an id", (blocks) => [...blocks, own("a"), own("a")], 'two blocks with the id "a"'],
    ["gives an impossible id", (blocks) => [...blocks, own("第一")], 'received "第一"'],
    [
      "throws",
      () => {
        throw new Error("mine");
      },
      "mine",
    ],
  ])("shows the blocks as they are, and tells once, where it %s", (_name, layout, words) => {
    const { apply, trouble } = keep(layout);
    for (let time = 0; time < 2; time += 1) {
      expect(apply(text("text-1"), text("text-2"))).toEqual(["text-1", "text-2"]);
    }
    expect(trouble()).toEqual([expect.stringContaining(words)]);
  });

  it("P1: shows new text below the older one where it throws after it had moved blocks", () => {
    let isBroken = false;
    const { apply, trouble } = keep((blocks) => {
      if (isBroken) throw new Error("mine");
      return blocks.toSorted((one, other) => Number(one.type === "text") - Number(other.type === "text"));
    });
    expect(apply(text("text-1"), panel)).toEqual(["reasoning-1", "text-1"]);
    isBroken = true;
    const after = ["reasoning-1", "text-1", "text-2", "status"];
    expect(apply(text("text-1"), panel, text("text-2"), status)).toEqual(after);
    isBroken = false;
    expect(apply(text("text-1"), panel, text("text-2"))).toEqual(["reasoning-1", "text-1", "text-2"]);
    expect(trouble()).toEqual(["mine"]);
  });

  it("keeps a lane that holds a part of the answer", () => {
    const lane: CardBlock = { type: "lane", id: "lane-1", layout: "panel", title: "a", state: "running" };
    const { apply, trouble } = keep(() => []);
    expect(apply(lane, text("text-1", "lane-1"))).toEqual(["lane-1", "text-1"]);
    expect(trouble()).toHaveLength(1);
  });
});
