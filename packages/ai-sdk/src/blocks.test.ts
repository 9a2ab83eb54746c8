import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { cardCallbacks } from "./card-callbacks.ts";
import { cardTransform } from "./card-transform.ts";
import { type CardDesk, cardDesk } from "./testing/card-desk.ts";
import { type Major, majors, type RunOptions } from "./testing/majors.ts";
import { boom } from "./testing/scenarios.ts";
import {
  type Call,
  finish,
  image,
  reasoning,
  scriptedModel,
  source,
  text,
  toolCall,
} from "./testing/scripted-model.ts";
import { type ToFeishuCardOptions, toFeishuCard } from "./to-feishu-card.ts";

expectNoUnhandledRejections();

/** Thinks, calls two tools at once, one of which fails, and answers with a picture, from a source. */
const calls: readonly Call[] = [
  [
    ...reasoning("用户想知道天气。"),
    { afterMs: 1_200 },
    ...text("让我查一下。"),
    ...toolCall("weather", "call-1"),
    ...toolCall("news", "call-2"),
    finish("tool-calls"),
  ],
  [
    source("https://e.com/bj", "北京天气"),
    image(),
    ...text("北京是晴天。"),
    source("https://e.com/bj", "北京天气"),
    finish(),
  ],
];

function runOptions(desk: CardDesk, script = calls): RunOptions {
  const { clock } = desk;
  return {
    model: scriptedModel({ clock, calls: script }),
    maxSteps: 3,
    tools: {
      weather: { title: "天气", execute: () => clock.sleep(500).then(() => ({ sky: "晴" })) },
      news: {
        execute: async () => {
          await clock.sleep(200);
          throw boom;
        },
      },
    },
    onError: () => {},
  };
}

function show(
  major: Major,
  desk: CardDesk,
  { run = runOptions(desk), ...options }: ToFeishuCardOptions & { readonly run?: RunOptions } = {},
) {
  return toFeishuCard(({ signal }) => major.streamText({ ...run, abortSignal: signal }), {
    to: desk.to,
    feishu: desk.feishu,
    ...options,
  });
}

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
  footer: "scripted · 6 → 20 tokens · 首字 1.2 秒 · 共 1.8 秒",
  buttons: ["有帮助", "没帮助", "重新生成"],
});

const all = { footer: true, actions: true } as const;

describe.each(majors)(
  "given a run of ai $version that thinks, calls tools, draws and names its sources",
  (major) => {
    it("shows everything in its place", async () => {
      const desk = cardDesk();
      const result = await desk.until(show(major, desk, all));
      expect(result).toMatchObject({ status: "finished", text: "让我查一下。北京是晴天。" });
      expect(desk.blocks()).toEqual([everything(major)]);
    });

    it("shows what goes on, and a button to stop it", async () => {
      const desk = cardDesk();
      const shown = show(major, desk, all);
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
      const run = major.generateText(runOptions(desk));
      await desk.until(toFeishuCard(run, { to: desk.to, feishu: desk.feishu, ...all }));
      const { order, sources, images, tools } = everything(major);
      // How long each part took is nothing that the result tells.
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
      const stream = major.streamText(runOptions(desk)).toUIMessageStream({ sendSources: true });
      await desk.until(toFeishuCard(stream, { to: desk.to, feishu: desk.feishu, ...all }));
      const expected = everything(major);
      const [weather, news] = expected.tools;
      expect(desk.blocks()).toEqual([
        {
          ...expected,
          // The SDK keeps the words of errors from a browser.
          tools: [weather, { ...news, details: { 输入: input, 错误: expect.any(String) } }],
          footer: "首字 1.2 秒 · 共 1.8 秒",
        },
      ]);
    });

    it("shows the same by a transform", async () => {
      const desk = cardDesk();
      const card = desk.card(all);
      const run = major.streamText({ ...runOptions(desk), experimental_transform: cardTransform(card) });
      void run.consumeStream();
      await desk.until(card.result);
      expect(desk.blocks()).toEqual([{ ...everything(major) }]);
    });

    it("shows the same by callbacks, failures and images with the end of their step before version 7", async () => {
      const desk = cardDesk();
      const card = desk.card(all);
      const run = major.streamText({ ...runOptions(desk), ...cardCallbacks(card), onError: () => {} });
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
      const shown = show(major, desk, { run: { ...runOptions(desk, script), tools: { search } } });
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
      const run = runOptions(desk);
      const tools = { ...run.tools, weather: { ...run.tools?.weather, needsApproval: true } };
      const result = await desk.until(show(major, desk, { run: { ...run, tools }, ...all }));
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

describe.each(majors)("given a run of ai $version whose second request fails", (major) => {
  it("says what the steps before it took", async () => {
    const desk = cardDesk();
    const run = runOptions(desk, [calls[0] ?? [], { fails: boom }]);
    const result = await desk.until(show(major, desk, { run, footer: { model: true, tokens: true } }));
    expect(result).toMatchObject({ status: "failed", error: boom });
    expect(desk.blocks()).toMatchObject([{ footer: "scripted · 3 → 10 tokens" }]);
  });
});

describe("given options that say what is shown", () => {
  const [, , major] = majors as [Major, Major, Major];

  it("leaves out what is hidden", async () => {
    const desk = cardDesk();
    await desk.until(show(major, desk, { reasoning: "hide", tools: "hide", sources: false }));
    expect(desk.blocks()).toMatchObject([
      { order: ["text", "image", "text", "status"], footer: undefined, buttons: [] },
    ]);
  });

  it("names tools as the reader knows them, and shows of input and output what the mask leaves", async () => {
    const desk = cardDesk();
    const tools = {
      titles: { news: "新闻" },
      mask: (_value: unknown, { part }: { part: string }) => (part === "input" ? "***" : undefined),
    };
    await desk.until(show(major, desk, { tools }));
    expect(desk.blocks()).toMatchObject([
      {
        tools: [
          { line: "✓ 天气 · 0.5 秒", details: { 输入: "***" } },
          { line: "✕ 新闻 · 失败 · 0.2 秒", details: { 输入: "***" } },
        ],
      },
    ]);
    expect(JSON.stringify(desk.emulator.requests())).not.toContain("sky");
  });

  it("keeps reasoning open, and says in the footer what it is told to", async () => {
    const desk = cardDesk();
    await desk.until(show(major, desk, { reasoning: "show", footer: { model: "通义千问", tokens: true } }));
    expect(desk.blocks()).toMatchObject([
      { reasoning: [{ folded: false }], footer: "通义千问 · 6 → 20 tokens" },
    ]);
  });

  it("lays the card out as the user wants it", async () => {
    const desk = cardDesk();
    const hint = { type: "element", id: "hint", element: { tag: "hr" } } as const;
    await desk.until(
      show(major, desk, { layout: (blocks) => [...blocks.filter(({ type }) => type !== "tool"), hint] }),
    );
    expect(desk.blocks()).toMatchObject([
      { order: ["reasoning", "text", "image", "text", "sources", "status", "u_hint"] },
    ]);
  });

  it("sends a card once where it does not stream, and tells of the end of a long run", async () => {
    const desk = cardDesk();
    await desk.until(show(major, desk, { streaming: false, notify: { afterMs: 1_000 } }));
    expect(desk.seen()).toMatchObject([{ texts: ["让我查一下。", "北京是晴天。"], status: "已完成" }]);
    expect(desk.emulator.cards()[0]?.streamingPeriods).toEqual([]);
    expect(desk.emulator.messages(desk.to).map(({ text }) => text)).toEqual([
      undefined,
      "已完成：北京是晴天。",
    ]);
  });

  it.each<[object, string]>([
    [{ reasoning: "hidden" }, 'reasoning must be "fold", "show" or "hide", received "hidden"'],
    [{ tools: true }, 'tools must be "show", "hide" or an object, received boolean'],
    [{ sources: "yes" }, 'sources must be true or false, received "yes"'],
    [{ footer: "model" }, 'footer must be true, false or an object, received "model"'],
    [{ actions: ["stop"] }, "actions must be true, false or an object, received an instance of Array"],
    [
      { actions: { halt: true } },
      'actions has the members stop, feedback, regenerate, approve, received "halt"',
    ],
    [{ footer: { model: 4 } }, "footer.model must be true, false or a name, received number"],
    [{ footer: { tokens: "in" } }, 'footer.tokens must be true or false, received "in"'],
    [{ tools: { details: 2_048 } }, "tools.details must be true or false, received number"],
    [{ layout: {} }, "layout must be a function, received"],
    [
      { notify: "always" },
      'notify must be true, false or { afterMs }, a number of milliseconds, received "always"',
    ],
  ])("refuses what is no such option: %o", (options, message) => {
    const desk = cardDesk();
    expect(() => show(major, desk, options)).toThrow(message);
    expect(desk.emulator.requests()).toEqual([]);
  });
});
