import { type CardSource, pipeToCard } from "@streamcard/core";
import type { FeishuCardOptions } from "@streamcard/feishu";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { createAgent, humanInTheLoopMiddleware } from "langchain";
import { describe, expect, it } from "vitest";
import { outcome, question, weatherTool } from "./testing/agents.ts";
import { type CardDesk, cardDesk } from "./testing/card-desk.ts";
import { type Line, lines } from "./testing/lines.ts";
import {
  finish,
  type ModelOptions,
  type ModelStep,
  reasoning,
  scriptedModel,
  toolCall,
  usage,
} from "./testing/scripted-model.ts";

expectNoUnhandledRejections();

const cited: ModelStep = {
  chunk: {
    content: [
      {
        type: "text",
        text: "北京是晴天。",
        annotations: [{ type: "url_citation", url: "https://e.com/bj", title: "北京天气" }],
      },
    ],
  },
};

/** Thinks, calls two tools at once, one of which fails, and answers from a source. */
const calls: readonly (readonly ModelStep[])[] = [
  [
    reasoning("用户想"),
    reasoning("知道天气。"),
    { waitMs: 1_200 },
    "让我查一下。",
    ...toolCall("weather", { city: "北京" }, "call-1", 1),
    ...toolCall("news", { city: "北京" }, "call-2", 2),
    usage(3, 10),
    finish("tool_calls"),
  ],
  [{ waitMs: 100 }, cited, usage(3, 10), finish("stop")],
];

function agentOf(line: Line, desk: CardDesk, options: Partial<ModelOptions> = {}) {
  const { clock } = desk;
  const weather = () => clock.sleep(500).then(() => ({ sky: "晴" }));
  const news = async () => {
    await clock.sleep(200);
    throw new Error("boom");
  };
  return line.prebuilt.createReactAgent({
    llm: scriptedModel(line, { clock, calls, ...options }),
    tools: [weatherTool(line, weather), weatherTool(line, news, "news")],
  });
}

/** An image of one point. */
const POINT =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

type StreamEvents = (input: unknown, options: { version: "v2" }) => unknown;

const piped = (desk: CardDesk, source: unknown, options: FeishuCardOptions = all) =>
  desk.until(pipeToCard(source as CardSource, desk.feishu.card({ to: desk.to, ...options })));

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
  footer: expect.stringMatching(/^scripted · 6 → 20 tokens · 首字 1\.2 秒 · 共 1\.8 秒$/),
  buttons: ["有帮助", "没帮助", "重新生成"],
};

describe.each(lines)("given an agent of LangChain $version that thinks, calls tools and cites", (line) => {
  it("shows everything in its place", async () => {
    const desk = cardDesk();
    await desk.until(agentOf(line, desk).invoke(question, desk.handler(all).run()));
    expect(desk.blocks()).toEqual([everything]);
  });

  it("shows what goes on, and a button to stop it", async () => {
    const desk = cardDesk();
    const invoked = agentOf(line, desk).invoke(question, desk.handler(all).run());
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
      await piped(desk, agentOf(line, desk).stream(question, { streamMode }));
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

  it("shows the same by streamEvents(), which 0.3 tells no failures of tools", async () => {
    const desk = cardDesk();
    await piped(desk, agentOf(line, desk).streamEvents(question, { version: "v2" }));
    const [weather, news] = everything.tools;
    const late = { ...news, line: "✕ news · 失败 · 0.5 秒" };
    expect(desk.blocks()).toEqual([
      { ...everything, tools: [weather, line.version === "0.3" ? late : news] },
    ]);
  });

  it("shows an agent whose model cannot stream", async () => {
    const desk = cardDesk();
    await desk.until(agentOf(line, desk, { streams: false }).invoke(question, desk.handler(all).run()));
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
    await desk.until(agentOf(line, desk).invoke(question, handler.run({ footer: { tokens: true } })));
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
    await piped(desk, model.streamEvents("?", { version: "v2" }), { footer: { model: true } });
    expect(desk.blocks()).toMatchObject([{ footer: "asked-for" }, { footer: "asked-for" }]);
  });
});

describe.each(lines)("given what else runs of LangChain $version do", (line) => {
  const retriever = () =>
    new line.fakes.FakeRetriever({
      output: [
        { pageContent: "晴", metadata: { source: "https://e.com/bj", title: "北京天气" } },
        { pageContent: "晴", metadata: { source: "/srv/手册.md" } },
        { pageContent: "晴", metadata: {} },
      ] as never,
    });
  const answering = (desk: CardDesk, ...call: ModelStep[]) =>
    scriptedModel(line, { clock: desk.clock, calls: [[...call, "北京是晴天。", finish("stop")]] });
  const found = ["1. [北京天气](https://e.com/bj)", "2. 手册.md"];

  it("names the documents that a retriever found", async () => {
    const desk = cardDesk();
    const chain = line.runnables.RunnableSequence.from([
      retriever(),
      () => "北京天气？",
      answering(desk) as never,
    ]);
    await desk.until(chain.invoke("北京", desk.handler().run()));
    await piped(desk, (chain.streamEvents as never as StreamEvents)("北京", { version: "v2" }));
    expect(desk.blocks()).toMatchObject([{ sources: found }, { sources: found }]);
  });

  it("names no documents of a retriever that is tagged nostream", async () => {
    const desk = cardDesk();
    await desk.until(retriever().invoke("北京", { ...desk.handler().run(), tags: ["nostream"] }));
    expect(desk.blocks()).toMatchObject([{ sources: [] }]);
  });

  it.each([
    ["OpenAI's form", { type: "image_url", image_url: { url: `data:image/png;base64,${POINT}` } }],
    ["LangChain's form", { type: "image", mimeType: "image/png", data: POINT }],
  ])("draws an image that the model made, in %s", async (_name, part) => {
    const desk = cardDesk();
    const model = answering(desk, { chunk: { content: [part] } } as ModelStep);
    await desk.untilDrawn(model.invoke("?", desk.handler().run()));
    expect(desk.blocks()).toMatchObject([
      { order: ["image", "text", "status"], images: [expect.stringMatching(/^img_/)] },
    ]);
  });

  it("shows what a tool says in parts, and what one says that hands over to another node", async () => {
    const desk = cardDesk();
    const { ToolMessage } = line.messages;
    const said = { 输出: "晴\n[image]" };
    const content = [
      { type: "text", text: "晴" },
      { type: "image", data: POINT },
    ] as never;
    const parts = new ToolMessage({ content, tool_call_id: "call-parts" });
    const update = { messages: [new ToolMessage({ content: "转给天气专家。", tool_call_id: "call-over" })] };
    const agent = line.prebuilt.createReactAgent({
      llm: scriptedModel(line, {
        clock: desk.clock,
        calls: [
          [...toolCall("parts", { city: "北京" }), finish("tool_calls")],
          [...toolCall("over", { city: "北京" }), finish("tool_calls")],
          ["晴天。", finish("stop")],
        ],
      }),
      tools: [
        weatherTool(line, () => parts, "parts"),
        weatherTool(line, () => new line.langgraph.Command({ update }), "over"),
      ],
    });
    await desk.until(agent.invoke(question, desk.handler().run()));
    expect(desk.blocks()).toMatchObject([
      { tools: [{ details: said }, { details: { 输出: "转给天气专家。" } }] },
    ]);
  });

  it("asks for an approval in a tool that waits for one, and goes on with the tool on the next card", async () => {
    const desk = cardDesk();
    const { Command, MemorySaver, interrupt } = line.langgraph;
    const agent = line.prebuilt.createReactAgent({
      llm: scriptedModel(line, { clock: desk.clock, calls }),
      tools: [weatherTool(line, () => interrupt("可以吗？")), weatherTool(line, () => "没有", "news")],
      checkpointer: new MemorySaver() as never,
    });
    const configurable = { thread_id: "1" };
    const run = () => ({ ...desk.handler(all).run(), configurable });
    await desk.until(outcome(agent.invoke(question, run())));
    expect(desk.blocks()).toMatchObject([
      {
        tools: [{ line: "● weather · 等待批准", details: { 输入: input }, buttons: ["批准", "拒绝"] }, {}],
        buttons: [],
      },
    ]);
    await desk.until(agent.invoke(new Command({ resume: "晴" }) as never, run()));
    expect(desk.seen()).toMatchObject([{ status: "等待处理" }, { status: "已完成" }]);
    expect(desk.blocks()[1]?.tools[0]).toMatchObject({
      line: "✓ weather",
      details: { 输入: input, 输出: "晴" },
      buttons: [],
    });
  });
});

describe("given options that can never work", () => {
  it("refuses them before any run", () => {
    const desk = cardDesk();
    expect(() => desk.handler({ reasoning: "hidden" as never })).toThrow('"fold", "show" or "hide"');
    expect(() => desk.handler().run({ footer: "model" as never })).toThrow("footer must be");
  });
});

/** Its types and those of its middleware do not go together under `exactOptionalPropertyTypes`. */
const makeAgent = createAgent as never as (options: object) => ReturnType<typeof agentOf>;

describe("given createAgent with a human in the loop", () => {
  it("asks for the approval of a tool that has not begun", async () => {
    const [line] = lines as [Line];
    const desk = cardDesk();
    const agent = makeAgent({
      model: scriptedModel(line, { clock: desk.clock, calls: calls.slice(0, 1).concat(calls) }),
      tools: [weatherTool(line, () => "晴"), weatherTool(line, () => "没有", "news")],
      middleware: [humanInTheLoopMiddleware({ interruptOn: { weather: true } } as never)],
      checkpointer: new line.langgraph.MemorySaver(),
    });
    const configurable = { thread_id: "1" };
    await desk.until(agent.invoke(question, { ...desk.handler(all).run(), configurable }));
    const streamed = { streamMode: ["messages", "updates"] as never, configurable: { thread_id: "2" } };
    await piped(desk, agent.stream(question, streamed));
    const waiting = { line: "● weather · 等待批准", buttons: ["批准", "拒绝"] };
    for (const card of [0, 1]) {
      expect(desk.seen()[card]).toMatchObject({ status: "等待处理" });
      expect(desk.blocks()[card]?.tools[0]).toMatchObject(waiting);
    }
  });
});
