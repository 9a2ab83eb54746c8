import { type CardSource, pipeToCard } from "@streamcard/core";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { createAgent } from "langchain";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  done,
  graphOf,
  outcome,
  question,
  twoCalls,
  weatherAgent,
  weatherTool,
  whole,
} from "./testing/agents.ts";
import { type CardDesk, cardDesk } from "./testing/card-desk.ts";
import { lines } from "./testing/lines.ts";
import { finish, type ModelStep, scriptedModel, toolCall } from "./testing/scripted-model.ts";

expectNoUnhandledRejections();

beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

const answer: ModelStep[] = ["你好，", { waitMs: 200 }, "世界。", finish("stop")];
const endless: ModelStep[] = Array.from({ length: 400 }, () => [{ waitMs: 100 }, "字"]).flat() as ModelStep[];

const pipe = (desk: CardDesk, source: unknown) =>
  desk.until(pipeToCard(source as CardSource, desk.feishu.card({ to: desk.to })));

const modes = [
  "messages",
  "updates",
  "values",
  ["messages"],
  ["messages", "updates"],
  ["updates", "messages", "values"],
  ["messages", "custom", "debug"],
];

describe.each(lines)("given LangChain $version", (line) => {
  describe.each([false, true])("and sub-graphs: %s", (subgraphs) => {
    it.each(modes)("shows the stream of an agent, mode %j", async (...streamMode) => {
      const desk = cardDesk();
      const mode = streamMode.length === 1 ? streamMode[0] : streamMode;
      const stream = weatherAgent(line, desk).stream(question, { streamMode: mode as never, subgraphs });
      expect(await pipe(desk, stream)).toMatchObject({ status: "finished", delivery: "card" });
      expect(desk.seen()).toEqual([done(whole)]);
      expect(desk.warnings).toEqual([]);
    });
  });

  it.each(["messages", "updates"] as const)(
    "reads the bytes that LangGraph puts on a wire, mode %s",
    async (streamMode) => {
      const desk = cardDesk();
      const stream = weatherAgent(line, desk).stream(question, { streamMode, encoding: "text/event-stream" });
      expect(await pipe(desk, stream)).toMatchObject({ status: "finished" });
      expect(desk.seen()).toEqual([done(whole)]);
    },
  );

  it("shows streamEvents version 2 of an agent", async () => {
    const desk = cardDesk();
    expect(
      await pipe(desk, weatherAgent(line, desk).streamEvents(question, { version: "v2" })),
    ).toMatchObject({
      status: "finished",
    });
    expect(desk.seen()).toEqual([done(whole)]);
  });

  it("shows the messages of a chat model", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [answer] });
    expect(await pipe(desk, model.stream("?"))).toMatchObject({ status: "finished" });
    expect(desk.seen()).toEqual([done(["你好，世界。"])]);
  });

  it("shows the strings of a chain", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [answer] });
    await pipe(desk, model.pipe(new line.outputParsers.StringOutputParser()).stream("?"));
    expect(desk.seen()).toEqual([done(["你好，世界。"])]);
  });

  it("shows what a node writes, in its place among the models' texts", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["模型一。"], ["模型二。"]] });
    const ask = async () => ({ messages: [await model.invoke("?")] });
    const write = (_state: unknown, { writer }: { writer: (chunk: unknown) => void }) => {
      writer("写的");
      writer({ progress: 0.5 });
      writer("字。");
    };
    const graph = graphOf(line, { write, one: ask, more: write, two: ask } as never).compile();
    await pipe(desk, graph.stream(question, { streamMode: ["messages", "custom"] }));
    expect(desk.seen()).toEqual([done(["写的字。", "模型一。", "写的字。", "模型二。"])]);
    expect(desk.warnings).toEqual([]);
  });

  it("keeps the text of parallel nodes apart", async () => {
    const desk = cardDesk();
    const slowly = (text: string) => [...text].flatMap((word): ModelStep[] => [word, { waitMs: 70 }]);
    const models = ["甲说了一整句话。", "乙也说了一整句话。"].map((text) =>
      scriptedModel(line, { clock: desk.clock, calls: [slowly(text)] }),
    );
    const ask = async () => ({ messages: await Promise.all(models.map((model) => model.invoke("?"))) });
    await pipe(desk, graphOf(line, { ask }).compile().stream(question, { streamMode: "messages" }));
    expect(desk.seen()).toEqual([done(["甲说了一整句话。", "乙也说了一整句话。"])]);
  });

  it.each(["updates", ["messages", "updates"]])(
    "says that it waits after an interrupt, mode %j",
    async (...streamMode) => {
      const desk = cardDesk();
      const model = scriptedModel(line, { clock: desk.clock, calls: [["可以吗？"]] });
      const ask = async () => ({ messages: [await model.invoke("?")] });
      const wait = () => void line.langgraph.interrupt("ok?");
      const graph = graphOf(line, { ask, wait }).compile({ checkpointer: new line.langgraph.MemorySaver() });
      const mode = streamMode.length === 1 ? streamMode[0] : streamMode;
      const stream = graph.stream(question, { streamMode: mode as never, configurable: { thread_id: "1" } });
      expect(await pipe(desk, stream)).toMatchObject({ status: "finished", reason: "waiting" });
      expect(desk.seen()).toEqual([done(["可以吗？"], "等待处理")]);
    },
  );

  it("says that it waits after an interrupt, by streamEvents", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["可以吗？"]] });
    const ask = async () => ({ messages: [await model.invoke("?")] });
    const wait = () => void line.langgraph.interrupt("ok?");
    const graph = graphOf(line, { ask, wait }).compile({ checkpointer: new line.langgraph.MemorySaver() });
    await pipe(desk, graph.streamEvents(question, { version: "v2", configurable: { thread_id: "1" } }));
    expect(desk.seen()).toEqual([done(["可以吗？"], "等待处理")]);
  });

  it("tells the recursion limit and a failure", async () => {
    const step = ["查一下。", ...toolCall("weather", { city: "北京" }), finish("tool_calls")];
    const desk = cardDesk();
    const calls = Array.from({ length: 9 }, () => step);
    const limited = weatherAgent(line, desk, { calls }).stream(question, {
      streamMode: "messages",
      recursionLimit: 4,
    });
    expect(await pipe(desk, limited)).toMatchObject({ status: "finished", reason: "step-limit" });
    const boom = new Error("boom");
    const failing = weatherAgent(line, desk, { calls: [["你好", { error: boom }]] });
    const result = await pipe(desk, failing.stream(question, { streamMode: "messages" }));
    expect(result).toMatchObject({ status: "failed", error: boom, text: "你好" });
  });

  it("ends the graph when the card is stopped", async () => {
    const desk = cardDesk();
    let signal: AbortSignal | undefined;
    const model = scriptedModel(line, { clock: desk.clock, calls: [endless] });
    const ask = async (_state: unknown, config: { signal?: AbortSignal }) => {
      signal = config.signal;
      return { messages: [await model.invoke("?", { signal } as never)] };
    };
    const card = desk.feishu.card({ to: desk.to });
    const stream = graphOf(line, { ask } as never)
      .compile()
      .stream(question, { streamMode: "messages" });
    const result = pipeToCard(stream as never, card);
    await desk.pass(1_000);
    void card.stop("reader");
    await desk.pass(200);
    expect(signal?.aborted).toBe(true);
    expect(await desk.until(result)).toMatchObject({ status: "stopped", reason: "reader" });
    expect(desk.seen()).toMatchObject([{ status: "已由用户停止", finalizations: 1 }]);
  });

  it("tells an abort of the run from a failure", async () => {
    const desk = cardDesk();
    const controller = new AbortController();
    const stream = weatherAgent(line, desk, { calls: [endless] }).stream(question, {
      streamMode: "messages",
      signal: controller.signal,
    });
    desk.clock.setTimeout(() => controller.abort(), 500);
    expect(await pipe(desk, stream)).toMatchObject({ status: "stopped", reason: "aborted" });
  });
});

describe("given the newer protocol of LangChain 1.x", () => {
  const [line] = lines;

  it("shows streamEvents version 3 of an agent", async () => {
    if (line === undefined) return;
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: twoCalls });
    const agent = createAgent({ model, tools: [weatherTool(line, () => "晴")] });
    expect(await pipe(desk, agent.streamEvents(question, { version: "v3" }))).toMatchObject({
      status: "finished",
    });
    expect(desk.seen()).toEqual([done(whole)]);
  });

  it("shows the stream of a chat model, which is a promise as well", async () => {
    if (line === undefined) return;
    const desk = cardDesk();
    const model = scriptedModel(line, {
      clock: desk.clock,
      calls: [["你好，这是开头。", { waitMs: 3_000 }, "这是结尾。"]],
    });
    const source = (model as unknown as { streamEvents(input: string): CardSource }).streamEvents("?");
    const result = pipeToCard(source, desk.feishu.card({ to: desk.to }));
    await desk.pass(1_500);
    expect(desk.seen()).toMatchObject([{ texts: ["你好，这是开头。"], streaming: true }]);
    expect(await desk.until(outcome(result))).toMatchObject({ status: "finished" });
    expect(desk.seen()).toEqual([done(["你好，这是开头。这是结尾。"])]);
  });
});
