import type { Clock } from "@streamcard/core";
import { describe, expect, it } from "vitest";
import { type CardDesk, cardDesk } from "./testing/card-desk.ts";
import { toFeishuCard } from "./to-feishu-card.ts";

const wait = (clock: Clock, ms: number) => new Promise<void>((resolve) => void clock.setTimeout(resolve, ms));

async function* saying(words: readonly string[], clock: Clock, gapMs = 50) {
  for (const word of words) {
    yield { type: "text-delta", id: "1", text: word };
    await wait(clock, gapMs);
  }
  yield { type: "finish", finishReason: "stop" };
}

interface Component {
  readonly tag: string;
  readonly content?: string;
  readonly text?: { readonly content: string };
  readonly header?: { readonly title: { readonly content: string } };
  readonly columns?: readonly Component[];
  readonly elements?: readonly Component[];
}

/** Reads each lane: its head, then its blocks. */
function lanesOn({ emulator }: CardDesk, card = 0): string[][] {
  const json: unknown = emulator.cards()[card]?.json;
  return (json as { body: { elements: readonly Component[] } }).body.elements.flatMap(
    ({ tag, columns = [], header, elements = [] }) => {
      if (tag === "column_set") return columns.map((column) => lane((column.elements ?? []).map(wordsOf)));
      return tag === "collapsible_panel"
        ? [lane([header?.title.content ?? "", ...elements.map(wordsOf)])]
        : [];
    },
  );
}

/** The head as it is read, without its bold and its colour. */
function lane([head = "", ...words]: readonly string[]): string[] {
  return [head.replace(/\*\*|<\/?font[^>]*>/g, ""), ...words];
}

function wordsOf({ content, text }: Component): string {
  return content ?? text?.content ?? "";
}

describe("given several runs for one card", () => {
  it("shows them beside each other, each with its end, and finalizes with the last of them", async () => {
    const desk = cardDesk();
    const { clock, feishu, to } = desk;
    const runs = {
      gpt: () => saying(["天空", "是蓝色的"], clock),
      claude: () => saying(["因为", "瑞利散射", "，", "波长短"], clock, 400),
      broken: async () => {
        throw Object.assign(new Error("no such model"), { statusCode: 503 });
      },
    };
    const result = await clock.until(toFeishuCard(runs, { to, feishu, lanes: { titles: { gpt: "GPT" } } }));
    expect(result).toMatchObject({
      status: "finished",
      delivery: "card",
      lanes: {
        gpt: { status: "finished", text: "天空是蓝色的" },
        claude: { status: "finished", text: "因为瑞利散射，波长短" },
        broken: { status: "failed", reason: "error", text: "" },
      },
    });
    expect(lanesOn(desk)).toEqual([
      ["GPT 已完成 · 0.1 秒", "天空是蓝色的"],
      ["claude 已完成 · 1.6 秒", "因为瑞利散射，波长短"],
      [expect.stringMatching(/^broken 出错了/)],
    ]);
    expect(desk.seen()).toMatchObject([{ streaming: false, finalizations: 1, status: "已完成" }]);
  });

  it("runs as many at a time as it may, and says which wait for their turn", async () => {
    const desk = cardDesk();
    const { clock, feishu, to } = desk;
    let [running, most] = [0, 0];
    const run = (name: string) =>
      async function* () {
        running += 1;
        most = Math.max(most, running);
        yield* saying([`${name}说完了`], clock, 1_000);
        running -= 1;
      };
    const names = ["一", "二", "三", "四", "五"];
    const runs = Object.fromEntries(names.map((name) => [name, () => run(name)()]));
    const shown = toFeishuCard(runs, { to, feishu, lanes: { concurrency: 2 } });
    await clock.advance(500);
    expect(lanesOn(desk).map(([head]) => head)).toEqual([
      "一 生成中…",
      "二 生成中…",
      "三 排队中",
      "四 排队中",
      "五 排队中",
    ]);
    const { lanes } = await clock.until(shown);
    expect(most).toBe(2);
    expect(lanesOn(desk).map(([, text]) => text)).toEqual(names.map((name) => `${name}说完了`));
    expect(Object.keys(lanes ?? {})).toEqual(names);
  });

  it("stops all of them with the card", async () => {
    const desk = cardDesk();
    const { clock, feishu, to } = desk;
    const signals: AbortSignal[] = [];
    const run = ({ signal }: { signal: AbortSignal }) => {
      signals.push(signal);
      return saying(Array(100).fill("字"), clock);
    };
    const controller = new AbortController();
    const shown = toFeishuCard({ a: run, b: run }, { to, feishu, signal: controller.signal });
    await clock.advance(1_000);
    controller.abort();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    const result = await clock.until(shown);
    expect(result).toMatchObject({
      status: "stopped",
      lanes: { a: { status: "stopped" }, b: { status: "stopped" } },
    });
    expect(lanesOn(desk).map(([head]) => head?.replace(/[\d.]+ 秒$/, ""))).toEqual([
      "a 已停止 · ",
      "b 已停止 · ",
    ]);
  });

  it("P3: resolves where the signal was aborted before, and starts nothing", async () => {
    const { clock, feishu, to } = cardDesk();
    let started = 0;
    const run = () => {
      started += 1;
      return saying(["好"], clock);
    };
    const options = { to, feishu, signal: AbortSignal.abort() };
    expect(await clock.until(toFeishuCard({ a: run, b: run }, options))).toMatchObject({
      status: "stopped",
      reason: "aborted",
    });
    expect(started).toBe(0);
  });

  it("cancels every stream when the card is stopped, also those whose turn has not come", async () => {
    const { clock, feishu, to } = cardDesk();
    const cancelled: string[] = [];
    const endless = (name: string) =>
      new ReadableStream<string>({
        start: (controller) => controller.enqueue(name),
        cancel: () => void cancelled.push(name),
      });
    const stop = new AbortController();
    const shown = toFeishuCard(
      { a: endless("a"), b: endless("b"), c: endless("c") },
      { to, feishu, signal: stop.signal, lanes: { concurrency: 1 } },
    );
    await clock.advance(1_000);
    stop.abort();
    await clock.until(shown);
    expect(cancelled).toEqual(["a", "b", "c"]);
  });

  it("goes on with every lane on the next card", async () => {
    const desk = cardDesk();
    const { clock, feishu, to } = desk;
    const long = (word: string) => () => saying(Array(120).fill(`${word.repeat(100)}。\n\n`), clock, 20);
    const result = await clock.until(
      toFeishuCard({ a: long("天"), b: long("空") }, { to, feishu, lanes: { layout: "panels" } }),
    );
    expect(result).toMatchObject({ status: "finished", delivery: "card" });
    expect(result.cards.length).toBeGreaterThan(2);
    const shown = result.cards.map((_, card) => lanesOn(desk, card));
    expect(shown[0]?.map(([head]) => head)).toEqual(["a 未完，见下一张卡片", "b 未完，见下一张卡片"]);
    for (const [name, word] of [
      ["a", "天"],
      ["b", "空"],
    ] as const) {
      const texts = shown.flatMap((lanes) =>
        lanes.filter(([head]) => head?.startsWith(name)).flatMap(([, ...words]) => words),
      );
      expect(texts.join("")).toBe(result.lanes?.[name]?.text);
      expect(texts.join("").match(new RegExp(word, "g"))?.length).toBe(12_000);
    }
  });

  it.each([
    [{ concurrency: 0 }, "lanes.concurrency must be a whole number of at least 1, received 0"],
    [{ layout: "rows" as never }, 'lanes.layout must be "columns" or "panels", received "rows"'],
  ])("refuses %j", (lanes, words) => {
    const { feishu, to } = cardDesk();
    expect(() => toFeishuCard({ a: async () => [] as never }, { to, feishu, lanes })).toThrow(words);
  });

  it("refuses what is no run at once, with no card opened", () => {
    const { feishu, to, emulator } = cardDesk();
    expect(() => toFeishuCard({ a: { answer: "text" } as never }, { to, feishu })).toThrow(
      "A card shows the result",
    );
    expect(emulator.cards()).toEqual([]);
  });
});
