import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import { pageOf } from "../parts/pager.ts";
import { cardColor } from "./look/card-color.ts";
import { box, pixels, spacing, textSize } from "./look/card-size.ts";

const card: JsonObject = {
  config: {
    style: {
      color: {
        brand: { light_mode: "rgba(1,2,3,1)", dark_mode: "rgba(4, 5, 6, 0.5)" },
        evil: { light_mode: "url(https://a.b)", dark_mode: "red;}" },
      },
      text_size: { huge: { default: "normal", pc: "xxx-large", mobile: "large" } },
    },
  },
};

describe("given a colour of a card", () => {
  it.each([
    { name: "red", use: "ink", css: "var(--red-ink)" },
    { name: "red", use: "paper", css: "color-mix(in srgb, var(--red) 15%, var(--card))" },
    { name: "red-500", use: "ink", css: "var(--red)" },
    { name: "red-700", use: "ink", css: "color-mix(in srgb, var(--red) 68%, var(--ink))" },
    { name: "white", use: "ink", css: "#fff" },
    { name: "bg-white", use: "paper", css: "var(--card)" },
    { name: "brand", use: "ink", css: "light-dark(rgba(1,2,3,1), rgba(4, 5, 6, 0.5))" },
    { name: "default", use: "ink", css: undefined },
    { name: "evil", use: "ink", css: undefined },
    { name: "red;background:url(x)", use: "ink", css: undefined },
    { name: "constructor", use: "ink", css: undefined },
    { name: undefined, use: "ink", css: undefined },
  ] as const)("draws $name as $use: $css", ({ name, use, css }) => {
    expect(cardColor(name, use, card)).toBe(css);
  });
});

describe("given a size of a card", () => {
  it.each([
    { name: "heading-1", size: 24 },
    { name: "notation", size: 12 },
    { name: "huge", size: 24 },
    { name: "unknown", size: 14 },
    { name: undefined, size: 14 },
  ])("draws text of size $name with $size px", ({ name, size }) => {
    expect(textSize(name, card)).toBe(size);
  });

  it("takes lengths in pixels, and words for distances, and nothing else", () => {
    expect([box("4px 8px"), box("-4px"), box("4px;x"), pixels("12px"), pixels("calc(1px)")]).toEqual([
      "4px 8px",
      "-4px",
      undefined,
      "12px",
      undefined,
    ]);
    expect([spacing("large"), spacing("7px"), spacing("1em")]).toEqual(["12px", "7px", undefined]);
  });
});

describe("given rows on pages", () => {
  it.each([
    { wanted: 0, page: 0, shown: ["a", "b"] },
    { wanted: 1, page: 1, shown: ["c"] },
    { wanted: 9, page: 1, shown: ["c"] },
  ])("shows $shown on page $wanted", ({ wanted, page, shown }) => {
    expect(pageOf(["a", "b", "c"], 2, wanted)).toEqual({ page, pages: 2, shown });
  });

  it("has one page of nothing", () => {
    expect(pageOf([], 5, 0)).toEqual({ page: 0, pages: 1, shown: [] });
  });
});
