import { describe, expect, it } from "vitest";
import { countTables, imageTargets } from "./markdown-facts.ts";

const TABLE = "| a | b |\n|---|---|\n| 1 | 2 |";

describe("given a markdown text, counting its tables", () => {
  it.each([
    { name: "no table", text: "a | b\nc | d", count: 0 },
    { name: "one table", text: TABLE, count: 1 },
    { name: "a table without outer pipes", text: "a | b\n--|:-:\n1 | 2", count: 1 },
    { name: "a header without its delimiter row yet", text: "| a | b |\n", count: 0 },
    { name: "a delimiter row of another width", text: "| a | b |\n|---|", count: 0 },
    { name: "a table of one column", text: "| a |\n|---|", count: 1 },
    { name: "a header without a cell", text: "|\n| --- |\n| 1 |", count: 0 },
    { name: "two tables", text: `${TABLE}\n\ntext\n\n${TABLE}`, count: 2 },
    { name: "a second header row inside a table", text: `${TABLE}\n| a | b |\n|---|---|`, count: 1 },
    { name: "a table in a fence", text: `\`\`\`\n${TABLE}\n\`\`\``, count: 0 },
    { name: "a table in a fence of tildes", text: `~~~md\n${TABLE}\n~~~`, count: 0 },
    { name: "a table in a fence that is still open", text: `\`\`\`\n${TABLE}`, count: 0 },
    { name: "a table after a fence", text: `\`\`\`\nx\n\`\`\`\n${TABLE}`, count: 1 },
    {
      name: "a longer fence around a shorter one",
      text: `\`\`\`\`\n\`\`\`\n${TABLE}\n\`\`\`\`\n${TABLE}`,
      count: 1,
    },
    { name: "a table in a quotation", text: TABLE.replace(/^/gm, "> "), count: 1 },
    { name: "escaped pipes", text: "| a \\| b |\n|---|\n| 1 |", count: 1 },
    { name: "a rule under text", text: "a\n---\nb", count: 0 },
    { name: "lines that end with carriage returns", text: TABLE.replaceAll("\n", "\r\n"), count: 1 },
  ])("finds $count in $name", ({ text, count }) => {
    expect(countTables(text)).toBe(count);
  });

  it("takes no long time for a hostile text", () => {
    const started = performance.now();
    for (const text of [
      "-".repeat(30_000),
      `|\n---${" ".repeat(30_000)}x`,
      "|-".repeat(15_000),
      "`".repeat(30_000),
    ]) {
      countTables(`a|b\n${text}\n|-`);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe("given a markdown text, finding its images", () => {
  it.each([
    { name: "none", text: "text [link](https://x.y)", targets: [] },
    { name: "one", text: "see ![alt](img_v3_1) here", targets: ["img_v3_1"] },
    { name: "several", text: "![a](k1)![b](k2)", targets: ["k1", "k2"] },
    { name: "an address", text: "![a](https://x.y/z.png)", targets: ["https://x.y/z.png"] },
    { name: "a title", text: '![a](k1 "title")', targets: ["k1"] },
    { name: "angle brackets", text: "![a](<k1>)", targets: ["k1"] },
    { name: "brackets in the text", text: "![a [b] c](k1)", targets: ["k1"] },
    { name: "parentheses in the address", text: "![a](http://x/(1))", targets: ["http://x/(1)"] },
    { name: "an image that is still being typed", text: "![a](https://x.y/z", targets: [] },
    { name: "an escaped image", text: "\\![a](k1)", targets: [] },
    { name: "an image in inline code", text: "`![a](k1)`", targets: [] },
    { name: "an image in a fence", text: "```\n![a](k1)\n```", targets: [] },
    { name: "an empty target", text: "![a]()", targets: [""] },
  ])("finds $name", ({ text, targets }) => {
    expect(imageTargets(text)).toEqual(targets);
  });

  it("takes no long time for a hostile text", () => {
    const started = performance.now();
    for (const unit of ["![", "![a](", "![a](b", "`![", "[![]("]) imageTargets(unit.repeat(6_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
