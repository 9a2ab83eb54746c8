import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { cardCallbacks } from "./card-callbacks.ts";
import { cardTransform } from "./card-transform.ts";
import { busyCalls, busyRun, showRun } from "./testing/busy-run.ts";
import { cardDesk } from "./testing/card-desk.ts";
import { type Major, majors } from "./testing/majors.ts";
import { boom } from "./testing/scenarios.ts";
import { type Call, finish, text, toolCall } from "./testing/scripted-model.ts";
import { toFeishuCard } from "./to-feishu-card.ts";

expectNoUnhandledRejections();

/** The name that version 5 has, or the title that later ones know. */
const toolTitle = ({ version }: Major) => (version === 5 ? "weather" : "天气");

const input = JSON.stringify({ city: "北京" }, null, 2);

const everything = (major: Major) => ({
  order: ["reasoning", "text", "tool", "tool", "image", "text", "sources", "status", "footer", "actions"],
  reasoning: [{ title: "已思考 1.2 秒", text: "用户想知道天气。", folded: true }],
  tools: [
    {
      line: `✓ ${toolTitle(major)} · 0.5 秒`,
      details: { 输入: input, 输出: JSON.stringify({ sky: "晴" }, null, 2) },
      buttons: [],
    },
    { line: "✕ news · 失败 · 0.2 秒", details: { 输入: input, 错误: "boom" }, buttons: [] },
  ],
  sources: ["1. [北京天气](https://e.com/bj)"],
  images: [expect.stringMatching(/^img_/)],
  footer: "scripted · 6 → 20 tokens · 首字 不到 0.1 秒 · 共 1.8 秒",
  buttons: ["有帮助", "没帮助", "重新生成"],
});

const all = { footer: true, actions: true } as const;

describe.each(majors)(
  "given a run of ai $version that thinks, calls tools, draws and names its sources",
  (major) => {
    it("shows everything in its place", async () => {
      const desk = cardDesk();
      const result = await desk.until(showRun(major, desk, all));
      expect(result).toMatchObject({ status: "finished", text: "让我查一下。北京是晴天。" });
      expect(desk.blocks()).toEqual([everything(major)]);
    });

    it("shows what goes on, and a button to stop it", async () => {
      const desk = cardDesk();
      const shown = showRun(major, desk, all);
      await desk.clock.advance(800);
      expect(desk.blocks()).toMatchObject([
        {
          order: ["reasoning", "actions"],
          reasoning: [{ title: "思考中…", text: "用户想知道天气。", folded: false }],
          buttons: ["停止"],
        },
      ]);
      await desk.clock.advance(850);
      expect(desk.blocks()).toMatchObject([
        {
          order: ["reasoning", "text", "tool", "tool", "actions"],
          reasoning: [{ folded: true }],
          tools: [
            { line: `○ ${toolTitle(major)} · 进行中…`, details: { 输入: input } },
            { line: "✕ news · 失败 · 0.2 秒", details: { 错误: "boom" } },
          ],
        },
      ]);
      await desk.until(shown);
    });

    it("shows a finished generateText() in the same way", async () => {
      const desk = cardDesk();
      const run = major.generateText(busyRun(desk));
      await desk.until(toFeishuCard(run, { to: desk.to, feishu: desk.feishu, ...all }));
      const { order, sources, images, tools } = everything(major);
      // The result does not tell the times of its parts.
      const lines = tools.map(({ line, ...tool }) => ({ ...tool, line: line.replace(/ · [\d.]+ 秒$/, "") }));
      expect(desk.blocks()).toMatchObject([
        {
          order,
          sources,
          images,
          tools: lines,
          footer: expect.stringMatching(/^scripted · 6 → 20 tokens · /),
        },
      ]);
    });

    it("shows the same by a UI message stream, which tells no usage and no model", async () => {
      const desk = cardDesk();
      const stream = major.streamText(busyRun(desk)).toUIMessageStream({ sendSources: true });
      await desk.until(toFeishuCard(stream, { to: desk.to, feishu: desk.feishu, ...all }));
      const expected = everything(major);
      const [weather, news] = expected.tools;
      expect(desk.blocks()).toEqual([
        {
          ...expected,
          // The SDK keeps the words of errors from a browser.
          tools: [weather, { ...news, details: { 输入: input, 错误: expect.any(String) } }],
          footer: "首字 不到 0.1 秒 · 共 1.8 秒",
        },
      ]);
    });

    it("shows the same by a transform", async () => {
      const desk = cardDesk();
      const card = desk.card(all);
      const run = major.streamText({ ...busyRun(desk), experimental_transform: cardTransform(card) });
      void run.consumeStream();
      await desk.until(card.result);
      expect(desk.blocks()).toEqual([{ ...everything(major) }]);
    });

    it("shows the same by callbacks, failures and images with the end of their step before version 7", async () => {
      const desk = cardDesk();
      const card = desk.card(all);
      const run = major.streamText({ ...busyRun(desk), ...cardCallbacks(card), onError: () => {} });
      void run.consumeStream();
      await desk.until(card.result);
      const expected = everything(major);
      const [weather, news] = expected.tools;
      const late = {
        tools: [weather, { ...news, line: "✕ news · 失败 · 0.5 秒" }],
        order: expected.order.with(4, "text").with(5, "image"),
      };
      expect(desk.blocks()).toEqual([{ ...expected, ...(major.version < 7 && late) }]);
    });

    it("replaces a preliminary result by the next one", async () => {
      const desk = cardDesk();
      const script: Call[] = [
        [...toolCall("search"), finish("tool-calls")],
        [...text("找到两条。"), finish()],
      ];
      const search = {
        async *execute() {
          yield "找到一条";
          await desk.clock.sleep(1_000);
          yield "找到两条";
        },
      };
      const shown = showRun(major, desk, { run: { ...busyRun(desk, script), tools: { search } } });
      await desk.clock.advance(600);
      expect(desk.blocks()).toMatchObject([
        { tools: [{ line: "○ search · 进行中…", details: { 输出: "找到一条" } }] },
      ]);
      await desk.until(shown);
      expect(desk.blocks()).toMatchObject([
        { tools: [{ line: "✓ search · 1.0 秒", details: { 输出: "找到两条" } }] },
      ]);
    });

    it("asks for a tool's approval, where the SDK does and somebody hears of the answer", async () => {
      if (major.version === 5) return;
      const desk = cardDesk();
      const run = busyRun(desk);
      const tools = { ...run.tools, weather: { ...run.tools?.weather, needsApproval: true } };
      const result = await desk.until(showRun(major, desk, { run: { ...run, tools }, ...all }));
      expect(result).toMatchObject({ status: "finished", reason: "waiting" });
      expect(desk.blocks()).toMatchObject([
        {
          tools: [
            { line: "● 天气 · 等待批准", details: { 输入: input }, buttons: ["批准", "拒绝"] },
            { line: expect.stringContaining("news"), buttons: [] },
          ],
          buttons: [],
        },
      ]);
    });
  },
);

describe.each(majors)("given a run of ai $version that ends before its tools", (major) => {
  it("says that they are not finished, and keeps those that are", async () => {
    const desk = cardDesk();
    const controller = new AbortController();
    const shown = showRun(major, desk, { signal: controller.signal });
    await desk.clock.advance(1_650);
    controller.abort();
    await desk.until(shown);
    expect(desk.seen()).toMatchObject([{ status: "已停止" }]);
    const [, news] = everything(major).tools;
    expect(desk.blocks()).toMatchObject([
      { tools: [{ line: `○ ${toolTitle(major)} · 未完成`, details: { 输入: input } }, news] },
    ]);
  });

  it("says that the result of a tool that runs elsewhere is waited for", async () => {
    const desk = cardDesk();
    const run = { ...busyRun(desk, busyCalls.slice(0, 1)), tools: { weather: {}, news: {} } };
    await desk.until(showRun(major, desk, { run }));
    expect(desk.seen()).toMatchObject([{ status: "等待处理" }]);
    expect(desk.blocks()).toMatchObject([
      { tools: [{ line: "● weather · 等待结果" }, { line: "● news · 等待结果" }] },
    ]);
  });
});

describe.each(majors)("given a run of ai $version whose second request fails", (major) => {
  it("says what the steps before it took", async () => {
    const desk = cardDesk();
    const run = busyRun(desk, [busyCalls[0] ?? [], { fails: boom }]);
    const result = await desk.until(showRun(major, desk, { run, footer: { model: true, tokens: true } }));
    expect(result).toMatchObject({ status: "failed", error: boom });
    expect(desk.blocks()).toMatchObject([{ footer: "scripted · 3 → 10 tokens" }]);
  });
});
