import { describe, expect, it } from "vitest";
import { type JsonObject, type JsonValue, utf8Bytes } from "../../ground/json.ts";
import { defaultFeishuRules, type FeishuRules } from "../rules/feishu-rules.ts";
import { cardOf, markdown } from "../testing/cards.ts";
import { CardProblem } from "./card-problem.ts";
import { type CardReading, readCard } from "./read-card.ts";

const KNOWN_IMAGE = "img_v3_known";
const TABLE = "| a | b |\n|---|---|\n| 1 | 2 |";

function read(card: JsonObject, rules: Partial<FeishuRules> = {}, warnings: string[] = []): CardReading {
  return readCard(card, {
    rules: { ...defaultFeishuRules, ...rules },
    isKnownImage: (key) => key === KNOWN_IMAGE,
    warn: (text) => warnings.push(text),
  });
}

function codeOf(card: JsonObject, rules: Partial<FeishuRules> = {}): number {
  try {
    read(card, rules);
    return 0;
  } catch (error) {
    if (error instanceof CardProblem) return error.details.code;
    throw error;
  }
}

const plain = (content: string): JsonObject => ({ tag: "plain_text", content });
const withHeader = (header: JsonObject): JsonObject => ({ schema: "2.0", header });
const panel = (...elements: JsonValue[]): JsonObject => ({ tag: "collapsible_panel", elements });
const nested = (levels: number): JsonObject => (levels === 0 ? markdown("deep") : panel(nested(levels - 1)));
const table: JsonObject = { tag: "table", columns: [], rows: [] };
const markdowns = (count: number) => Array.from({ length: count }, (_, index) => markdown(`m${index}`));

describe("given a card that uses much of what schema 2.0 has", () => {
  const card: JsonObject = {
    schema: "2.0",
    config: { streaming_mode: true, update_multi: true, summary: { content: "x" }, width_mode: "fill" },
    card_link: { url: "https://example.com" },
    header: {
      title: plain("Title"),
      subtitle: { tag: "lark_md", content: "*sub*" },
      template: "blue",
      icon: { tag: "standard_icon", token: "chat_outlined", color: "blue" },
      text_tag_list: [{ tag: "text_tag", element_id: "state", text: plain("new"), color: "green" }],
    },
    body: {
      direction: "vertical",
      elements: [
        {
          tag: "div",
          text: { ...plain("hello"), element_id: "hello", text_size: "notation" },
          margin: "0px",
        },
        markdown("answer", `![x](${KNOWN_IMAGE})`),
        { tag: "hr", element_id: "rule" },
        { tag: "img", img_key: KNOWN_IMAGE, alt: plain("an image") },
        {
          tag: "column_set",
          columns: [{ tag: "column", element_id: "left", elements: [markdown("inside")], weight: 1 }],
        },
        {
          tag: "collapsible_panel",
          header: {
            title: { tag: "markdown", content: "**More**" },
            icon: { tag: "standard_icon", token: "down" },
          },
          elements: [panel(markdown("twice"))],
        },
        {
          tag: "button",
          text: plain("Stop"),
          type: "danger",
          behaviors: [{ type: "callback", value: { tag: "not a component" } }],
          confirm: { title: plain("Sure?"), text: plain("Really?") },
        },
        { tag: "select_static", options: [{ text: plain("one"), value: "1" }], placeholder: plain("pick") },
        { tag: "form", name: "f", elements: [{ tag: "input", name: "i", label: plain("Name") }] },
        { ...table, columns: [{ name: "c", data_type: "text" }], rows: [{ c: "1" }] },
        { tag: "chart", chart_spec: { type: "bar", tag: "not a component" } },
      ],
    },
  };

  it("reads it, with every component and text object in document order", () => {
    const tags = read(card).places.map(({ tag, elementId }) => elementId ?? tag);

    expect(tags.join(" ")).toBe(
      "plain_text lark_md state plain_text div hello answer rule img plain_text column_set left inside " +
        "collapsible_panel markdown collapsible_panel twice button plain_text plain_text plain_text " +
        "select_static plain_text form input plain_text table chart",
    );
  });

  it("counts the UTF-8 bytes of its JSON", () => {
    expect(read(card).bytes).toBe(utf8Bytes(JSON.stringify(card)));
  });

  it("counts the bytes of that JSON escaped once more, if the rule says so", () => {
    const escaped = JSON.stringify(JSON.stringify(card)).slice(1, -1);

    expect(read(card, { byteCount: "escaped-json" }).bytes).toBe(utf8Bytes(escaped));
  });
});

describe("given a card that the platform refuses", () => {
  it.each<{ name: string; card: JsonObject; code: number }>([
    { name: "nothing", card: {}, code: 300307 },
    { name: "neither header nor body", card: { schema: "2.0" }, code: 300307 },
    { name: "no schema", card: { body: { elements: [] } }, code: 300303 },
    { name: "schema 1.0", card: { schema: "1.0", body: { elements: [] } }, code: 300303 },
    { name: "update_multi false", card: { ...cardOf(), config: { update_multi: false } }, code: 300302 },
    {
      name: "streaming_mode that is no boolean",
      card: { ...cardOf(), config: { streaming_mode: 1 } },
      code: 200220,
    },
    { name: "an unknown property of the card", card: { ...cardOf(), elements: [] }, code: 200220 },
    { name: "an unknown setting", card: { ...cardOf(), config: { wide_screen_mode: true } }, code: 200220 },
    { name: "a body that is no object", card: { schema: "2.0", body: [] }, code: 200220 },
    { name: "elements that are no array", card: { schema: "2.0", body: { elements: {} } }, code: 200220 },
    { name: "a component that is no object", card: cardOf("text"), code: 200220 },
    { name: "a component without a tag", card: cardOf({ content: "x" }), code: 200220 },
    { name: "an unknown tag", card: cardOf({ tag: "spinner" }), code: 200220 },
    { name: "a note of schema 1.0", card: cardOf({ tag: "note", elements: [] }), code: 200220 },
    { name: "an action of schema 1.0", card: cardOf({ tag: "action", actions: [] }), code: 200220 },
    { name: "an unknown property", card: cardOf({ tag: "hr", colour: "red" }), code: 200220 },
    {
      name: "an unknown property of a text",
      card: cardOf({ tag: "div", text: { ...plain("x"), bold: true } }),
      code: 200220,
    },
    { name: "markdown without content", card: cardOf({ tag: "markdown" }), code: 200220 },
    { name: "a text that is no object", card: cardOf({ tag: "div", text: "x" }), code: 200220 },
    { name: "a text of the wrong tag", card: cardOf({ tag: "div", text: markdown("m") }), code: 200220 },
    { name: "an icon of the wrong tag", card: cardOf({ tag: "div", icon: { tag: "icon" } }), code: 200220 },
    { name: "a column outside a column set", card: cardOf({ tag: "column" }), code: 200220 },
    {
      name: "a column set of anything but columns",
      card: cardOf({ tag: "column_set", columns: [{ tag: "hr" }] }),
      code: 200220,
    },
    { name: "a table in a container", card: cardOf(panel(table)), code: 200220 },
    {
      name: "a form in a container",
      card: cardOf(panel({ tag: "form", name: "f", elements: [] })),
      code: 200220,
    },
    { name: "a header without a title", card: withHeader({ template: "blue" }), code: 200220 },
    {
      name: "four header tags",
      card: withHeader({
        title: plain("x"),
        text_tag_list: Array(4).fill({ tag: "text_tag", text: plain("t") }),
      }),
      code: 200220,
    },
    { name: "an element id that begins with a digit", card: cardOf(markdown("1st")), code: 200220 },
    { name: "an element id with a hyphen", card: cardOf(markdown("my-id")), code: 200220 },
    { name: "an element id of 21 characters", card: cardOf(markdown("a".repeat(21))), code: 200220 },
    { name: "an empty element id", card: cardOf(markdown("")), code: 200220 },
    { name: "an element id twice", card: cardOf(markdown("a"), markdown("a")), code: 300301 },
    {
      name: "an element id on a component and a text",
      card: cardOf(markdown("a"), { tag: "div", text: { ...plain("x"), element_id: "a" } }),
      code: 300301,
    },
    {
      name: "an address as an image in markdown",
      card: cardOf(markdown("a", "![x](https://x.y/z.png)")),
      code: 200570,
    },
    {
      name: "an unknown image key",
      card: cardOf({ tag: "img", img_key: "img_v3_other", alt: plain("") }),
      code: 200570,
    },
    {
      name: "an unknown image key in a combination",
      card: cardOf({ tag: "img_combination", img_list: [{ img_key: "x" }] }),
      code: 200570,
    },
    {
      name: "an unknown image key as an icon",
      card: cardOf({ tag: "div", icon: { tag: "custom_icon", img_key: "x" } }),
      code: 200570,
    },
  ])("answers $code for $name", ({ card, code }) => {
    expect(codeOf(card)).toBe(code);
  });

  it("says what is wrong and where", () => {
    const card = cardOf(markdown("a"), { tag: "hr", colour: "red" });

    expect(() => read(card)).toThrow('unknown property "colour" at body.elements[1]');
  });
});

describe("given a card at a limit", () => {
  it.each([
    { name: "200 elements", card: cardOf(...markdowns(200)), code: 0 },
    { name: "201 elements", card: cardOf(...markdowns(201)), code: 300305 },
    { name: "5 levels of containers", card: cardOf(nested(5)), code: 0 },
    { name: "6 levels of containers", card: cardOf(nested(6)), code: 200220 },
    { name: "5 tables", card: cardOf(...Array(5).fill(table)), code: 0 },
    { name: "6 tables", card: cardOf(...Array(6).fill(table)), code: 230099 },
    {
      name: "5 tables of both kinds",
      card: cardOf(table, table, markdown("a", `${TABLE}\n\n${TABLE}\n\n${TABLE}`)),
      code: 0,
    },
    {
      name: "6 tables of both kinds",
      card: cardOf(table, table, table, markdown("a", `${TABLE}\n\n${TABLE}\n\n${TABLE}`)),
      code: 230099,
    },
    { name: "4 tables in one text", card: cardOf(markdown("a", Array(4).fill(TABLE).join("\n\n"))), code: 0 },
    {
      name: "5 tables in one text",
      card: cardOf(markdown("a", Array(5).fill(TABLE).join("\n\n"))),
      code: 230099,
    },
  ])("answers $code for $name", ({ card, code }) => {
    expect(codeOf(card)).toBe(code);
  });

  it("counts bytes, not characters", () => {
    const empty = read(cardOf(markdown("a", "好"))).bytes - 3;
    const most = "好".repeat(Math.floor((30_000 - empty) / 3));

    expect([codeOf(cardOf(markdown("a", most))), codeOf(cardOf(markdown("a", `${most}好`)))]).toEqual([
      0, 200860,
    ]);
  });

  it("follows smaller limits", () => {
    expect(codeOf(cardOf(markdown("a", "x".repeat(1500))), { maxBytes: 1500 })).toBe(200860);
    expect(codeOf(cardOf(...markdowns(13)), { maxElements: 12 })).toBe(300305);
    expect(codeOf(cardOf(table, table), { maxTables: 1 })).toBe(230099);
    expect(codeOf(cardOf(nested(2)), { maxNesting: 1 })).toBe(200220);
    expect(codeOf(cardOf(markdown("a", `${TABLE}\n\n${TABLE}`)), { maxTablesPerMarkdown: 1 })).toBe(230099);
  });

  it("counts as tables what the rule says", () => {
    const card = cardOf(table, table, markdown("a", TABLE));
    const counts = (["components-and-markdown", "components", "nothing"] as const).map(
      (countTables) => read(card, { countTables }).tables,
    );

    expect(counts).toEqual([3, 2, 0]);
  });
});

describe("given unknown properties and the rule to warn of them", () => {
  it("reads the card and notes them", () => {
    const warnings: string[] = [];

    read(
      { ...cardOf({ tag: "hr", colour: "red" }), config: { wide: 1 } },
      { unknownProperties: "warn" },
      warnings,
    );

    expect(warnings).toEqual([
      'unknown property "wide" at config',
      'unknown property "colour" at body.elements[0]',
    ]);
  });
});
