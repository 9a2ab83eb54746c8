import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardOf, markdown } from "../feishu/testing/cards.ts";
import type { JsonObject } from "../ground/json.ts";
import { changedCard, describeCard, textOf, withText } from "./card-change.ts";

const column = (content: string): JsonObject => ({
  tag: "column_set",
  columns: [{ tag: "column", elements: [markdown("deep", content)] }],
});

describe("given a card and the one after it", () => {
  it("describes what stayed by where it was, whatever comes before it now", () => {
    const before = cardOf(markdown("a"), markdown("b"), markdown("c"));
    const after = cardOf(markdown("new"), markdown("c"), markdown("a"));

    expect(describeCard(before, after)).toEqual({ frame: cardOf(), elements: [markdown("new"), 2, 0] });
  });

  it("describes the whole card to somebody who knows nothing of it", () => {
    expect(describeCard(undefined, cardOf(markdown("a")))).toEqual({
      frame: cardOf(),
      elements: [markdown("a")],
    });
  });

  it("gives back the card after, in which what stayed is the same object", () => {
    const before = cardOf(markdown("a"), markdown("b"));
    const after = { ...cardOf(markdown("b"), markdown("c")), header: { template: "red" } };

    const result = changedCard(before, describeCard(before, after));

    expect(result).toEqual(after);
    expect(elementsOf(result)[0]).toBe(elementsOf(before)[1]);
  });

  it("works for cards of schema 1.0 too, whose components are at the root", () => {
    const before: JsonObject = { elements: [{ tag: "hr" }] };
    const after: JsonObject = { elements: [{ tag: "hr" }, { tag: "note" }] };

    expect(changedCard(before, describeCard(before, after))).toEqual(after);
  });

  it("gives back the card after, for any two cards", () => {
    const element = fc.constantFrom("a", "b", "c", "d").map((id) => markdown(id));
    const card = fc.array(element, { maxLength: 6 }).map((elements) => cardOf(...elements));

    fc.assert(
      fc.property(card, card, (before, after) => {
        expect(changedCard(before, describeCard(before, after))).toEqual(after);
      }),
    );
  });
});

describe("given the text of one element in a card", () => {
  it("is found and replaced wherever the element is", () => {
    const card = cardOf(markdown("a", "A"), column("Deep"));

    expect(textOf(card, "deep")).toBe("Deep");
    expect(withText(card, "deep", "Deeper")).toEqual(cardOf(markdown("a", "A"), column("Deeper")));
  });

  it("leaves all else the same object", () => {
    const card = cardOf(markdown("a", "A"), column("Deep"));

    const after = withText(card, "deep", "Deeper");

    expect(elementsOf(after)[0]).toBe(elementsOf(card)[0]);
    expect(withText(card, "none", "x")).toBe(card);
  });
});

function elementsOf(card: JsonObject): unknown[] {
  const body = card.body as { elements: unknown[] };
  return body.elements;
}
