import { expect, test } from "vitest";
import { createRunState, reduce } from "../run/run-state.ts";
import { composeSummary } from "./summary.ts";

function summaryOf(...texts: string[]): string {
  const state = createRunState();
  for (const text of texts) {
    reduce(state, { type: "start-step" }, 0);
    reduce(state, { type: "text-delta", text }, 0);
  }
  return composeSummary(state);
}

test.each([
  ["", ""],
  ["你好，世界。", "你好，世界。"],
  ["### 标题\n\n正文**很重要**的一句", "标题 正文很重要的一句"],
  ["`12*34` is **408**", "12*34 is 408"],
  ["```ts\nconst a_b = 1 * 2;\n```\nthen", "const a_b = 1 * 2; then"],
  ["```ts\nconst a", "const a"],
  ["3*4 and snake_case and ~~gone~~", "3*4 and snake_case and gone"],
  ["| 颜色 | 波长 |\n| --- | :-: |\n| 红 | 700 |", "颜色 波长 红 700"],
  ["- one\n- [two](https://example.com)\n1. three", "one two three"],
  [`![图](data:image/png;base64,${"iVBOR".repeat(200)}) 之后`, "图"],
  [" \n ", ""],
  ["before\n\n---\n\nafter", "before after"],
])("the summary of %j is %j", (text, summary) => {
  expect(summaryOf(text)).toBe(summary);
});

test("the summary is of the last text, and at most 60 characters of it, whole ones", () => {
  expect(summaryOf("first", "second")).toBe("second");
  expect(summaryOf("first", "---\n")).toBe("first");
  expect(summaryOf("😀".repeat(61))).toBe(`${"😀".repeat(60)}…`);
});
