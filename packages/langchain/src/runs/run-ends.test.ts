import { expectNoUnhandledRejections, type SeenCard } from "@streamcard/feishu/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  done,
  drain,
  graphOf,
  outcome,
  question,
  weatherAgent,
  weatherTool,
  whole,
} from "../testing/agents.ts";
import { type CardDesk, cardDesk } from "../testing/card-desk.ts";
import { type Line, lines } from "../testing/lines.ts";
import { finish, type ModelStep, scriptedModel, toolCall } from "../testing/scripted-model.ts";

expectNoUnhandledRejections();

beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

const boom = new Error("boom");
const call = toolCall("weather", { city: "北京" });
const firstStep: ModelStep[] = ["查一下。", ...call, finish("tool_calls")];
const failed = (texts: string[]) => done(texts, "出错了，内容可能不完整");
const stopped = (texts: string[]) => done(texts, "已停止");
const waiting = (texts: string[]) => done(texts, "等待处理");

interface End {
  readonly run: (line: Line, desk: CardDesk) => Promise<unknown>;
  readonly card: SeenCard;
  readonly result: object;
}

const invokeAgent = (
  line: Line,
  desk: CardDesk,
  options: Parameters<typeof weatherAgent>[2],
  config: object = {},
) => weatherAgent(line, desk, options).invoke(question, { callbacks: [desk.handler()], ...config });

const ends: Readonly<Record<string, End>> = {
  success: {
    run: (line, desk) => invokeAgent(line, desk, {}),
    card: done(whole),
    result: { status: "finished", delivery: "card" },
  },
  "the length limit": {
    run: (line, desk) =>
      scriptedModel(line, { clock: desk.clock, calls: [["你好", finish("length")]] }).invoke("?", {
        callbacks: [desk.handler()],
      }),
    card: done(["你好"], "已达到长度上限，内容不完整"),
    result: { status: "finished", reason: "length" },
  },
  "a model that throws before its first token": {
    run: (line, desk) => invokeAgent(line, desk, { calls: [[{ error: boom }]] }),
    card: failed([]),
    result: { status: "failed", error: boom },
  },
  "a model that throws in its text": {
    run: (line, desk) => invokeAgent(line, desk, { calls: [["你好", { waitMs: 300 }, { error: boom }]] }),
    card: failed(["你好"]),
    result: { status: "failed", error: boom },
  },
  "a model that throws in its second call": {
    run: (line, desk) => invokeAgent(line, desk, { calls: [firstStep, [{ error: boom }]] }),
    card: failed(["查一下。"]),
    result: { status: "failed", error: boom },
  },
  "a tool that throws, which the agent survives": {
    run: (line, desk) =>
      invokeAgent(line, desk, {
        weather: () => {
          throw boom;
        },
      }),
    card: done(whole),
    result: { status: "finished" },
  },
  "a tool that throws, which the graph does not survive": {
    run: (line, desk) => {
      const weather = weatherTool(line, () => {
        throw boom;
      });
      const model = scriptedModel(line, { clock: desk.clock, calls: [firstStep] });
      const tools = new line.prebuilt.ToolNode([weather], { handleToolErrors: false });
      const agent = async () => ({ messages: [await model.invoke("?")] });
      const graph = graphOf(line, { agent, tools: tools as never }).compile();
      return graph.invoke(question, { callbacks: [desk.handler()] });
    },
    card: failed(["查一下。"]),
    result: { status: "failed", error: boom },
  },
  "arguments that fail the tool's schema, for which no callback fires": {
    run: (line, desk) =>
      invokeAgent(line, desk, {
        calls: [
          ["查一下。", ...toolCall("weather", { town: 1 }), finish("tool_calls")],
          ["查不到。", finish("stop")],
        ],
      }),
    card: done(["查一下。", "查不到。"]),
    result: { status: "finished" },
  },
  "a tool that does not exist, for which no callback fires": {
    run: (line, desk) =>
      invokeAgent(line, desk, {
        calls: [
          ["查一下。", ...toolCall("nothing", {}), finish("tool_calls")],
          ["没有。", finish("stop")],
        ],
      }),
    card: done(["查一下。", "没有。"]),
    result: { status: "finished" },
  },
  "the recursion limit": {
    run: (line, desk) =>
      invokeAgent(line, desk, { calls: Array.from({ length: 9 }, () => firstStep) }, { recursionLimit: 4 }),
    card: done(["查一下。", "查一下。"], "已达到步数上限"),
    result: { status: "finished", reason: "step-limit" },
  },
  "interrupt() in a node": {
    run: (line, desk) => {
      const model = scriptedModel(line, { clock: desk.clock, calls: [["可以吗？"]] });
      const ask = async () => ({ messages: [await model.invoke("?")] });
      const wait = () => ({ messages: [line.langgraph.interrupt("ok?") as never] });
      const checkpointer = new line.langgraph.MemorySaver();
      const graph = graphOf(line, { ask, wait }).compile({ checkpointer });
      return graph.invoke(question, { callbacks: [desk.handler()], configurable: { thread_id: "1" } });
    },
    card: waiting(["可以吗？"]),
    result: { status: "finished", reason: "waiting" },
  },
  "interrupt() in a tool": {
    run: (line, desk) => {
      const weather = weatherTool(line, () => line.langgraph.interrupt("ok?"));
      const llm = scriptedModel(line, { clock: desk.clock, calls: [firstStep] });
      const checkpointer = new line.langgraph.MemorySaver();
      const agent = line.prebuilt.createReactAgent({
        llm,
        tools: [weather],
        checkpointer: checkpointer as never,
      });
      return agent.invoke(question, { callbacks: [desk.handler()], configurable: { thread_id: "1" } });
    },
    card: waiting(["查一下。"]),
    result: { status: "finished", reason: "waiting" },
  },
  "a pause before the tools, which leaves no sign but the open calls": {
    run: (line, desk) => {
      const llm = scriptedModel(line, { clock: desk.clock, calls: [firstStep] });
      const agent = line.prebuilt.createReactAgent({
        llm,
        tools: [weatherTool(line, () => "晴")],
        checkpointer: new line.langgraph.MemorySaver() as never,
        interruptBefore: ["tools"],
      });
      return agent.invoke(question, { callbacks: [desk.handler()], configurable: { thread_id: "1" } });
    },
    card: waiting(["查一下。"]),
    result: { status: "finished", reason: "waiting" },
  },
  "a model alone that calls a tool": {
    run: (line, desk) =>
      scriptedModel(line, { clock: desk.clock, calls: [firstStep] }).invoke("?", {
        callbacks: [desk.handler()],
      }),
    card: waiting(["查一下。"]),
    result: { status: "finished", reason: "waiting" },
  },
  "a time-out by a signal that the handler knows": {
    run: (line, desk) => {
      const model = scriptedModel(line, { clock: desk.clock, calls: [["你好", { waitMs: 60_000 }]] });
      const signal = abortAfter(desk, 500, new DOMException("too late", "TimeoutError"));
      return model.pipe((value) => value).invoke("?", { callbacks: [desk.handler({ signal })], signal });
    },
    card: done(["你好"], "已超时，内容可能不完整"),
    result: { status: "stopped", reason: "timeout" },
  },
  "an abort for a reason of one's own, by a signal that the handler knows": {
    run: (line, desk) => {
      const model = scriptedModel(line, { clock: desk.clock, calls: [["你好", { waitMs: 60_000 }]] });
      const signal = abortAfter(desk, 500, "left");
      return model.pipe((value) => value).invoke("?", { callbacks: [desk.handler({ signal })], signal });
    },
    card: stopped(["你好"]),
    result: { status: "stopped", reason: "aborted" },
  },
  "an abort before the first token": {
    run: (line, desk) =>
      invokeAgent(line, desk, { calls: [[{ waitMs: 60_000 }, "你好"]] }, { signal: abortAfter(desk, 500) }),
    card: stopped([]),
    result: { status: "stopped", reason: "aborted" },
  },
  "an abort before the run": {
    run: (line, desk) => invokeAgent(line, desk, {}, { signal: AbortSignal.abort() }),
    card: stopped([]),
    result: { status: "stopped", reason: "aborted" },
  },
  "an abort in the text": {
    run: (line, desk) =>
      invokeAgent(
        line,
        desk,
        { calls: [["你好", { waitMs: 60_000 }, "世界"]] },
        { signal: abortAfter(desk, 500) },
      ),
    card: stopped(["你好"]),
    result: { status: "stopped", reason: "aborted" },
  },
  "an abort in a tool": {
    run: (line, desk) =>
      invokeAgent(line, desk, { weather: () => new Promise(() => {}) }, { signal: abortAfter(desk, 800) }),
    card: stopped(["查一下。"]),
    result: { status: "stopped", reason: "aborted" },
  },
  "an abort that the provider takes no notice of, in a graph": {
    run: (line, desk) =>
      invokeAgent(
        line,
        desk,
        { calls: [["你好", { hang: true }]], onAbort: "goes on" },
        { signal: abortAfter(desk, 500) },
      ),
    card: stopped(["你好"]),
    result: { status: "stopped", reason: "aborted" },
  },
  "a missing variable of a prompt": {
    run: (line, desk) =>
      line.prompts.ChatPromptTemplate.fromTemplate("{q}").invoke({} as never, {
        callbacks: [desk.handler()],
      }),
    card: failed([]),
    result: { status: "failed" },
  },
  "a fallback after a model that fails": {
    run: (line, desk) => {
      const [first, second] = [[[{ error: boom }]], [["备用。"]]].map((calls) =>
        scriptedModel(line, { clock: desk.clock, calls }),
      );
      return (
        first?.withFallbacks([second as never]).invoke("?", { callbacks: [desk.handler()] }) ??
        Promise.resolve()
      );
    },
    card: done(["备用。"]),
    result: { status: "finished" },
  },
  "another attempt of a node after half a text": {
    run: (line, desk) => {
      const calls = [["一半", { error: boom }], ["完整的回答。"]];
      const model = scriptedModel(line, { clock: desk.clock, calls });
      const retryPolicy = {
        maxAttempts: 2,
        initialInterval: 1,
        jitter: false,
        logWarning: false,
        retryOn: () => true,
      };
      const ask = async () => ({ messages: [await model.invoke("?")] });
      return graphOf(line, { ask }, { retryPolicy })
        .compile()
        .invoke(question, { callbacks: [desk.handler()] });
    },
    card: done(["一半", "完整的回答。"]),
    result: { status: "finished" },
  },
};

function abortAfter({ clock }: CardDesk, delayMs: number, reason?: unknown): AbortSignal {
  const controller = new AbortController();
  clock.setTimeout(() => controller.abort(reason), delayMs);
  return controller.signal;
}

describe.each(lines)("given LangChain $version", (line) => {
  it.each(Object.keys(ends))("finalizes the card after %s", async (name) => {
    const desk = cardDesk();
    const { run, card, result } = ends[name] as End;
    const results: Promise<unknown>[] = [];
    const make = desk.handler;
    desk.handler = (options) => make({ ...options, onCard: (made) => void results.push(made.result) });
    await desk.until(outcome(run(line, desk)));
    expect(await desk.until(Promise.all(results))).toMatchObject([result]);
    expect(desk.seen()).toEqual([card]);
    expect(desk.warnings).toEqual([]);
  });

  it("tells LangChain's own time-out from an abort where LangChain does: in the chains of 1.x", async () => {
    const desk = cardDesk();
    const hanging = () => scriptedModel(line, { clock: desk.clock, calls: [["你好", { hang: true }]] });
    const config = () => ({ callbacks: [desk.handler()], timeout: 40 });
    const chain = hanging().pipe((value) => value);
    await desk.until(outcome(chain.invoke("?", config())));
    const graph = graphOf(line, { ask: async () => ({ messages: [await hanging().invoke("?")] }) }).compile();
    await desk.until(outcome(graph.invoke(question, config())));
    // After an abort, LangGraph does not wait for its callbacks.
    await desk.pass(1_000);
    const ofChain = line.version === "1.x" ? done(["你好"], "已超时，内容可能不完整") : stopped(["你好"]);
    expect(desk.seen()).toEqual([ofChain, stopped(["你好"])]);
  });

  it("opens another card for what comes after a pause", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["可以吗？"], ["好的。"]] });
    const ask = async () => ({ messages: [await model.invoke("?")] });
    const wait = () => void line.langgraph.interrupt("ok?");
    const graph = graphOf(line, { ask, wait, go: ask }).compile({
      checkpointer: new line.langgraph.MemorySaver(),
    });
    const config = { callbacks: [desk.handler()], configurable: { thread_id: "1" } };
    await desk.until(graph.invoke(question, config));
    await desk.until(graph.invoke(new line.langgraph.Command({ resume: "yes" }) as never, config));
    expect(desk.seen()).toEqual([waiting(["可以吗？"]), done(["好的。"])]);
  });

  it("takes no notice of what still comes after the root's end", async () => {
    const desk = cardDesk();
    const slow = scriptedModel(line, {
      clock: desk.clock,
      calls: [["慢", { waitMs: 5_000 }, "后来"]],
      onAbort: "goes on",
    });
    const quick = scriptedModel(line, { clock: desk.clock, calls: [[{ waitMs: 300 }, { error: boom }]] });
    const both = line.runnables.RunnableParallel.from({ slow: slow as never, quick: quick as never });
    await desk.until(outcome(both.invoke("?", { callbacks: [desk.handler()] })));
    await desk.pass(10_000);
    expect(desk.seen()).toEqual([failed(["慢"])]);
  });

  it("stops on SIGTERM's behalf as any card does, when the app is closed", async () => {
    const desk = cardDesk();
    const run = outcome(invokeAgent(line, desk, { calls: [["你好", { waitMs: 60_000 }]] }));
    await desk.pass(1_000);
    await desk.until(desk.feishu.close());
    expect(desk.seen()).toEqual([stopped(["你好"])]);
    await desk.until(run);
  });
});

describe("given a stream that is read to its end", () => {
  it.each(lines)("finalizes before the loop ends, with LangChain $version", async (line) => {
    const desk = cardDesk();
    await desk.until(drain(weatherAgent(line, desk).stream(question, { callbacks: [desk.handler()] })));
    expect(desk.seen()).toEqual([done(whole)]);
  });
});
