import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { done, drain, outcome, question, weatherAgent, whole } from "../testing/agents.ts";
import { cardDesk } from "../testing/card-desk.ts";
import { lines } from "../testing/lines.ts";
import { finish, type ModelStep, scriptedModel, toolCall } from "../testing/scripted-model.ts";

expectNoUnhandledRejections();

beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

const stopped = (texts: string[]) => done(texts, "已停止");
const timedOut = (texts: string[]) => done(texts, "已超时，内容可能不完整");
const endless: ModelStep[] = Array.from({ length: 400 }, () => [{ waitMs: 100 }, "字"]).flat() as ModelStep[];
const slowTool = toolCall("weather", { city: "北京" });

/** Reads a stream until the third chunk, and leaves. */
async function leave(
  stream: AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>,
  how: "break" | "throw",
): Promise<void> {
  let chunks = 0;
  for await (const _ of await stream) {
    chunks += 1;
    if (chunks < 3) continue;
    if (how === "throw") throw new Error("thrown in the loop");
    break;
  }
}

describe.each(lines)("given LangChain $version", (line) => {
  describe.each(["break", "throw"] as const)(
    "and a loop that is left by %s, for which no callback fires",
    (how) => {
      it("finalizes at once what handler.watch() watches", async () => {
        const desk = cardDesk();
        const model = scriptedModel(line, { clock: desk.clock, calls: [endless] });
        const handler = desk.handler();
        await desk.until(outcome(leave(handler.watch(model.stream("?", { callbacks: [handler] })), how)));
        await desk.pass(1_000);
        expect(desk.seen()).toEqual([stopped(["字字字"])]);
      });

      it("finalizes at once what a run of its own watches, and ends the graph", async () => {
        const desk = cardDesk();
        const model = scriptedModel(line, { clock: desk.clock, calls: [endless] });
        const agent = line.prebuilt.createReactAgent({ llm: model, tools: [] });
        const run = desk.handler().run();
        const stream = agent.stream(question, { ...run, streamMode: "messages" });
        await desk.until(outcome(leave(run.watch(stream), how)));
        expect(run.signal.aborted).toBe(true);
        const { status, reason } = await desk.until(run.result);
        expect({ status, reason }).toEqual({ status: "stopped", reason: "aborted" });
        expect(desk.seen()).toHaveLength(1);
        expect(desk.seen()[0]).toMatchObject({ status: "已停止", streaming: false, finalizations: 1 });
      });

      it("finalizes the rest by the idle limit", async () => {
        const desk = cardDesk();
        const model = scriptedModel(line, { clock: desk.clock, calls: [endless] });
        const handler = desk.handler({ timeouts: { idleMs: 3_000 } });
        await desk.until(outcome(leave(model.stream("?", { callbacks: [handler] }), how)));
        expect(await desk.until(handler.result())).toMatchObject({ status: "stopped", reason: "timeout" });
        expect(desk.seen()).toMatchObject([
          { status: "已超时，内容可能不完整", finalizations: 1, streaming: false },
        ]);
      });
    },
  );

  it("watches a stream to its end without touching it", async () => {
    const desk = cardDesk();
    const handler = desk.handler();
    const watched = handler.watch(
      weatherAgent(line, desk).stream(question, { callbacks: [handler], streamMode: "values" }),
    );
    const chunks = await desk.until(drain(watched));
    expect(chunks.length).toBeGreaterThan(2);
    expect(desk.seen()).toEqual([done(whole)]);
  });

  it("passes the failure of a watched stream on", async () => {
    const desk = cardDesk();
    const boom = new Error("boom");
    const handler = desk.handler();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["你好", { error: boom }]] });
    const error = await desk.until(
      outcome(drain(handler.watch(model.stream("?", { callbacks: [handler] })))),
    );
    expect(error).toBe(boom);
    expect(await desk.until(handler.result())).toMatchObject({ status: "failed", error: boom });
  });

  it("ends a watched loop when the card is stopped, though the model says nothing", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, {
      clock: desk.clock,
      calls: [["你好", { hang: true }]],
      onAbort: "goes on",
    });
    const handler = desk.handler();
    const loop = drain(handler.watch(model.stream("?", { callbacks: [handler] })));
    await desk.pass(1_000);
    void handler.stop("reader");
    await desk.until(loop);
    expect(await desk.until(handler.result())).toMatchObject({ status: "stopped", reason: "reader" });
    expect(desk.seen()).toEqual([done(["你好"], "已由用户停止")]);
  });

  it("finalizes when the provider hangs and takes no notice of the caller's signal", async () => {
    const desk = cardDesk();
    const controller = new AbortController();
    const model = scriptedModel(line, {
      clock: desk.clock,
      calls: [["你好", { hang: true }]],
      onAbort: "goes on",
    });
    const handler = desk.handler({ signal: controller.signal });
    void outcome(model.invoke("?", { callbacks: [handler], signal: controller.signal }));
    await desk.pass(1_000);
    controller.abort();
    expect(await desk.until(handler.result())).toMatchObject({ status: "stopped", reason: "aborted" });
    expect(desk.seen()).toEqual([stopped(["你好"])]);
  });

  it("finalizes by the idle limit when the provider hangs and nobody aborts", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["你好", { hang: true }]] });
    const handler = desk.handler();
    void outcome(model.invoke("?", { callbacks: [handler] }));
    await desk.pass(310_000);
    expect(desk.seen()).toEqual([timedOut(["你好"])]);
  });

  it("gives up on a tool of which nothing is heard for longer than maxSilenceMs", async () => {
    const desk = cardDesk();
    const handler = desk.handler({ maxSilenceMs: 20_000, timeouts: { idleMs: 1_000 } });
    const calls = [["查一下。", ...slowTool, finish("tool_calls")], ["不会到这里。"]];
    const agent = weatherAgent(line, desk, { calls, weather: () => new Promise(() => {}) });
    void outcome(agent.invoke(question, { callbacks: [handler] }));
    await desk.pass(15_000);
    expect(desk.seen()).toMatchObject([{ streaming: true }]);
    await desk.pass(10_000);
    expect(desk.seen()).toEqual([timedOut(["查一下。"])]);
  });

  it.each(["finish", "fail", "stop"] as const)("finalizes by hand: %s", async (how) => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [["你好", { hang: true }]] });
    const handler = desk.handler();
    void outcome(model.invoke("?", { callbacks: [handler] }));
    await desk.pass(500);
    const result =
      how === "finish" ? handler.finish() : how === "fail" ? handler.fail(new Error("x")) : handler.stop();
    const expected = {
      finish: ["finished", "已完成"],
      fail: ["failed", "出错了，内容可能不完整"],
      stop: ["stopped", "已停止"],
    }[how];
    expect((await desk.until(result))?.status).toBe(expected[0]);
    expect(desk.seen()).toEqual([done(["你好"], expected[1])]);
  });

  it("stops the run in the same tick as the card, when the run has the signal", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [endless] });
    const handler = desk.handler();
    const run = handler.run();
    const invoked = outcome(model.invoke("?", run));
    await desk.pass(1_000);
    void handler.stop("reader");
    expect(run.signal.aborted).toBe(true);
    await desk.until(invoked);
    expect(await desk.until(run.result)).toMatchObject({ status: "stopped", reason: "reader" });
    expect(desk.seen()).toMatchObject([{ status: "已由用户停止", finalizations: 1 }]);
  });

  it("stops the run by handler.signal, for a handler with one run", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [endless] });
    const handler = desk.handler();
    const { signal } = handler;
    const invoked = outcome(model.invoke("?", { callbacks: [handler], signal }));
    await desk.pass(1_000);
    void handler.stop();
    expect(signal.aborted).toBe(true);
    await desk.until(invoked);
    expect(handler.signal.aborted).toBe(false);
  });

  it("stops a run before it starts", async () => {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [endless] });
    const run = desk.handler().run();
    void run.abort("reader");
    await desk.until(outcome(model.invoke("?", run)));
    expect(desk.seen().every(({ streaming }) => !streaming)).toBe(true);
    expect(await desk.until(run.result)).toMatchObject({ status: "stopped", text: "" });
  });
});

describe("given an abort in a tool with the stream mode `tools`, for which LangGraph 1.x calls nobody", () => {
  it.each(["handler.run()", "handler.watch()"])("finalizes at once with %s", async (form) => {
    const [line] = lines;
    if (line === undefined) return;
    const desk = cardDesk();
    const controller = new AbortController();
    const agent = weatherAgent(line, desk, { weather: () => new Promise(() => {}) });
    const handler = desk.handler();
    const options = { streamMode: ["tools", "messages"], signal: controller.signal } as never as object;
    const loop =
      form === "handler.run()"
        ? drain(agent.stream(question, { ...options, ...handler.run({ signal: controller.signal }) }))
        : drain(handler.watch(agent.stream(question, { ...options, callbacks: [handler] })));
    void outcome(loop);
    await desk.pass(1_000);
    controller.abort();
    await desk.pass(1_000);
    expect(desk.seen()).toEqual([stopped(["查一下。"])]);
  });
});
