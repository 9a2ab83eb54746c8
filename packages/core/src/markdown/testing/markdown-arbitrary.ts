import fc from "fast-check";

const line = fc.oneof(
  fc.constantFrom(
    "",
    "",
    "",
    "天空为什么是蓝色的？",
    "光在大气中**散射**，短波更强。",
    "Plain words, and more of them.",
    "# 标题",
    "### Heading *three*",
    "Title",
    "---",
    "===",
    "***",
    "- item",
    "- 第二项 `code`",
    "* star",
    "+ plus",
    "  - nested",
    "    - deeper",
    "  continued",
    "1. first",
    "2. 第二",
    "10) tenth",
    "   lazy three",
    "    indented four",
    "> quote",
    "> - quoted item",
    "> ```",
    ">",
    "```",
    "```ts",
    "~~~",
    "````",
    "  ```",
    "- ```js",
    "```not `info`",
    "const a = 1; // `x`",
    "| a | b |",
    "|---|---|",
    "| 1 | 2 |",
    "a | b",
    ":-- | --:",
    "| 单列 |",
    "| --- |",
    "![cat](https://example.com/cat.png)",
    "![cat](img_v2_1)",
    "[link](https://example.com/a_(b))",
    "[![badge](https://example.com/b.svg)](https://example.com)",
    "<at id=all></at>",
    "a <b>bold</b> <br> c",
    "<br>",
    "<https://example.com/x>",
    "2 < 3 and 4 > 3",
    "**unclosed",
    "`unclosed",
    "closing` <at id=all></at> `again`",
    "~~gone~~ __b__ snake_case_name 2*3*4",
    "\\`not code\\` \\<at id=all> \\![x](y)",
    "![multi",
    "line](https://example.com/m.png)",
    "&amp; &#60;",
    "😀👨‍👩‍👧 emoji",
    "[1] [2](#a) [x]: y",
    "\t- tab",
    "-\ttab item",
    "-",
    "1.",
    "　全角空格",
  ),
  fc.string({
    unit: fc.constantFrom(...("ab 中。*_`~[]()!<>|#-+1.:\\&\t😀".match(/./gsu) as string[])),
    maxLength: 12,
  }),
);
/** Markdown with all kinds of blocks, well-formed and as models write it. */
export const markdownText = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom("\n", "\n", "\r\n"))
  .map(([lines, lineEnd]) => lines.join(lineEnd));

/** Markdown that is split into deltas at random places, also inside of surrogate pairs. */
export const markdownDeltas = fc
  .tuple(markdownText, fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 8 }))
  .map(([whole, sizes]) => {
    const parts: string[] = [];
    for (let at = 0, turn = 0; at < whole.length; turn += 1) {
      const size = 1 + (sizes[turn % sizes.length] ?? 0);
      parts.push(whole.slice(at, at + size));
      at += size;
    }
    return parts;
  });
