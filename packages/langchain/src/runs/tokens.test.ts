import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { done, question, weatherAgent } from "../testing/agents.ts";
import { cardDesk } from "../testing/card-desk.ts";
import { lines } from "../testing/lines.ts";
import { listeningHandler } from "../testing/listening-handler.ts";
import {
  finish,
  type ModelStep,
  reasoning,
  scriptedModel,
  toolCall,
  usage,
} from "../testing/scripted-model.ts";

expectNoUnhandledRejections();

const spoken = ["你好，", { waitMs: 200 }, "世界。", finish("stop")] satisfies ModelStep[];

describe.each(lines)("given LangChain $version", (line) => {
  it("streams what invoke() does not ask to be streamed", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, {
      clock: desk.clock,
      calls: [["你好，这是开头。", { waitMs: 5_000 }, "这是结尾。"]],
    });
    const invoked = model.invoke("?", { callbacks: [desk.handler()] });
    await desk.pass(2_000);
    expect(desk.seen()).toMatchObject([{ texts: ["你好，这是开头。"], streaming: true }]);
    await desk.until(invoked);
    expect(desk.seen()).toEqual([done(["你好，这是开头。这是结尾。"])]);
  });

  it.each([
    ["a model that cannot stream", { streams: false }],
    ["tokens without their chunks", { withChunks: false }],
  ])("shows the text of %s once", async (_name, options) => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [spoken], ...options });
    await desk.until(model.invoke("?", { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["你好，世界。"])]);
  });

  it("shows an agent whose model cannot stream", async () => {
    const desk = cardDesk();
    const agent = weatherAgent(line, desk, { streams: false });
    await desk.until(agent.invoke(question, { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["查一下。", "北京是晴天。"])]);
  });

  it.each([
    "FakeListChatModel",
    "FakeStreamingChatModel",
    "FakeLLM",
    "FakeStreamingLLM",
    "FakeChatModel",
  ] as const)("shows the text of the testing kit's %s once", async (name) => {
    const { fakes, messages } = line;
    const models = {
      FakeListChatModel: () => new fakes.FakeListChatModel({ responses: ["你好，世界。"] }),
      FakeStreamingChatModel: () =>
        new fakes.FakeStreamingChatModel({ responses: [new messages.AIMessage("你好，世界。") as never] }),
      FakeLLM: () => new fakes.FakeLLM({ response: "你好，世界。" }),
      FakeStreamingLLM: () => new fakes.FakeStreamingLLM({ responses: ["你好，世界。"] }),
      FakeChatModel: () => new fakes.FakeChatModel({}),
    };
    const desk = cardDesk();
    const input = name === "FakeChatModel" ? "你好，世界。" : "?";
    await desk.until(
      (models[name]() as never as { invoke: (...args: unknown[]) => Promise<unknown> }).invoke(input, {
        callbacks: [desk.handler()],
      }),
    );
    expect(desk.seen()).toEqual([done(["你好，世界。"])]);
  });

  it("shows an answer that comes from the cache once", async () => {
    const desk = cardDesk();
    const { InMemoryCache } = await import("@langchain/core/caches");
    const model = scriptedModel(line, { clock: desk.clock, calls: [spoken] });
    (model as { cache?: unknown }).cache = new InMemoryCache();
    for (const _ of [1, 2]) await desk.until(model.invoke("?", { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["你好，世界。"]), done(["你好，世界。"])]);
  });

  it("shows no JSON of a tool's input, which Anthropic's tokens hold", async () => {
    const desk = cardDesk();
    const [name, half, rest] = toolCall("weather", { city: "北京" }) as { chunk: object }[];
    const pieces = [half, rest].map((piece) => ({ ...piece, token: '{"city":' })) as ModelStep[];
    const text = { chunk: { content: [{ type: "text", text: "查一下。", index: 0 }] }, token: "查一下。" };
    const calls = [[text, name as ModelStep, ...pieces, finish("tool_use")]];
    const model = scriptedModel(line, { clock: desk.clock, calls });
    await desk.until(model.invoke("?", { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(["查一下。"], "等待处理")]);
  });

  it("tells reasoning, tool calls, results and usage", async () => {
    const desk = cardDesk();
    const { handler, of } = listeningHandler(desk);
    const calls = [
      [
        reasoning("先想"),
        reasoning("一想"),
        "查一下。",
        ...toolCall("weather", { city: "北京" }),
        usage(10, 5),
        finish("tool_calls"),
      ],
      ["北京是晴天。", usage(20, 7), finish("stop")],
    ];
    await desk.until(weatherAgent(line, desk, { calls }).invoke(question, { callbacks: [handler] }));
    expect(
      of("reasoning-start", "reasoning-delta", "reasoning-end").map((event) => "text" in event && event.text),
    ).toEqual([false, "先想", "一想", false]);
    expect(
      of("tool-input-start", "tool-input-delta", "tool-call", "tool-result", "tool-error"),
    ).toMatchObject([
      { type: "tool-input-start", toolName: "weather" },
      { type: "tool-input-delta" },
      { type: "tool-input-delta" },
      { type: "tool-call", toolCallId: "call-weather", toolName: "weather", input: { city: "北京" } },
      { type: "tool-result", toolCallId: "call-weather", toolName: "weather", output: "晴" },
    ]);
    expect(of("start-step", "finish-step", "finish")).toMatchObject([
      { type: "start-step" },
      {
        type: "finish-step",
        finishReason: "tool-calls",
        usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
      },
      { type: "start-step" },
      {
        type: "finish-step",
        finishReason: "stop",
        usage: { inputTokens: 20, outputTokens: 7, totalTokens: 27 },
      },
      {
        type: "finish",
        finishReason: "stop",
        totalUsage: { inputTokens: 30, outputTokens: 12, totalTokens: 42 },
      },
    ]);
  });

  it("tells reasoning that comes as content blocks, and only once", async () => {
    const desk = cardDesk();
    const { handler, of } = listeningHandler(desk);
    const calls = [
      [
        { chunk: { content: [{ type: "thinking", thinking: "想" }] } },
        {
          chunk: {
            content: [{ type: "reasoning", reasoning: "再想" }],
            additional_kwargs: { reasoning: { summary: [{ text: "再想" }] }, reasoning_content: "再想" },
          },
        },
        { chunk: { content: [{ type: "text", text: "你好", index: 1 }] } },
      ] as ModelStep[],
    ];
    await desk.until(scriptedModel(line, { clock: desk.clock, calls }).invoke("?", { callbacks: [handler] }));
    expect(of("reasoning-delta")).toMatchObject([{ text: "想" }, { text: "再想" }]);
    expect(desk.seen()).toEqual([done(["你好"])]);
  });

  it.each([
    ["an error", { city: "北京" }, new Error("坏了")],
    ["a failed schema, for which no callback fires", { town: 1 }, undefined],
  ])("tells how a tool failed: %s", async (_name, input, error) => {
    const desk = cardDesk();
    const { handler, of } = listeningHandler(desk);
    const calls = [
      [...toolCall("weather", input), finish("tool_calls")],
      ["不知道。", finish("stop")],
    ];
    const weather = () => {
      throw error;
    };
    await desk.until(weatherAgent(line, desk, { calls, weather }).invoke(question, { callbacks: [handler] }));
    expect(of("tool-result", "tool-error")).toMatchObject([
      { type: "tool-error", toolCallId: "call-weather", error: error ?? expect.stringContaining("schema") },
    ]);
  });

  it("tells two calls of a model that gives them no ids", async () => {
    const desk = cardDesk();
    const { handler, of } = listeningHandler(desk);
    const call = (index: number, args: string) => ({
      chunk: {
        content: "",
        tool_call_chunks: [{ type: "tool_call_chunk" as const, name: "weather", args, index }],
      },
    });
    const calls = [[call(0, '{"city":"北京"}'), call(1, '{"city":"上海"}'), finish("tool_calls")]];
    const model = scriptedModel(line, { clock: desk.clock, calls });
    await desk.until(model.invoke("?", { callbacks: [handler] }));
    expect(of("tool-call")).toMatchObject([{ input: { city: "北京" } }, { input: { city: "上海" } }]);
    expect(new Set(of("tool-call").map((event) => "toolCallId" in event && event.toolCallId)).size).toBe(2);
  });

  it("tells parallel calls of one tool apart, whichever ends first", async () => {
    const desk = cardDesk();
    const { handler, of } = listeningHandler(desk);
    const both = [
      ...toolCall("weather", { city: "北京" }, "a", 1),
      ...toolCall("weather", { city: "上海" }, "b", 2),
    ];
    let count = 0;
    const weather = async () => {
      count += 1;
      const mine = count;
      await desk.clock.sleep(mine === 1 ? 500 : 100);
      return `第${mine}个`;
    };
    const calls = [
      [...both, finish("tool_calls")],
      ["都是晴天。", finish("stop")],
    ];
    await desk.until(weatherAgent(line, desk, { calls, weather }).invoke(question, { callbacks: [handler] }));
    expect(of("tool-call", "tool-result")).toMatchObject([
      { type: "tool-call", toolCallId: "a" },
      { type: "tool-call", toolCallId: "b" },
      { type: "tool-result", toolCallId: "b", output: "第2个" },
      { type: "tool-result", toolCallId: "a", output: "第1个" },
    ]);
  });

  it("tells what a tool says before it is done, where LangChain tells it", async () => {
    if (line.version === "0.3") return;
    const desk = cardDesk();
    const { handler, of } = listeningHandler(desk);
    const search = line.tools.tool(
      async function* () {
        yield "找到一条";
        return "找到两条";
      },
      { name: "search", description: "d" },
    );
    await desk.until(search.invoke({} as never, { callbacks: [handler] }));
    expect(of("tool-call", "tool-result")).toMatchObject([
      { type: "tool-call", toolName: "search" },
      { type: "tool-result", output: "找到一条", preliminary: true },
      { type: "tool-result", output: "找到两条" },
    ]);
  });
});
