import fc from "fast-check";
import { expect, it } from "vitest";
import { cases } from "../../../../test/setup/cases.ts";
import { applyChanges, diffBlocks } from "./block-change.ts";
import type { CardBlock } from "./card-block.ts";

/** Lists of blocks, some of which are in others, in one order for all of them. */
const lists = fc
  .array(fc.record({ id: fc.nat({ max: 11 }), text: fc.constantFrom("一", "二", "三") }), { maxLength: 12 })
  .map((drawn): CardBlock[] => {
    const texts = new Map(drawn.map(({ id, text }) => [id, text]));
    const place = (id: number) => {
      const holder = id % 4 === 0 ? undefined : id - (id % 4);
      return holder === undefined || !texts.has(holder) ? {} : { within: `block-${holder}` };
    };
    return [...texts.keys()]
      .sort((one, other) => one - other)
      .filter((id) => id % 4 === 0 || texts.has(id - (id % 4)))
      .map((id) =>
        id % 4 === 0
          ? { type: "lane", id: `block-${id}`, layout: "panel", title: texts.get(id) ?? "", state: "running" }
          : { type: "text", id: `block-${id}`, text: texts.get(id) ?? "", ...place(id) },
      );
  });

it("leads from any list of blocks to any other, also within blocks", () => {
  fc.assert(
    fc.property(lists, lists, (from, to) => {
      expect(applyChanges(from, diffBlocks(from, to))).toEqual(to);
    }),
    { numRuns: cases(20) },
  );
});

it("has nothing to change between equal lists, whoever made them", () => {
  fc.assert(
    fc.property(lists, (blocks) => {
      expect(diffBlocks(blocks, structuredClone(blocks))).toEqual([]);
    }),
  );
});

it("removes a block with everything in it at once", () => {
  const lane: CardBlock = { type: "lane", id: "lane-1", layout: "panel", title: "a", state: "running" };
  const text: CardBlock = { type: "text", id: "text-1", text: "晴", within: "lane-1" };
  expect(diffBlocks([lane, text], [])).toEqual([{ type: "remove", id: "lane-1" }]);
});
