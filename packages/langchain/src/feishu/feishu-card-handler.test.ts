import type { CardStream } from "@streamcard/core";
import { hang, rateLimited } from "@streamcard/emulator";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { RunCallbacks } from "../handler/run-callbacks.ts";
import { done, drain, outcome, question, weatherAgent, whole } from "../testing/agents.ts";
import { cardDesk } from "../testing/card-desk.ts";
import { lines } from "../testing/lines.ts";
import { finish, scriptedModel } from "../testing/scripted-model.ts";
import { FeishuCardHandler } from "./feishu-card-handler.ts";

expectNoUnhandledRejections();

afterEach(() => void vi.unstubAllEnvs());

const answer = ["你好", { waitMs: 300 }, "。", finish("stop")];

describe.each(lines)("given LangChain $version", (line) => {
  function bench() {
    const desk = cardDesk();
    const model = scriptedModel(line, { clock: desk.clock, calls: [answer, answer, answer] });
    const chatOf = () => desk.emulator.cards().map(({ chatId }) => chatId);
    return { desk, model, chatOf, other: desk.emulator.addChat(), third: desk.emulator.addChat() };
  }

  describe("and several places that name a target", () => {
    it("takes the options of handler.run() before the run's metadata", async () => {
      const { desk, model, chatOf, other, third } = bench();
      const run = desk.handler().run({ to: other });
      const metadata = { streamcard: { ...run.metadata.streamcard, to: third } };
      await desk.until(model.invoke("?", { ...run, metadata }));
      expect(chatOf()).toEqual([other]);
    });

    it("takes the run's metadata before the options of the handler", async () => {
      const { desk, model, chatOf, other } = bench();
      const config = { callbacks: [desk.handler()], metadata: { streamcard: { to: other } } };
      await desk.until(model.invoke("?", config));
      expect(chatOf()).toEqual([other]);
    });

    it("replies where the metadata says so, though the handler has a chat", async () => {
      const { desk, model } = bench();
      const { messageId } = desk.emulator.say("问题");
      const config = { callbacks: [desk.handler()], metadata: { streamcard: { replyTo: messageId } } };
      await desk.until(model.invoke("?", config));
      expect(desk.emulator.messages().at(-1)).toMatchObject({ parentId: messageId });
    });

    it("takes the options of the handler before FEISHU_TO", async () => {
      const { desk, model, chatOf, other } = bench();
      vi.stubEnv("FEISHU_TO", other);
      await desk.until(model.invoke("?", { callbacks: [desk.handler()] }));
      expect(chatOf()).toEqual([desk.to]);
    });

    it("takes FEISHU_TO when nothing else is there", async () => {
      const { desk, model, chatOf, other } = bench();
      vi.stubEnv("FEISHU_TO", other);
      await desk.until(model.invoke("?", { callbacks: [new FeishuCardHandler({ feishu: desk.feishu })] }));
      expect(chatOf()).toEqual([other]);
    });

    it("serves several chats with one handler at once", async () => {
      const { desk, model, chatOf, other, third } = bench();
      const handler = new FeishuCardHandler({ feishu: desk.feishu });
      const runs = [other, third].map((to) =>
        model.invoke("?", { callbacks: [handler], metadata: { streamcard: { to } } }),
      );
      await desk.until(Promise.all(runs));
      expect(chatOf()).toEqual([other, third]);
      expect(desk.seen()).toEqual([done(["你好。"]), done(["你好。"])]);
    });
  });

  it.each([
    ["no target", undefined, "The run has no target"],
    ["a target that is none", { to: "om_1" }, "is a message id"],
  ])("lets the run go on with %s, and says so", async (_name, streamcard, words) => {
    const { desk, model } = bench();
    vi.stubEnv("FEISHU_TO", "");
    const warn = vi.fn();
    const handler = new FeishuCardHandler({ feishu: desk.feishu, logger: { warn } });
    const metadata = streamcard === undefined ? {} : { streamcard };
    const message = await desk.until(model.invoke("?", { callbacks: [handler], metadata }));
    expect(message.content).toBe("你好。");
    expect(desk.seen()).toEqual([]);
    expect(warn.mock.calls).toEqual([[expect.stringContaining(words), { code: "no-card" }]]);
    await expect(handler.result()).rejects.toThrow(words);
  });

  it("lets the run go on when onCard throws", async () => {
    const { desk, model } = bench();
    const handler = desk.handler({
      onCard: () => {
        throw new Error("onCard's own");
      },
    });
    await desk.until(model.invoke("?", { callbacks: [handler] }));
    expect(desk.seen()).toEqual([done(["你好。"])]);
    expect(desk.warnings).toEqual(["onCard threw."]);
  });

  it("tells onCard of each card and its run, and result() by the run's id", async () => {
    const { desk, model } = bench();
    const cards: [CardStream, string, string][] = [];
    const handler = desk.handler({ onCard: (card, { runId, name }) => void cards.push([card, runId, name]) });
    for (const _ of [1, 2]) await desk.until(model.invoke("?", { callbacks: [handler] }));
    expect(cards.map(([, , name]) => name)).toEqual(["StreamingModel", "StreamingModel"]);
    for (const [card, runId] of cards) expect(await handler.result(runId)).toBe(await card.result);
    expect(() => handler.result("nobody")).toThrow('knows no run "nobody"');
  });

  it("promises the result of a run that has not started", async () => {
    const { desk, model } = bench();
    const handler = desk.handler();
    const result = handler.result();
    await desk.until(model.invoke("?", { callbacks: [handler] }));
    expect(await desk.until(result)).toMatchObject({ status: "finished", text: "你好。" });
  });

  it("refuses to guess which of several runs is meant", async () => {
    const { desk, model } = bench();
    const handler = desk.handler();
    const runs = [1, 2].map(() => model.invoke("?", { callbacks: [handler] }));
    await desk.pass(100);
    const stream = (async function* () {})();
    for (const ask of [() => handler.signal, () => handler.result(), () => handler.watch(stream)]) {
      expect(ask).toThrow(/2 are open: start each with `const run = handler\.run/);
    }
    await expect(handler.stop()).rejects.toThrow("2 are open");
    await desk.until(Promise.all(runs));
  });

  it("stops nothing where nothing runs, before the first run and between two", async () => {
    const { desk, model } = bench();
    const handler = desk.handler();
    void handler.signal;
    expect(await handler.stop()).toBeUndefined();
    expect(await handler.finish()).toBeUndefined();
    for (const _ of [1, 2]) {
      await desk.until(model.invoke("?", { callbacks: [handler], signal: handler.signal }));
      expect(await handler.stop()).toMatchObject({ status: "finished" });
    }
    expect(desk.seen()).toEqual([done(["你好。"]), done(["你好。"])]);
  });

  it("does not let one card's trouble delay another's", async () => {
    const { desk } = bench();
    const calls = [["开头，", { waitMs: 2_000 }, "结尾。"]];
    const model = scriptedModel(line, { clock: desk.clock, calls });
    const stuck = cardDesk();
    stuck.emulator.faults({ answer: hang(), times: Number.POSITIVE_INFINITY });
    const handlers = [stuck.handler({ awaitCard: false }), desk.handler()];
    const invoked = model.invoke("?", { callbacks: handlers });
    await desk.pass(1_000);
    expect(desk.seen()).toMatchObject([{ texts: ["开头，"] }]);
    await desk.until(invoked);
    expect(desk.seen()).toEqual([done(["开头，结尾。"])]);
  });

  it.each([true, false])("waits for the card at the end of the run: %s", async (awaitCard) => {
    const { desk, model } = bench();
    await desk.until(model.invoke("?", { callbacks: [desk.handler({ awaitCard })] }));
    expect(desk.seen().map(({ streaming }) => streaming)).toEqual([!awaitCard]);
    await desk.pass(2_000);
    expect(desk.seen()).toEqual([done(["你好。"])]);
  });

  it.each(["true", "false"])("keeps the order with LANGCHAIN_CALLBACKS_BACKGROUND=%s", async (background) => {
    vi.stubEnv("LANGCHAIN_CALLBACKS_BACKGROUND", background);
    const { desk } = bench();
    await desk.until(weatherAgent(line, desk).invoke(question, { callbacks: [desk.handler()] }));
    expect(desk.seen()).toEqual([done(whole)]);
  });

  it("is not slowed down by a platform that answers late or not at all", async () => {
    const { desk, model } = bench();
    desk.emulator.faults({ answer: rateLimited(), times: 5 });
    const startedAt = desk.clock.now();
    const stream = drain(model.stream("?", { callbacks: [desk.handler({ awaitCard: false })] }));
    await desk.until(stream);
    expect(desk.clock.now() - startedAt).toBeLessThan(400);
  });

  it("never throws in a callback, whatever it is called with", () => {
    const handler = cardDesk().handler();
    const methods = Object.getOwnPropertyNames(RunCallbacks.prototype).filter((name) =>
      name.startsWith("handle"),
    );
    expect(methods.length).toBeGreaterThan(15);
    for (const name of methods) {
      const method = (handler as unknown as Record<string, (...args: unknown[]) => unknown>)[name];
      for (const args of [
        [],
        [undefined, undefined, "unknown"],
        [null, null, "id", "parent", null, null, null],
      ]) {
        expect(() => method?.apply(handler, args)).not.toThrow();
      }
    }
  });

  it("gives the results of a batch that is stopped together", async () => {
    const { desk, model } = bench();
    const handler = desk.handler();
    const run = handler.run();
    const batch = outcome(model.batch(["?", "?"], run as never));
    await desk.pass(100);
    void run.abort("reader");
    await desk.until(batch);
    await desk.pass(2_000);
    expect(desk.seen().map(({ streaming, finalizations }) => [streaming, finalizations])).toEqual([
      [false, 1],
      [false, 1],
    ]);
  });

  it("lets the other runs of a batch go on when one fails", async () => {
    const desk = cardDesk();
    const calls = [[{ waitMs: 100 }, { error: new Error("boom") }], answer];
    const model = scriptedModel(line, { clock: desk.clock, calls });
    await desk.until(
      outcome(model.batch(["?", "?"], desk.handler().run() as never, { returnExceptions: true })),
    );
    await desk.pass(2_000);
    expect(desk.seen()).toEqual([done([], "出错了，内容可能不完整"), done(["你好。"])]);
  });
});

describe("given options that can never work", () => {
  it.each([
    [{ to: "om_1" }, "is a message id"],
    [{ to: "oc_1", replyTo: "om_1" }, "received both"],
    [{ to: "oc_1", maxSilenceMs: -1 }, "received -1"],
  ])("says so at once: %j", (options, words) => {
    expect(() => new FeishuCardHandler(options)).toThrow(words);
    expect(() => new FeishuCardHandler().run(options)).toThrow(words);
  });

  it("needs no options, and nothing of the environment, to be made", () => {
    vi.stubEnv("FEISHU_TO", "");
    expect(new FeishuCardHandler().name).toBe("FeishuCardHandler");
  });
});
