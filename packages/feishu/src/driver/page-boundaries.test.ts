import type { CardEvent, CardStream } from "@streamcard/core";
import type { CardSnapshot } from "@streamcard/emulator";
import { describe, expect, it } from "vitest";
import type { FeishuCardOptions } from "../feishu-card-options.ts";
import { feishuInVirtualTime } from "../testing/feishu-in-virtual-time.ts";
import { seenCard } from "../testing/seen-card.ts";
import type { CardLimits } from "./card-profile.ts";

const everything: FeishuCardOptions = { footer: true, actions: true };
const documented: Partial<CardLimits> = { bytes: 30_000, elements: 200 };
const words = "光在大气中散射，**短波长**的蓝光更强，所以天空是蓝色的。\n\n";

/** Reads from the error of a small card the room that these options, with a number of lanes, need. */
function leastLimits(options: FeishuCardOptions, lanes = 0): Partial<CardLimits> {
  const { feishu, to } = feishuInVirtualTime();
  let limits: Partial<CardLimits> = { bytes: 1_500, elements: 6 };
  const open = () => {
    const card = feishu.card({ ...options, to, limits });
    for (let lane = 0; lane < lanes; lane += 1) card.lane(`lane ${lane}`);
    void card.stop();
  };
  for (;;) {
    try {
      open();
      return limits;
    } catch (error) {
      const [bytes, elements] = /at least (\d+) bytes and (\d+) elements/.exec(String(error))?.slice(1) ?? [];
      if (bytes === undefined || elements === undefined) throw error;
      limits = { bytes: Number(bytes), elements: Number(elements) };
    }
  }
}

/** A card on a platform that allows not one byte more than the card is told. */
async function play(
  limits: Partial<CardLimits>,
  {
    options = everything,
    run,
  }: { options?: FeishuCardOptions; run: (say: Say, card: CardStream) => Promise<void> },
) {
  const { bytes = 0, elements = 0 } = limits;
  const { feishu, to, clock, emulator } = feishuInVirtualTime({
    rules: { maxBytes: bytes, maxElements: elements },
  });
  const card = feishu.card({ ...options, to, limits });
  void card.signal;
  await run(async (...events) => {
    for (const event of events) {
      card.push(event);
      await clock.advance(60);
    }
    if (events.length === 0) await clock.advance(60);
  }, card);
  const result = await clock.until(card.finish());
  expect(result).toMatchObject({ status: "finished", delivery: "card", finalizedBy: "changes" });
  expect(emulator.requests().filter(({ code }) => code !== 0)).toEqual([]);
  const cards = emulator.cards();
  expect(cards.slice(0, -1).map((one) => seenCard(one).status)).toEqual(
    cards.slice(1).map(() => "未完，见下一张卡片"),
  );
  expect(seenCard(cards.at(-1) as CardSnapshot).status).toBe("已完成");
  return { cards, result, said: cards.map(elementsOf) };
}

type Say = (...events: (CardEvent | string)[]) => Promise<void>;

/** Reads the texts on a card, by the ids of their elements. */
function elementsOf({ json }: CardSnapshot): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("element_id" in value) found.set(String(value.element_id), JSON.stringify(value));
    for (const child of Object.values(value)) visit(child);
  };
  visit(json.body);
  return found;
}

function withIds(cards: readonly Map<string, string>[], kind: RegExp): [id: string, json: string][] {
  return cards.flatMap((card) => [...card].filter(([id]) => kind.test(id)));
}

function textOf(cards: readonly Map<string, string>[]): string {
  return withIds(cards, /^answer/)
    .map(([, json]) => JSON.parse(json).content)
    .join("");
}

const row = /^sc_tool_\d+$/;

function countedIn(cards: readonly Map<string, string>[]): number {
  const counts = withIds(cards, /^sc_tool_count_/).map(([, json]) => /还有 (\d+) 次/.exec(json)?.[1]);
  return counts.reduce((sum, count) => sum + Number(count), 0);
}

const call = (toolCallId: string): CardEvent => ({
  type: "tool-call",
  toolCallId,
  toolName: "search",
  input: { query: "天空为什么是蓝色的" },
});
const result = (toolCallId: string): CardEvent => ({
  type: "tool-result",
  toolCallId,
  output: "散射 ".repeat(40),
});
const text = (count: number): string[] => Array.from({ length: count }, () => words);

describe.each([
  ["the least there is", leastLimits(everything)],
  ["a small card", { bytes: 8_000, elements: 60 }],
  ["the documented limits", documented],
])("given %s", (_name, limits) => {
  /** Paragraphs for more than two cards, and for most of one. */
  const many = Math.ceil((limits.bytes ?? 0) / words.length);
  const most = Math.floor((limits.bytes ?? 0) / 150);

  it("goes on with a tool call behind the text that turned the page, and with text behind that", async () => {
    const { cards, said } = await play(limits, {
      run: (say) => say(...text(many), call("a"), result("a"), ...text(3)),
    });
    expect(cards.length).toBeGreaterThan(1);
    expect(textOf(said)).toBe(words.repeat(many + 3));
    const rows = withIds(said, row);
    expect(rows).toEqual([[expect.anything(), expect.stringContaining("✓ search")]]);
  });

  it("takes a call that is still running to the next card, and shows its end there alone", async () => {
    const { cards, said } = await play(limits, {
      run: (say) => say("先查。", call("a"), ...text(many), result("a"), "好了。"),
    });
    expect(cards.length).toBeGreaterThan(1);
    expect(withIds(said.slice(0, 1), row)).toEqual([]);
    expect(withIds(said, row)).toEqual([[expect.anything(), expect.stringContaining("✓ search")]]);
  });

  it("thinks on over the page, and folds where it ends", async () => {
    const thought = words.repeat(70);
    const { said, cards } = await play(limits, {
      run: (say) => say(...text(most), ...thoughtOf(thought), { type: "start-step" }, "答案。"),
    });
    const shown = withIds(said, /^sc_thought_/).map(([, json]) => JSON.parse(json).content);
    expect(shown.join("")).toBe(thought);
    const panels = withIds(said, /^sc_reasoning_/).map(([, json]) => JSON.parse(json));
    expect(panels.length).toBeGreaterThan(1);
    expect(panels.at(-1)).toMatchObject({ expanded: false });
    expect(JSON.stringify(panels)).not.toContain("思考中");
    expect(cards.at(-1)?.elements.map(({ content }) => content)).toContain("答案。");
  });

  it.each([
    ["one after the other", (ids: string[]) => ids.flatMap((id) => [call(id), result(id)])],
    ["at once", (ids: string[]) => [...ids.map(call), ...ids.map(result)]],
    ["at once, and half of them go on", (ids: string[]) => [...ids.map(call), ...ids.slice(30).map(result)]],
  ])("shows or counts each of sixty calls, %s", async (_way, events) => {
    const ids = Array.from({ length: 60 }, (_, index) => `${index}`);
    const { said } = await play(limits, { run: (say) => say(...events(ids), "好了。") });
    const rows = withIds(said, row);
    expect(countedIn(said)).toBeGreaterThan(0);
    expect(rows.length + countedIn(said)).toBe(60);
    expect(rows.filter(([, json]) => json.includes("进行中"))).toEqual([]);
  });

  it("gives sources a card of their own where the last one is full", async () => {
    const sources = Array.from(
      { length: 20 },
      (_, index): CardEvent => ({
        type: "source",
        sourceType: "url",
        id: `${index}`,
        url: `https://example.com/${index}`,
        title: `来源 ${index} ${"很长的标题".repeat(8)}`,
      }),
    );
    const { said } = await play(limits, { run: (say) => say(...text(many), ...sources) });
    const panels = withIds(said, /^sc_sources$/);
    expect(panels).toEqual([[expect.anything(), expect.stringContaining("20 个来源")]]);
    expect([...(said.at(-1)?.keys() ?? [])]).toContain("sc_sources");
  });
});

function thoughtOf(whole: string): CardEvent[] {
  return (whole.match(/[\s\S]{1,200}/g) ?? []).map((part) => ({
    type: "reasoning-delta",
    id: "r",
    text: part,
  }));
}

describe.each(["column", "panel"] as const)("given lanes, each a %s", (layout) => {
  it.each([
    ["the least there is", leastLimits(everything, 3)],
    ["the documented limits", documented],
  ])("each goes on under its own name on the next card, with %s", async (_name, limits) => {
    const names = ["甲", "乙", "丙"];
    const { cards, said } = await play(limits, {
      run: async (say, card) => {
        const lanes = names.map((title) => card.lane(title, { layout }));
        for (let turn = 0; turn < 150; turn += 1) {
          for (const [at, lane] of lanes.entries()) lane.push(`${names[at]}${words}`);
          await say();
        }
        for (const lane of lanes) lane.finish();
      },
    });
    expect(cards.length).toBeGreaterThan(1);
    for (const name of names) {
      const lanes = withIds(said, /^sc_lane_\d+$/).filter(([, json]) => json.includes(`**${name}**`));
      expect(lanes.map(([, json]) => JSON.stringify(json)).join("")).not.toMatch(/生成中|排队中/);
      expect(lanes.map(([, json]) => textIn(JSON.parse(json))).join("")).toBe(`${name}${words}`.repeat(150));
    }
  });
});

function textIn(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const { element_id: id, content } = value as { element_id?: string; content?: string };
  const own = id?.startsWith("answer") === true ? (content ?? "") : "";
  return own + Object.values(value).map(textIn).join("");
}

describe("given a card that is too small for what it is to show", () => {
  it("says how large it has to be", () => {
    const { feishu, to } = feishuInVirtualTime();
    expect(() => feishu.card({ to, ...everything, limits: { bytes: 2_000, elements: 20 } })).toThrow(
      /needs limits of at least \d+ bytes and \d+ elements, and has 2000 and 20/,
    );
  });

  it("refuses the lane that no longer fits", () => {
    const { feishu, to } = feishuInVirtualTime();
    const card = feishu.card({ to, limits: leastLimits({}, 2) });
    card.lane("a");
    card.lane("b");
    expect(() => card.lane("c")).toThrow("A card with 3 lanes needs limits");
    void card.stop();
  });
});
