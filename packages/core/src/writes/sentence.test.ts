import { expect, test } from "vitest";
import { lengthOfSentences } from "./sentence.ts";

test.each([
  ["", ""],
  ["没有结束", ""],
  ["第一句。第二", "第一句。"],
  ["“真的吗？”她问", "“真的吗？”"],
  ["省略……还有", "省略……"],
  ["3.14 is pi. And", "3.14 is pi."],
  ["a line\nnext", "a line\n"],
  ["v1.2", ""],
])("of %j, %j is sentences", (text, sentences) => {
  expect(text.slice(0, lengthOfSentences(text))).toBe(sentences);
});
