import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../../../test/setup/cases.ts";
import type { CardBlock } from "../contract/card-block.ts";
import type { DriverProfile } from "../contract/card-driver.ts";
import { type ImageTargets, PENDING_IMAGE } from "../markdown/image-target.ts";
import { markdownDeltas } from "../markdown/testing/markdown-arbitrary.ts";
import { nodesOf, parseMarkdown } from "../markdown/testing/parse-markdown.ts";
import type { RunPart, TextPart } from "../run/run-part.ts";
import { TextLog } from "../run/text-log.ts";
import { RecordingDriver } from "../testing/recording-driver.ts";
import type { LaneView } from "../view/lane-view.ts";
import { ElementPager } from "./element-pager.ts";

const { profile } = new RecordingDriver();
const shrunk: DriverProfile = { ...profile, maxBytes: 1_500, maxElements: 12, maxTables: 1, baseBytes: 300 };

function textPart(text = ""): TextPart {
  const log = new TextLog();
  log.append(text);
  return { type: "text", id: "1", order: 0, log, willEnd: false, startedAt: 0, isEnded: false };
}

const noImages: ImageTargets = {
  targetOf: (target) => (profile.dialect?.isImageTarget(target) ? target : undefined),
};

function pagerFor(own: DriverProfile = profile, images = noImages): ElementPager {
  return new ElementPager({
    profile: own,
    foot: { bytes: 0, elements: 0 },
    hasReadyTexts: true,
    view: {
      drawTool: ({ toolName, status }, { id }) => ({ type: "tool", id, title: toolName, status }),
      drawReasoning: ({ endedAt }, id) => ({
        type: "reasoning",
        id,
        isThinking: endedAt === undefined,
        isFolded: false,
      }),
    },
    images: { keyOf: () => undefined, isLost: () => false, targetOf: (target) => images.targetOf(target) },
  });
}

function lane(...parts: RunPart[]): LaneView[] {
  return [{ key: "", parts, tool: () => undefined }];
}

function textsOn(pager: ElementPager, page: number) {
  return pager.blocks(page, true).filter((block: CardBlock) => block.type === "text");
}

function slicesOf(pager: ElementPager): string[][] {
  return Array.from({ length: pager.pageCount }, (_, page) => textsOn(pager, page).map(({ text }) => text));
}

function paginated(text: string, limits: Partial<DriverProfile> = {}): string[][] {
  const pager = pagerFor({ ...profile, ...limits });
  const run = { ...textPart(text), isEnded: true };
  pager.update(lane(run));
  return slicesOf(pager);
}

const paragraph = (character: string) => `${character.repeat(120)}\n\n`;

/** Reads the text after each of its parts, as when each of them may be written by itself. */
function pagerAfter(parts: readonly string[], limits: Partial<DriverProfile> = {}): ElementPager {
  const pager = pagerFor({ ...profile, ...limits });
  const run = textPart();
  for (const part of parts) {
    run.log.append(part);
    pager.update(lane(run));
  }
  return pager;
}

describe("given text on one page", () => {
  it("closes a slice at the end of a block past 300 bytes, where nothing has come on one side since it was read last", () => {
    const parts = [paragraph("天"), paragraph("空"), "蓝"];
    expect(slicesOf(pagerAfter(parts))).toEqual([parts]);
  });

  it("closes it where less than a third of a write has come behind the end", () => {
    const [head, tail] = ["天".repeat(120), "。\n\n"];
    expect(slicesOf(pagerAfter([head, `${tail}日落时分`, "的光"]))).toEqual([
      [`${head}${tail}`, "日落时分的光"],
    ]);
    expect(slicesOf(pagerAfter([head, `${tail}日落时分的天边`, "光"]))).toEqual([
      [`${head}${tail}日落时分的天边光`],
    ]);
  });

  it("closes it before code, and at three times the size, whatever has come", () => {
    const code = "```\nconst a = 1;\n```\n";
    expect(slicesOf(pagerAfter([`${paragraph("天")}${code}`]))).toEqual([[paragraph("天"), code]]);
    expect(paginated(`${paragraph("天").repeat(3)}空空空空空空空`)).toEqual([
      [paragraph("天").repeat(3), "空空空空空空空"],
    ]);
  });

  it("keeps short blocks in one slice", () => {
    expect(paginated("# One\n\ntwo\n\nthree")).toEqual([["# One\n\ntwo\n\nthree"]]);
  });

  it("cuts a list between items only past half a kilobyte", () => {
    const item = `- ${"项".repeat(100)}\n`;
    const items = Array.from({ length: 8 }, () => item);
    expect(slicesOf(pagerAfter(items))).toEqual([Array.from({ length: 4 }, () => item.repeat(2))]);
  });

  it("never cuts a fence", () => {
    const fence = `\`\`\`ts\n${"const a = 1;\n\n".repeat(200)}\`\`\`\n`;
    expect(paginated(`${fence}\nafter`)).toEqual([[`${fence}\n`, "after"]]);
  });
});

describe("given an answer that has outgrown a slice", () => {
  const readyIds = (pager: ElementPager) =>
    pager.blocks(0, false).flatMap((block) => (block.type === "text" && block.text === "" ? [block.id] : []));

  it("keeps three texts ready, of which the next slice takes the first", () => {
    const first = pagerAfter([paragraph("天")]);
    expect(readyIds(first)).toEqual([]);
    const second = pagerAfter([paragraph("天"), "空"]);
    expect(readyIds(second)).toEqual(["text-3", "text-4", "text-5"]);
    const third = pagerAfter([paragraph("天"), paragraph("空"), "蓝"]);
    expect(textsOn(third, 0).map(({ id }) => id)).toEqual(["text-1", "text-2", "text-3"]);
    expect(readyIds(third)).toEqual(["text-4", "text-5", "text-6"]);
  });

  it("keeps none where little room is left, and none on a page that was left", () => {
    const narrow = { maxBytes: 1_200, baseBytes: 100 };
    expect(readyIds(pagerAfter([paragraph("天"), "空"], narrow))).toEqual([]);
    const turned = pagerAfter([paragraph("天").repeat(90), "空"]);
    expect(turned.pageCount).toBe(2);
    expect(readyIds(turned)).toEqual([]);
  });
});

describe("given a table that ends with its page", () => {
  it("does not repeat its header where no row follows", () => {
    const table = `| a | b |\n|---|---|\n${"| 一 | 二 |\n".repeat(40)}`;
    for (let maxBytes = 400; maxBytes < 900; maxBytes += 1) {
      const shown = paginated(`${table}\n完`, { maxBytes, baseBytes: 100 }).flat().join("");
      expect(shown, `${maxBytes} bytes`).not.toMatch(/\|---\|---\|\n\n/);
    }
  });
});

describe("given more text than a page holds", () => {
  it("turns the page at the end of a block", () => {
    const pages = paginated(paragraph("天").repeat(8), { maxBytes: 2_000, baseBytes: 100 });
    expect(pages.map((slices) => slices.join(""))).toEqual([
      paragraph("天").repeat(4),
      paragraph("天").repeat(4),
    ]);
  });

  it("closes an open fence and opens it again with its info string", () => {
    const code = `\`\`\`ts title=x\n${"const a = 1;\n".repeat(200)}\`\`\`\n`;
    const pages = paginated(code, { maxBytes: 1_500, baseBytes: 100 });
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, slices] of pages.entries()) {
      expect(slices.join("").startsWith("```ts title=x\n")).toBe(true);
      expect(slices.join("").trimEnd().endsWith("\n```"), `page ${index}`).toBe(true);
    }
  });

  it("repeats a table's header", () => {
    const header = "| a | b |\n|---|---|\n";
    const pages = paginated(`${header}${"| 一 | 二 |\n".repeat(150)}`, { maxBytes: 1_500, baseBytes: 100 });
    expect(pages.length).toBeGreaterThan(1);
    for (const slices of pages) expect(slices.join("").startsWith(header)).toBe(true);
  });

  it("leaves a page that holds other things for what has to stay in one piece, and shows nothing empty there", () => {
    const tool = { type: "tool", toolCallId: "a", order: 0 } as const;
    const parts = [tool, { ...textPart("\\<答"), order: 1, isEnded: true }];
    const run = { ...tool, toolName: "search", status: "done", startedAt: 0 } as const;
    for (let maxBytes = 300; maxBytes < 620; maxBytes += 1) {
      const pager = pagerFor({ ...profile, maxBytes, baseBytes: 100 });
      pager.update([{ key: "", parts, tool: () => run }]);
      const slices = slicesOf(pager).flat();
      expect(slices, `${maxBytes} bytes`).not.toContain("");
      expect(slices[0], `${maxBytes} bytes`).toMatch(/^&#60;/);
    }
  });

  it("cuts one long paragraph at the end of a sentence", () => {
    const pages = paginated("今天天气很好。".repeat(150), { maxBytes: 1_500, baseBytes: 100 });
    expect(pages.length).toBeGreaterThan(1);
    for (const slices of pages) expect(slices.join("").endsWith("。")).toBe(true);
  });

  it("cuts a word of any length", () => {
    const pages = paginated("长".repeat(2_000), { maxBytes: 1_500, baseBytes: 100 });
    expect(pages.flat().join("")).toBe("长".repeat(2_000));
  });
});

describe("given any Markdown, any pages", () => {
  const runs = { numRuns: cases(10) };
  const twoTexts = fc.array(fc.tuple(fc.nat({ max: 1 }), markdownDeltas), { minLength: 1, maxLength: 12 });

  it("only ever lets text grow, and keeps every page within the limits", () => {
    fc.assert(
      fc.property(twoTexts, fc.boolean(), (script, isReleasing) => {
        const pager = pagerFor(shrunk);
        const texts = [textPart(), { ...textPart(), order: 1 }];
        let before: Map<string, string>[] = [];
        for (const [index, deltas] of script) {
          for (const delta of deltas) texts[index]?.log.append(delta);
          pager.update(lane(...texts), { isReleasing });
          const now = Array.from({ length: pager.pageCount }, (_, page) => {
            return new Map(textsOn(pager, page).map(({ id, text }) => [id, text]));
          });
          for (const [page, slices] of before.entries()) {
            for (const [id, slice] of slices) expect(now[page]?.get(id)?.startsWith(slice)).toBe(true);
          }
          before = now;
        }
        for (const text of texts) text.isEnded = true;
        pager.update(lane(...texts));
        const nothing = new Map<string, number>();
        const pages = Array.from({ length: pager.pageCount }, (_, page) => page);
        const unshown = pages.map((page) => pager.textAfter(page, nothing)).join("");
        const whole = texts.map(({ log }) => log.toString()).join("");
        // Where texts are written in turns, their parts on one page stand together.
        expect([...unshown].sort()).toEqual([...whole].sort());
        for (const page of pages) {
          const all = new Map(textsOn(pager, page).map(({ id, text }) => [id, text.length]));
          expect(pager.textAfter(page, all)).toBe("");
        }
        for (const slices of slicesOf(pager)) {
          const bytes = slices.reduce((sum, slice) => sum + 60 + shrunk.bytesOf(slice), 300);
          expect(bytes).toBeLessThanOrEqual(shrunk.maxBytes);
          expect(slices.length + shrunk.baseElements).toBeLessThanOrEqual(shrunk.maxElements);
          const tables = slices
            .flatMap((slice) => nodesOf(parseMarkdown(slice)))
            .filter(({ type }) => type === "table");
          expect(tables.length, slices.join("~~~~")).toBeLessThanOrEqual(shrunk.maxTables);
        }
      }),
      runs,
    );
  }, 30_000);

  it("does so while images are made, in whatever time, and keeps texts in their order (P1, P5)", () => {
    const delays = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 5 });
    const twoTextsInARow = fc.tuple(markdownDeltas, markdownDeltas);
    fc.assert(
      fc.property(twoTextsInARow, delays, (texts, delays) => {
        const begun = new Map<string, number>();
        let turn = 0;
        const images: ImageTargets = {
          targetOf(target) {
            if (target.startsWith("img_")) return target;
            const since = begun.get(target) ?? turn;
            begun.set(target, since);
            const nth = [...begun.keys()].indexOf(target);
            if (turn - since < (delays[nth % delays.length] ?? 0)) return PENDING_IMAGE;
            return nth % 3 === 2 ? undefined : `img_v3_${nth}`;
          },
        };
        const pager = pagerFor(shrunk, images);
        const written: TextPart[] = [];
        let before: Map<string, string>[] = [];
        const update = () => {
          turn += 1;
          pager.update(lane(...written));
          const now = Array.from({ length: pager.pageCount }, (_, page) => {
            return new Map(textsOn(pager, page).map(({ id, text }) => [id, text]));
          });
          for (const [page, slices] of before.entries()) {
            for (const [id, slice] of slices) expect(now[page]?.get(id)?.startsWith(slice)).toBe(true);
          }
          before = now;
        };
        for (const deltas of texts) {
          const text = textPart();
          written.push(text);
          for (const delta of deltas) {
            text.log.append(delta);
            update();
          }
          text.isEnded = true;
        }
        do update();
        while (turn < 200);
        const pages = Array.from({ length: pager.pageCount }, (_, page) => page);
        const unshown = pages.map((page) => pager.textAfter(page, new Map())).join("");
        expect(unshown).toBe(texts.flat().join(""));
        for (const page of pages) {
          const all = new Map(textsOn(pager, page).map(({ id, text }) => [id, text.length]));
          expect(pager.textAfter(page, all)).toBe("");
        }
      }),
      runs,
    );
  }, 30_000);

  it("keeps the slices of texts that are written in turns together", () => {
    const pager = pagerFor({ ...shrunk, maxBytes: 28_000, maxElements: 180 });
    const texts = [textPart(), { ...textPart(), order: 1 }];
    const paragraph = `${"字".repeat(200)}\n\n`;
    for (let turn = 0; turn < 6; turn += 1) {
      texts[turn % 2]?.log.append(`${turn}${paragraph}`);
      pager.update(lane(...texts));
    }
    for (const text of texts) text.isEnded = true;
    pager.update(lane(...texts));
    expect(textsOn(pager, 0).map(({ text }) => text[0])).toEqual(["0", "2", "4", "1", "3", "5"]);
  });

  it("knows what text of the run stands behind any place of what is shown", () => {
    fc.assert(
      fc.property(markdownDeltas, fc.integer({ min: 0, max: 99 }), (deltas, percent) => {
        const source = deltas.join("");
        const text = { ...textPart(source), isEnded: true };
        const pager = pagerFor(shrunk);
        pager.update(lane(text));
        const pages = Array.from({ length: pager.pageCount }, (_, page) => page);
        const cut = Math.floor((percent / 100) * pages.length);
        const behind = pages.slice(cut).map((page) => pager.textAfter(page, new Map()));
        expect(source.toWellFormed().endsWith(behind.join("").toWellFormed())).toBe(true);
        if (cut === 0) expect(behind.join("")).toBe(source);
      }),
      runs,
    );
  });
});
