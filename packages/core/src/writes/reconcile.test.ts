import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChanges, diffBlocks } from "../contract/block-change.ts";
import type { CardBlock, StatusBlock, TextBlock } from "../contract/card-block.ts";
import { afterUnknown, afterWrite, finalWrite, initiallyShown, reconcile } from "./reconcile.ts";

const text = (id: string, content: string): TextBlock => ({ type: "text", id, text: content });
const thinking: StatusBlock = { type: "status", id: "status", status: { phase: "thinking" } };
const tool: StatusBlock = { type: "status", id: "status", status: { phase: "tool", toolName: "clock" } };
const prefix = { text: "prefix" } as const;

function nextWrite(shown: CardBlock[], wanted: CardBlock[]) {
  return reconcile(initiallyShown(shown), wanted, prefix);
}

describe("given a card that shows what is wanted", () => {
  it("writes nothing", () => {
    expect(nextWrite([text("1", "a"), thinking], [text("1", "a"), thinking])).toBeUndefined();
  });
});

describe("given a first text", () => {
  it("adds it with its first characters and takes away the status in the same write", () => {
    expect(nextWrite([thinking], [text("1", "天空为什么是蓝色的")])).toEqual({
      type: "structure",
      changes: [
        { type: "remove", id: "status" },
        { type: "insert", block: text("1", "天空为什么是") },
      ],
    });
  });
});

describe("given texts that only stand ready", () => {
  const spares = [text("3", ""), text("4", "")];

  it("writes nothing for them alone, nor where only text has grown", () => {
    expect(nextWrite([text("1", "a")], [text("1", "a"), ...spares])).toBeUndefined();
    expect(nextWrite([text("1", "a")], [text("1", "ab"), ...spares])).toEqual({
      type: "text",
      block: text("1", "ab"),
    });
  });

  it("adds them with a change that has to be made anyway", () => {
    expect(nextWrite([text("1", "a")], [text("1", "a"), text("2", "b"), ...spares])).toMatchObject({
      type: "structure",
      changes: [{ block: text("2", "b") }, { block: text("3", "") }, { block: text("4", "") }],
    });
  });

  it("types what comes next into the first of them, once the text before it is typed to its end", () => {
    const wanted = [text("1", "abc"), text("2", "天空为什么是蓝色的"), ...spares];
    const shown = afterWrite(initiallyShown([text("1", "a"), text("2", ""), ...spares]), {
      type: "text",
      block: text("1", "ab"),
    });
    const first = reconcile(shown, wanted, prefix);
    expect(first).toEqual({ type: "text", block: wanted[0] });
    if (first === undefined) return;
    expect(reconcile(afterWrite(shown, first), wanted, prefix)).toEqual({ type: "text", block: wanted[1] });
  });

  it("takes them away when the card is finalized", () => {
    expect(
      finalWrite(initiallyShown([text("1", "a"), ...spares]), [text("1", "a")], "a", "changes"),
    ).toMatchObject({
      changes: [
        { type: "remove", id: "3" },
        { type: "remove", id: "4" },
      ],
    });
  });
});

describe("given text that grew", () => {
  it("sends the newest text of the block", () => {
    expect(nextWrite([text("1", "a")], [text("1", "abc")])).toEqual({
      type: "text",
      block: text("1", "abc"),
    });
  });

  it("types a slice to its end before the next slice begins", () => {
    expect(nextWrite([text("1", "a")], [text("1", "a, and so on"), text("2", "c")])).toEqual({
      type: "text",
      block: text("1", "a, and so on"),
    });
  });

  it("brings a few last characters of a slice with the first ones of the next, six in all", () => {
    expect(nextWrite([text("1", "a")], [text("1", "abc"), text("2", "defghijkl")])).toEqual({
      type: "structure",
      changes: [
        { type: "update", block: text("1", "abc") },
        { type: "insert", block: text("2", "defg") },
      ],
    });
  });

  it("begins a slice with more where text comes faster than it is typed", () => {
    expect(nextWrite([text("1", "a")], [text("1", "a"), text("2", "字".repeat(30))])).toMatchObject({
      changes: [{ type: "insert", block: text("2", "字".repeat(14)) }],
    });
  });

  it("does not begin a slice with half of something", () => {
    expect(nextWrite([text("1", "a")], [text("1", "a"), text("2", "见**重要**的话")])).toMatchObject({
      changes: [{ type: "insert", block: text("2", "见") }],
    });
  });

  it("catches up in one write when more than one slice is missing", () => {
    const wanted = [text("1", "ab"), text("2", "cccccccccc"), text("3", "dddddddddd")];
    expect(nextWrite([text("1", "a")], wanted)).toEqual({
      type: "structure",
      changes: [
        { type: "update", block: text("1", "ab") },
        { type: "insert", block: text("2", "cccccccccc") },
        { type: "insert", block: text("3", "ddddd") },
      ],
    });
  });

  it("catches up in one write when more than one text that stood ready has begun", () => {
    const ready = [text("1", "a"), text("2", ""), text("3", ""), text("4", "")];
    const wanted = [text("1", "ab"), text("2", "cccccccccc"), text("3", "dddddddddd"), text("4", "")];
    expect(nextWrite(ready, wanted)).toEqual({
      type: "structure",
      changes: [
        { type: "update", block: text("1", "ab") },
        { type: "update", block: text("2", "cccccccccc") },
        { type: "update", block: text("3", "dddddd") },
      ],
    });
  });

  it("brings everything at once where it is not typed out", () => {
    const wanted = [text("1", "a, and so on"), text("2", "c".repeat(40))];
    expect(reconcile(initiallyShown([text("1", "a")]), wanted, { text: "full" })).toEqual({
      type: "structure",
      changes: [
        { type: "update", block: wanted[0] },
        { type: "insert", block: wanted[1] },
      ],
    });
  });

  it("sends the block that has waited longest", () => {
    let shown = initiallyShown([text("1", "a"), text("2", "b")]);
    const wanted = [text("1", "aa"), text("2", "bb")];
    shown = afterWrite(shown, { type: "text", block: text("1", "aa") });
    expect(reconcile(shown, [text("1", "aaa"), text("2", "bb")], prefix)).toEqual({
      type: "text",
      block: wanted[1],
    });
  });
});

describe("given a lane in which text is typed all the time", () => {
  const lane = (id: string): CardBlock => ({
    type: "lane",
    id,
    layout: "panel",
    title: id,
    state: "running",
  });
  const said = (id: string, within: string, content: string): TextBlock => ({ ...text(id, content), within });
  const shownFor = (writes: number) => {
    let shown = initiallyShown([lane("a"), said("1", "a", "天"), lane("b")]);
    for (let write = 1; write <= writes; write += 1) {
      shown = afterWrite(shown, { type: "text", block: said("1", "a", "天".repeat(1 + write)) });
    }
    return shown;
  };
  const typed = said("1", "a", "天".repeat(20));

  it("lets two of its texts pass, then begins the text of another lane", () => {
    const wanted = [lane("a"), typed, lane("b"), said("2", "b", "海是蓝色的")];
    expect(reconcile(shownFor(1), wanted, prefix)).toEqual({ type: "text", block: typed });
    expect(reconcile(shownFor(2), wanted, prefix)).toEqual({
      type: "structure",
      changes: [{ type: "insert", block: said("2", "b", "海是蓝色的") }],
    });
  });

  it("holds back what stands behind a text that waits for the one before it", () => {
    let shown = initiallyShown([text("1", "a")]);
    for (const content of ["ab", "abc"])
      shown = afterWrite(shown, { type: "text", block: text("1", content) });
    const longer = text("1", "abc, and so on");
    const thought: CardBlock = { type: "reasoning", id: "r", isThinking: true, isFolded: false };
    const wanted = [longer, thought, said("2", "r", "为什么")];
    expect(reconcile(shown, wanted, prefix)).toEqual({ type: "text", block: longer });
  });

  it("types a slice to its end before the next slice of the same lane begins", () => {
    const wanted = [lane("a"), typed, said("2", "a", "海是蓝色的"), lane("b")];
    expect(reconcile(shownFor(2), wanted, prefix)).toEqual({ type: "text", block: typed });
  });
});

describe("given a status that changed while text waits", () => {
  it("lets two texts pass, then changes the status", () => {
    let shown = initiallyShown([text("1", "a"), thinking]);
    const kinds: string[] = [];
    for (const content of ["aa", "aaa", "aaaa", "aaaaa"]) {
      const write = reconcile(shown, [text("1", content), tool], prefix);
      if (write === undefined) break;
      kinds.push(write.type);
      shown = afterWrite(shown, write);
    }
    expect(kinds).toEqual(["text", "text", "structure", "text"]);
  });

  it("writes text alone where other changes are to wait", () => {
    const options = { text: "prefix", isTextOnly: true } as const;
    const shown = initiallyShown([text("1", "a"), thinking]);
    expect(reconcile(shown, [text("1", "a"), tool], options)).toBeUndefined();
    expect(reconcile(shown, [text("1", "ab"), text("2", "c"), tool], options)).toEqual({
      type: "text",
      block: text("1", "ab"),
    });
  });
});

describe("given a write of unknown outcome", () => {
  it("replaces the whole card", () => {
    const wanted = [text("1", "abc"), thinking];
    expect(reconcile(afterUnknown(initiallyShown([text("1", "a")])), wanted, prefix)).toEqual({
      type: "replace",
      blocks: wanted,
    });
  });

  it("finalizes by replacing, because the missing changes are unknown", () => {
    const write = finalWrite(afterUnknown(initiallyShown([])), [text("1", "abc")], "abc", "changes");
    expect(write).toMatchObject({ type: "finalize", how: "replace" });
  });
});

const blocks = fc
  .tuple(
    fc.subarray(["1", "2", "3", "4"]),
    fc.boolean(),
    fc.array(fc.nat({ max: 20 }), { minLength: 4, maxLength: 4 }),
  )
  .map(([ids, hasStatus, lengths]): CardBlock[] => [
    ...ids.map((id) => text(id, "字".repeat(lengths[Number(id) - 1] ?? 0) || "字")),
    ...(hasStatus ? [tool] : []),
  ]);

describe("given any two states of a card", () => {
  it("finds changes that lead from one to the other", () => {
    fc.assert(
      fc.property(blocks, blocks, (from, to) => {
        expect(applyChanges(from, diffBlocks(from, to))).toEqual(to);
      }),
    );
  });

  it("gets there in a few writes, in each of which text only grows", () => {
    fc.assert(
      fc.property(blocks, fc.array(fc.nat({ max: 30 }), { minLength: 4, maxLength: 4 }), (from, grown) => {
        const wanted: CardBlock[] = ["1", "2", "3", "4"].map((id, index) => {
          const known = from.find((block) => block.id === id);
          return text(id, `${known?.type === "text" ? known.text : "新"}${"字".repeat(grown[index] ?? 0)}`);
        });
        let shown = initiallyShown(from);
        for (let writes = 0; writes < 12; writes += 1) {
          const write = reconcile(shown, wanted, prefix);
          if (write === undefined) break;
          const before = shown.blocks ?? [];
          shown = afterWrite(shown, write);
          for (const block of before) {
            const after = shown.blocks?.find(({ id }) => id === block.id);
            if (block.type === "text" && after?.type === "text")
              expect(after.text.startsWith(block.text)).toBe(true);
          }
        }
        expect(shown.blocks).toEqual(wanted);
      }),
    );
  });
});
