import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../../../test/setup/cases.ts";
import type { CutKind } from "./block-line.ts";
import { type ImageTargets, PENDING_IMAGE } from "./image-target.ts";
import type { MarkdownDialect } from "./inline-text.ts";
import { MarkdownFlow } from "./markdown-flow.ts";
import { markdownDeltas as deltas } from "./testing/markdown-arbitrary.ts";
import { nodesOf, parseMarkdown } from "./testing/parse-markdown.ts";

const dialect: MarkdownDialect = {
  isImageTarget: (target) => target.startsWith("img_"),
  passTags: new Set(["br"]),
};

/** Images that are made when a test says so; every other target is one that stays a link. */
class Workshop implements ImageTargets {
  readonly asked: string[] = [];
  readonly #keys: ReadonlyMap<string, string>;
  readonly #isDone: (target: string) => boolean;

  constructor(keys: ReadonlyMap<string, string>, isDone: (target: string) => boolean) {
    this.#keys = keys;
    this.#isDone = isDone;
  }

  targetOf(target: string) {
    if (target.startsWith("img_")) return target;
    if (!this.asked.includes(target)) this.asked.push(target);
    return this.#isDone(target) ? this.#keys.get(target) : PENDING_IMAGE;
  }
}

function open(images: ImageTargets) {
  const flowed = { display: "", cuts: [] as { at: number; kind: CutKind }[] };
  const markdown = new MarkdownFlow(
    dialect,
    {
      write: (text) => {
        flowed.display += text;
      },
      cut: (kind) => flowed.cuts.push({ at: flowed.display.length, kind: kind === "fence" ? "block" : kind }),
      takeTable: () => true,
    },
    images,
  );
  return { flowed, markdown };
}

const keys = new Map([
  ["https://example.com/cat.png", "img_v3_cat"],
  ["https://example.com/m.png", "img_v3_m"],
]);

/** Text that is shown where every image is known from the beginning. */
function shownAtOnce(text: string) {
  const { flowed, markdown } = open(new Workshop(keys, () => true));
  markdown.push(text);
  markdown.end();
  return flowed;
}

function awaiting(...done: string[]) {
  const known = new Set(done);
  const workshop = new Workshop(keys, (target) => known.has(target));
  return { ...open(workshop), workshop, finish: (target: string) => known.add(target) };
}

describe("given images that are being made", () => {
  it("shows the same text and the same cuts for every way to cut it into deltas and every order of the images", () => {
    const readiness = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(deltas, readiness, fc.boolean(), (parts, delays, isEager) => {
        let turn = 0;
        const since = new Map<string, number>();
        // Each image takes its own number of turns from when it was first asked for.
        const isDone = (target: string) => {
          const begun = since.get(target) ?? turn;
          since.set(target, begun);
          return turn - begun >= (delays[[...since.keys()].indexOf(target) % delays.length] ?? 0);
        };
        const { flowed, markdown } = open(new Workshop(keys, isDone));
        let before = "";
        for (const part of parts) {
          markdown.push(part);
          if (isEager) turn += 1;
          expect(flowed.display.startsWith(before)).toBe(true);
          before = flowed.display;
        }
        markdown.end();
        for (; markdown.isAwaiting && turn < 1_000; turn += 1) markdown.end();
        expect(flowed).toEqual(shownAtOnce(parts.join("")));
        expect(markdown.isHolding).toBe(false);
      }),
      { numRuns: cases(20) },
    );
  });

  it("shows no image but those that were made, also where the reader's patience ends first", () => {
    fc.assert(
      fc.property(deltas, fc.nat({ max: 4 }), (parts, patience) => {
        let turn = 0;
        const { flowed, markdown } = open(new Workshop(keys, () => turn >= patience));
        for (const part of parts) {
          markdown.push(part);
          markdown.release();
          turn += 1;
        }
        turn = patience;
        markdown.end();
        const nodes = nodesOf(parseMarkdown(flowed.display));
        const foreign = nodes.filter((node) => node.type === "image" && !node.url.startsWith("img_"));
        expect({ foreign, display: flowed.display }).toEqual({ foreign: [], display: flowed.display });
      }),
      { numRuns: cases(10) },
    );
  });

  it("holds the text from the image on, and nothing before it", () => {
    const { flowed, markdown, finish } = awaiting();
    markdown.push("看 ![cat](https://example.com/cat.png) 这只猫\n\n后面还有");
    expect(flowed.display).toBe("看 ");
    markdown.release();
    expect(flowed.display).toBe("看 ");
    finish("https://example.com/cat.png");
    markdown.push("");
    expect(flowed.display).toBe("看 ![cat](img_v3_cat) 这只猫\n\n后面还有");
  });

  it("asks for every image that is complete, wherever it waits", () => {
    const { markdown, workshop } = awaiting();
    markdown.push(
      "![a](u:1) then ![b](u:2)\n\n| h |\n|---|\n| ![c](u:3) |\n\n`![no](u:4)`\n```\n![no](u:5)\n```\n",
    );
    markdown.push("[![d](u:6)](https://e.com) ![e](u:7");
    expect(workshop.asked).toEqual(["u:1", "u:2", "u:3", "u:6"]);
    markdown.push(")");
    expect(workshop.asked).toEqual(["u:1", "u:2", "u:3", "u:6", "u:7"]);
  });

  it("keeps an emphasis around an image as it is", () => {
    const { flowed, markdown, finish } = awaiting();
    markdown.push("**大 ![cat](https://example.com/cat.png) 猫** 好");
    expect(flowed.display).toBe("");
    finish("https://example.com/cat.png");
    markdown.end();
    expect(flowed.display).toBe("**大 ![cat](img_v3_cat) 猫** 好");
  });

  it("waits for an image within a link as a whole", () => {
    const { flowed, markdown, finish } = awaiting();
    markdown.push("a [![x](https://example.com/cat.png)](https://example.com) b");
    expect(flowed.display).toBe("a ");
    finish("https://example.com/cat.png");
    markdown.end();
    expect(flowed.display).toBe("a [![x](img_v3_cat)](https://example.com) b");
  });

  it("leaves no image within the description of another", () => {
    const { flowed, markdown } = awaiting("https://example.com/cat.png");
    markdown.push("![a ![b](https://evil.example/x.png) <at id=all>](https://example.com/cat.png)");
    markdown.end();
    expect(flowed.display).toBe("![a [b](https://evil.example/x.png) &#60;at id=all>](img_v3_cat)");
  });
});

describe("given an image of bytes", () => {
  const url = `data:image/png;base64,${"iVBORw0KGgo".repeat(400)}`;

  it("waits for all of them while they come, however many they are", () => {
    const { flowed, markdown, workshop } = awaiting();
    const text = `图：![chart](${url})`;
    for (let at = 0; at < text.length; at += 50) {
      markdown.push(text.slice(at, at + 50));
      markdown.release();
    }
    expect(flowed.display).toBe("图：");
    expect(workshop.asked).toEqual([url]);
  });

  it("shows them as text when no more of them come", () => {
    const { flowed, markdown } = awaiting();
    markdown.push(`![chart](${url}`);
    markdown.release();
    expect(flowed.display).toBe("");
    markdown.release();
    expect(flowed.display.slice(0, 40)).toBe("![chart]&#40;data:image/png;base64,iVBOR");
  });

  it("shows its description where it cannot be drawn", () => {
    const { flowed, markdown } = awaiting(url);
    markdown.push(`![销售 *额*](${url}) end`);
    markdown.end();
    expect(flowed.display).toBe("🖼 销售 *额* end");
  });

  it("reads a megabyte in small deltas in less than a second", () => {
    const { markdown, workshop } = awaiting();
    const started = performance.now();
    markdown.push("![big](data:image/png;base64,");
    for (let delta = 0; delta < 65_000; delta += 1) markdown.push("iVBORw0KGgoAAAAN");
    markdown.push(")");
    expect(workshop.asked).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
