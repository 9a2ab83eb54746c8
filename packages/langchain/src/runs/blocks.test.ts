import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { question } from "../testing/agents.ts";
import { busyAgent } from "../testing/busy-agent.ts";
import { cardDesk } from "../testing/card-desk.ts";
import { lines } from "../testing/lines.ts";
import { scriptedModel } from "../testing/scripted-model.ts";

expectNoUnhandledRejections();

const all = { footer: true, actions: true } as const;
const input = JSON.stringify({ city: "北京" }, null, 2);

const everything = {
  order: ["reasoning", "text", "tool", "tool", "text", "sources", "status", "footer", "actions"],
  reasoning: [{ title: "已思考 1.2 秒", text: "用户想知道天气。", folded: true }],
  tools: [
    {
      line: "✓ weather · 0.5 秒",
      details: { 输入: input, 输出: JSON.stringify({ sky: "晴" }, null, 2) },
      buttons: [],
    },
    {
      line: "✕ news · 失败 · 0.2 秒",
      details: { 输入: input, 错误: expect.stringContaining("boom") },
      buttons: [],
    },
  ],
  sources: ["1. [北京天气](https://e.com/bj)"],
  images: [],
  footer: expect.stringMatching(/^scripted · 6 → 20 tokens · 首字 不到 0\.1 秒 · 共 1\.8 秒$/),
  buttons: ["有帮助", "没帮助", "重新生成"],
};

describe.each(lines)("given an agent of LangChain $version that thinks, calls tools and cites", (line) => {
  it("shows everything in its place", async () => {
    const desk = cardDesk();
    await desk.until(busyAgent(line, desk).invoke(question, desk.handler(all).run()));
    expect(desk.blocks()).toEqual([everything]);
  });

  it("shows what goes on, and a button to stop it", async () => {
    const desk = cardDesk();
    const invoked = busyAgent(line, desk).invoke(question, desk.handler(all).run());
    await desk.pass(800);
    expect(desk.blocks()).toMatchObject([
      {
        order: ["reasoning", "actions"],
        reasoning: [{ title: "思考中…", folded: false }],
        buttons: ["停止"],
      },
    ]);
    await desk.pass(850);
    expect(desk.blocks()).toMatchObject([
      {
        order: ["reasoning", "text", "tool", "tool", "actions"],
        tools: [
          { line: "○ weather · 进行中…", details: { 输入: input } },
          { line: "✕ news · 失败 · 0.2 秒" },
        ],
      },
    ]);
    await desk.until(invoked);
  });

  it.each(["messages", "updates", ["messages", "updates"]])(
    "shows the same by its stream, mode %j",
    async (...mode) => {
      const desk = cardDesk();
      const streamMode = (mode.length === 1 ? mode[0] : mode) as never;
      await desk.piped(busyAgent(line, desk).stream(question, { streamMode }), all);
      const [weather, news] = everything.tools;
      expect(desk.blocks()).toMatchObject([
        {
          order: everything.order,
          reasoning: [{ text: "用户想知道天气。" }],
          tools: [{ details: weather?.details }, { details: news?.details }],
          sources: everything.sources,
          footer: expect.stringMatching(/^scripted · 6 → 20 tokens/),
        },
      ]);
    },
  );

  it("shows what the stream mode tools tells, when it does, where there is one", async () => {
    if (line.version === "0.3") return;
    const desk = cardDesk();
    for (const streamMode of ["tools", ["messages", "tools"]] as never[]) {
      await desk.piped(busyAgent(line, desk).stream(question, { streamMode }));
    }
    const [weather, news] = everything.tools;
    const tools = [weather, { ...news, details: { 输入: input, 错误: "boom" } }];
    expect(desk.blocks()).toMatchObject([
      { order: ["tool", "tool", "status"], tools },
      { order: everything.order.slice(0, -2), tools },
    ]);
  });

  it("shows the same by streamEvents(), which 0.3 tells no failures of tools", async () => {
    const desk = cardDesk();
    await desk.piped(busyAgent(line, desk).streamEvents(question, { version: "v2" }), all);
    const [weather, news] = everything.tools;
    const late = { ...news, line: "✕ news · 失败 · 0.5 秒" };
    expect(desk.blocks()).toEqual([
      { ...everything, tools: [weather, line.version === "0.3" ? late : news] },
    ]);
  });

  it("shows an agent whose model cannot stream", async () => {
    const desk = cardDesk();
    await desk.until(busyAgent(line, desk, { streams: false }).invoke(question, desk.handler(all).run()));
    const { order, tools, sources } = everything;
    expect(desk.blocks()).toMatchObject([
      { order, tools, sources, reasoning: [{ title: "思考过程", text: "用户想知道天气。" }] },
    ]);
  });

  it("hides, names and masks what it is told to", async () => {
    const desk = cardDesk();
    const tools = {
      titles: { weather: "天气" },
      mask: (value: unknown, { part }: { part: string }) =>
        part === "output" ? { ...(value as object), sky: "***" } : undefined,
    };
    const handler = desk.handler({ reasoning: "hide", sources: false, tools });
    await desk.until(busyAgent(line, desk).invoke(question, handler.run({ footer: { tokens: true } })));
    const [blocks] = desk.blocks();
    expect(blocks).toMatchObject({
      order: ["text", "tool", "tool", "text", "status", "footer"],
      footer: "6 → 20 tokens",
    });
    expect(blocks?.tools[0]).toEqual({
      line: "✓ 天气 · 0.5 秒",
      details: { 输出: JSON.stringify({ sky: "***" }, null, 2) },
      buttons: [],
    });
  });

  it("names the model as it was asked for, where the answer does not", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["你好。"], ["你好。"]] });
    await desk.until(model.invoke("?", desk.handler({ footer: { model: true } }).run()));
    await desk.piped(model.streamEvents("?", { version: "v2" }), { footer: { model: true } });
    expect(desk.blocks()).toMatchObject([{ footer: "asked-for" }, { footer: "asked-for" }]);
  });
});

describe("given options that can never work", () => {
  it("refuses them before any run", () => {
    const desk = cardDesk();
    expect(() => desk.handler({ reasoning: "hidden" as never })).toThrow('"fold", "show" or "hide"');
    expect(() => desk.handler().run({ footer: "model" as never })).toThrow("footer must be");
  });
});
