import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../../../test/setup/cases.ts";
import type { CutKind } from "./block-line.ts";
import type { MarkdownDialect } from "./inline-text.ts";
import { MarkdownFlow } from "./markdown-flow.ts";
import { markdownDeltas as deltas, markdownText as text } from "./testing/markdown-arbitrary.ts";
import { nodesOf, parseMarkdown as parse } from "./testing/parse-markdown.ts";

const strict: MarkdownDialect = {
  isImageTarget: (target) => target.startsWith("img_"),
  passTags: new Set(["br"]),
};
const lenient: MarkdownDialect = {
  isImageTarget: () => true,
  passTags: { has: () => true } as unknown as ReadonlySet<string>,
};

interface Flowed {
  display: string;
  cuts: { at: number; kind: CutKind }[];
}

interface FlowOptions {
  dialect?: MarkdownDialect;
  tables?: number;
  /** Give up holding back after every delta. */
  impatient?: boolean;
}

function flow(deltas: readonly string[], options: FlowOptions = {}): Flowed {
  const { dialect = strict, tables = Number.POSITIVE_INFINITY, impatient = false } = options;
  const flowed: Flowed = { display: "", cuts: [] };
  let left = tables;
  const markdown = new MarkdownFlow(dialect, {
    write: (text) => {
      flowed.display += text;
    },
    cut: (kind) => flowed.cuts.push({ at: flowed.display.length, kind: kind === "fence" ? "block" : kind }),
    takeTable: () => left-- > 0,
  });
  for (const delta of deltas) {
    markdown.push(delta);
    if (impatient) markdown.release();
  }
  markdown.end();
  return flowed;
}

/** Text that a reader sees before the run has ended. */
function shownSoFar(...deltas: string[]): string {
  let display = "";
  const markdown = new MarkdownFlow(strict, {
    write: (text) => {
      display += text;
    },
    cut: () => {},
    takeTable: () => true,
  });
  for (const delta of deltas) markdown.push(delta);
  return display;
}

const runs = { numRuns: cases(20) };

describe("given a table that is shown as code", () => {
  it("opens it in one piece, which a page turn before it does not close", () => {
    const openings: object[] = [];
    const markdown: MarkdownFlow = new MarkdownFlow(strict, {
      write: (display, piece) => {
        const { close } = markdown.bridge();
        if (display.startsWith("```")) openings.push({ display, isWhole: piece?.isWhole, close });
      },
      cut: () => {},
      takeTable: () => false,
    });
    markdown.push("| 列 |\n| - |\n| 值 |\n");
    expect(openings).toEqual([{ display: "```\n", isWhole: true, close: "" }]);
    expect(markdown.bridge().close).toBe("```");
  });
});

describe("given Markdown that needs no adapting", () => {
  it("shows it code point for code point, however it is cut into deltas", () => {
    fc.assert(
      fc.property(deltas, fc.boolean(), (parts, impatient) => {
        const { display } = flow(parts, { dialect: lenient, impatient });
        // The few forms that are escaped whatever the dialect, because clients differ on them.
        const escaped = /\\<|\\!\[|<[/!?]|<(?![A-Za-z])/;
        fc.pre(!escaped.test(parts.join("")) && !display.includes("&#"));
        expect(display).toBe(parts.join(""));
      }),
      runs,
    );
  });
});

describe("given a line of 200 KB", () => {
  // Where each token costs the whole line, or each construct all that was shown, this takes minutes.
  it.each(["天空为什么是蓝色的", "`a` 和 ", "<b>x</b> ", "**重要** "])(
    "reads %j, P3 in one piece and by tokens",
    (unit) => {
      const line = unit.repeat(Math.ceil(200_000 / unit.length));
      const tokens = line.match(/[\s\S]{1,30}/g) ?? [];
      expect(flow(tokens).display).toBe(flow([line]).display);
    },
  );
});

describe("given any Markdown", () => {
  it("shows the same text and the same cuts for every way to cut it into deltas", () => {
    fc.assert(
      fc.property(deltas, (parts) => {
        expect(flow(parts)).toEqual(flow([parts.join("")]));
      }),
      runs,
    );
  });

  it("cuts between blocks only where the whole text has a block's beginning", () => {
    fc.assert(
      fc.property(text, (whole) => {
        const { display, cuts } = flow([whole]);
        const starts = new Set(
          parse(display).children.map((node) => lineStart(display, node.position?.start.offset ?? 0)),
        );
        for (const { at, kind } of cuts) {
          if (kind === "block") expect(starts, JSON.stringify({ display, at })).toContain(at);
        }
      }),
      runs,
    );
  });

  it("leaves no foreign image, no tag and no table beyond the count in what the platform draws", () => {
    fc.assert(
      fc.property(deltas, fc.boolean(), fc.nat({ max: 2 }), (parts, impatient, tables) => {
        const { display } = flow(parts, { tables, impatient });
        const nodes = nodesOf(parse(display));
        const images = nodes.filter((node) => node.type === "image" && !node.url.startsWith("img_"));
        const tags = nodes.filter((node) => node.type === "html" && !/^<br>$/.test(node.value));
        expect({ images, tags, display }).toEqual({ images: [], tags: [], display });
        expect(nodes.filter((node) => node.type === "table").length, display).toBeLessThanOrEqual(tables);
      }),
      runs,
    );
  });
});

function lineStart(whole: string, offset: number): number {
  return whole.lastIndexOf("\n", offset - 1) + 1;
}

describe("given a tail that is undecided", () => {
  it.each([
    ["an open bold", "so **bo", "so "],
    ["half a link", "see [docs](https://exa", "see "],
    ["an open code span", "run `npm i", "run "],
    ["a list marker", "text\n-", "text\n"],
    ["a fence's info string", "```ty", ""],
    ["a table's header", "| a | b |\n", ""],
    ["half a surrogate pair", `smile ${"😀".charAt(0)}`, "smile "],
    ["a tag", "hello <a", "hello "],
  ])("holds back %s", (_name, raw, shown) => {
    expect(shownSoFar(raw)).toBe(shown);
  });

  it("shows it once it is decided", () => {
    expect(shownSoFar("so **bo", "ld** now")).toBe("so **bold** now");
    expect(shownSoFar("| a | b |\n", "|---|---|\n")).toBe("| a | b |\n|---|---|\n");
  });

  it("shows it unfinished when it grows too long", () => {
    expect(shownSoFar(`**${"长".repeat(300)}`)).toBe(`**${"长".repeat(300)}`);
  });
});

describe("given text that the platform would refuse or act upon", () => {
  it.each([
    ["a remote image", "![cat](https://e.com/c.png)!", "[cat](https://e.com/c.png)!"],
    [
      "a remote image without words",
      "![](https://e.com/c.png)",
      "[https://e.com/c.png](https://e.com/c.png)",
    ],
    ["an uploaded image", "![cat](img_v2_1)", "![cat](img_v2_1)"],
    ["a mention", "<at id=all></at>", "&#60;at id=all>&#60;/at>"],
    ["a mention in code", "`<at id=all>`", "`<at id=all>`"],
    ["a line break", "a<br>b", "a<br>b"],
    ["an address", "<https://e.com>", "<https://e.com>"],
    ["an image in a fence", "```\n![a](b)\n```", "```\n![a](b)\n```"],
    ["a lone surrogate", "a\ud800b", "a\ufffdb"],
  ])("puts %s in its harmless form", (_name, raw, shown) => {
    expect(flow([raw]).display).toBe(shown);
  });

  it("breaks an image that was shown before its target was known", () => {
    expect(flow(["![alt", "](https://e.com/c.png)"], { impatient: true }).display).toBe(
      "![alt]&#40;https://e.com/c.png)",
    );
  });

  it("shows a table beyond the count as code from its first character", () => {
    const table = "| a | b |\n|---|---|\n| 1 | 2 |\n";
    expect(flow([`${table}\n${table}\nend`], { tables: 1 }).display).toBe(
      `${table}\n\`\`\`\n${table}\`\`\`\n\nend`,
    );
  });

  it("takes what looks like a table, but begins too far to the right, for the paragraph that it is", () => {
    const paragraph = "text\n    | x | y |\n|---|---|\nmore text\n";
    expect(flow([paragraph], { tables: 0 }).display).toBe(paragraph);
  });
});

describe("given a cut inside a block", () => {
  function bridgeAfter(raw: string) {
    const markdown = new MarkdownFlow(strict, { write: () => {}, cut: () => {}, takeTable: () => true });
    markdown.push(raw);
    return markdown.bridge();
  }

  it("closes a fence and opens it again with its info string", () => {
    expect(bridgeAfter("```ts title=a\nconst a = 1;\n")).toMatchObject({
      close: "```",
      reopen: "```ts title=a\n",
    });
    expect(bridgeAfter("~~~~\nhalf a li")).toMatchObject({ close: "~~~~", reopen: "~~~~\n" });
  });

  it("repeats a table's header", () => {
    const header = "| a | b |\n|---|---|\n";
    expect(bridgeAfter(`${header}| 1 | 2 |\n`)).toMatchObject({ close: "", reopen: header });
  });

  it("needs nothing in a paragraph", () => {
    expect(bridgeAfter("Some words")).toMatchObject({ close: "", reopen: "" });
  });
});
