import { createTextDriver } from "@streamcard/core";
import { ManualClock, RecordingDriver } from "@streamcard/core/testing";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it } from "vitest";
import { CardHandler, type CardHandlerOptions, CardStream, type RunInfo } from "./card.ts";
import { outcome, question, weatherAgent, whole } from "./testing/agents.ts";
import { cardDesk, until } from "./testing/card-desk.ts";
import { type Line, lines } from "./testing/lines.ts";
import { finish, scriptedModel } from "./testing/scripted-model.ts";

expectNoUnhandledRejections();

/** Cards of a platform that only records them, and a handler that makes them. */
function bench(options: Partial<CardHandlerOptions> = {}) {
  const clock = new ManualClock();
  const drivers: RecordingDriver[] = [];
  const warnings: string[] = [];
  const infos: RunInfo[] = [];
  const card = (run: RunInfo) => {
    infos.push(run);
    const driver = new RecordingDriver({ clock });
    drivers.push(driver);
    return new CardStream({ driver, clock });
  };
  const logger = { warn: (message: string) => void warnings.push(message) };
  const seen = () =>
    drivers.flatMap(({ cards }) =>
      cards.map(({ blocks, isStreaming }) => ({
        isStreaming,
        texts: blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])),
      })),
    );
  const handler = new CardHandler({ card, logger, ...options });
  return { clock, handler, card, seen, warnings, infos };
}

const answer = ["你好", { waitMs: 300 }, "。", finish("stop")];

function model(line: Line, clock: ManualClock) {
  return scriptedModel(line, { clock, calls: [answer, answer] });
}

describe.each(lines)("given LangChain $version and cards of any platform", (line) => {
  it("shows an agent, with the handler among its callbacks", async () => {
    const { clock, handler, seen } = bench();
    const agent = weatherAgent(line, { ...cardDesk(), clock });
    await until(clock, agent.invoke(question, { callbacks: [handler] }));
    expect(await handler.result()).toMatchObject({ status: "finished", delivery: "card" });
    expect(seen()).toMatchObject([{ texts: whole, isStreaming: false }]);
  });

  it("makes a card for each run, and says which run it is for", async () => {
    const { clock, handler, seen, infos } = bench();
    const config = { callbacks: [handler], runName: "greet", metadata: { chat: "oc_1" } };
    await until(clock, model(line, clock).batch(["?", "?"], config));
    expect(seen().map(({ texts }) => texts)).toEqual([["你好。"], ["你好。"]]);
    expect(infos).toMatchObject([
      { name: "greet", metadata: { chat: "oc_1" } },
      { name: "greet", metadata: { chat: "oc_1" } },
    ]);
    expect(new Set(infos.map(({ runId }) => runId)).size).toBe(2);
  });

  it("stops the run with its card, and the card with the run", async () => {
    const { clock, handler, seen } = bench();
    const run = handler.run();
    const invoked = outcome(model(line, clock).invoke("?", run));
    await until(clock, clock.sleep(100));
    const result = until(clock, run.abort("reader"));
    expect(run.signal.aborted).toBe(true);
    expect(await result).toMatchObject({ status: "stopped", reason: "reader" });
    expect(await invoked).toBeInstanceOf(Error);
    expect(seen()).toMatchObject([{ texts: ["你好"], isStreaming: false }]);
  });

  it.each(["of the handler", "of the run"])("stops the card with the caller's signal %s", async (place) => {
    const caller = new AbortController();
    const { signal } = caller;
    const { clock, handler } = bench(place === "of the handler" ? { signal } : {});
    const run = place === "of the run" ? handler.run({ signal }) : handler.run();
    const invoked = outcome(model(line, clock).invoke("?", run));
    await until(clock, clock.sleep(100));
    caller.abort("left");
    expect(await until(clock, run.result)).toMatchObject({ status: "stopped", reason: "aborted" });
    await invoked;
  });

  it("takes the card of handler.run() in place of the handler's", async () => {
    const { clock, handler, seen } = bench();
    let drawn = "";
    const write = (more: string) => {
      drawn += more;
    };
    const card = () => new CardStream({ driver: createTextDriver({ write }), clock });
    await until(clock, model(line, clock).invoke("?", handler.run({ card })));
    expect(drawn).toContain("你好。");
    expect(seen()).toEqual([]);
  });

  it.each<[string, () => never, string]>([
    [
      "throws",
      () => {
        throw new Error("secret");
      },
      "A run goes on without its card: Error",
    ],
    ["makes no card", () => ({ to: "oc_1" }) as never, "received an object with the keys to"],
  ])("lets the run go on when `card` %s", async (_what, card, words) => {
    const { clock, handler, warnings } = bench({ card });
    const message = await until(clock, model(line, clock).invoke("?", { callbacks: [handler] }));
    expect(message.content).toBe("你好。");
    expect(warnings).toEqual([expect.stringContaining(words)]);
    await expect(handler.result()).rejects.toThrow();
  });
});

describe("given options that can never work", () => {
  it.each<[unknown, string]>([
    [
      undefined,
      "card must be a function that makes the card of a run, as in `card: () => feishu.card({ to })`, received undefined.",
    ],
    [
      {},
      "card must be a function that makes the card of a run, as in `card: () => feishu.card({ to })`, received undefined.",
    ],
    [{ card: { to: "oc_1" } }, "received an object with the keys to"],
    [{ card: () => undefined, maxSilenceMs: -1 }, "received -1"],
  ])("says so at once: %j", (options, words) => {
    expect(() => new CardHandler(options as CardHandlerOptions)).toThrow(words);
  });

  it("says so for one run", () => {
    const { handler } = bench();
    expect(() => handler.run({ card: "card" as never })).toThrow('received "card"');
    expect(() => handler.run({ maxSilenceMs: Number.NaN })).toThrow("received NaN");
  });
});
