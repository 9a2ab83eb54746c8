import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import * as ai7 from "ai";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cardCallbacks } from "./card-callbacks.ts";
import { cardDesk } from "./testing/card-desk.ts";
import {
  type End,
  endOf,
  expectEnd,
  scenarioNames,
  timedOut,
  type Version,
} from "./testing/expected-ends.ts";
import { majors } from "./testing/majors.ts";
import { boom, play, type ScenarioName } from "./testing/scenarios.ts";
import { errorPart, finish, openText, scriptedModel, text } from "./testing/scripted-model.ts";

expectNoUnhandledRejections();

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

/** Ends that call no callback before version 7: the card's time limit finds them. */
const unheard: readonly ScenarioName[] = [
  "a dead socket",
  "an abort for a string",
  "an abort for an error",
  "an abort that the model ignores",
  "a transform that stops it",
];

function endByCallbacks(name: ScenarioName, version: Version): End {
  return version < 7 && unheard.includes(name) ? timedOut : endOf(name, version, "unknown");
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _ of stream);
  } catch {}
}

describe.each(majors)("given the callbacks of ai $version", (major) => {
  it.each(scenarioNames)("tell how the run ended: %s", async (name) => {
    const desk = cardDesk();
    const { options, signal } = play(desk, name);
    const card = desk.card();
    const run = major.streamText({ ...options, abortSignal: signal, ...cardCallbacks(card) });
    void drain(run.fullStream);
    expectEnd(desk, await desk.clock.until(card.result), endByCallbacks(name, major.version));
  });

  it.each(["an abort for a string", "an abort that the model ignores"] as const)(
    "need not tell what the card's signal tells: %s",
    async (name) => {
      const desk = cardDesk();
      const { options, signal } = play(desk, name);
      const card = desk.card({ signal });
      const run = major.streamText({ ...options, abortSignal: signal, ...cardCallbacks(card) });
      void drain(run.fullStream);
      expectEnd(desk, await desk.clock.until(card.result), endOf(name, major.version, "known"));
    },
  );

  it("tell of a failed request within seconds", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "a failed request");
    const card = desk.card();
    void drain(major.streamText({ ...options, ...cardCallbacks(card) }).fullStream);
    const { metrics } = await desk.clock.until(card.result);
    expect(metrics.totalMs).toBeLessThan(major.version === 7 ? 1_000 : 11_000);
  });

  it("print errors as the SDK does", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "an error that it survives");
    const { onError: _, ...rest } = options;
    await desk.clock.until(drain(major.streamText(rest).fullStream));
    await desk.clock.until(drain(major.streamText({ ...rest, ...cardCallbacks(desk.card()) }).fullStream));
    expect(vi.mocked(console.error).mock.calls).toEqual([[boom], [boom]]);
  });

  it("leave a run whose reader gave up to the time limit", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "an abort");
    const card = desk.card({ timeouts: { idleMs: 1_000 } });
    const run = major.streamText({ ...options, ...cardCallbacks(card) });
    const reader = run.fullStream.getReader();
    await desk.clock.until(reader.read());
    await reader.cancel();
    expect(await desk.clock.until(card.result)).toMatchObject({ status: "stopped", reason: "timeout" });
  });

  it("wait for the run after an error as long as it says something", async () => {
    const desk = cardDesk();
    const model = scriptedModel({
      clock: desk.clock,
      calls: [
        [
          ...text("一"),
          errorPart(boom),
          { afterMs: 9_000 },
          ...text("二", { id: "1" }),
          { afterMs: 30_000 },
          finish(),
        ],
      ],
    });
    const card = desk.card();
    void drain(major.streamText({ model, ...cardCallbacks(card) }).fullStream);
    expect(await desk.clock.until(card.result)).toMatchObject({ status: "finished", text: "一二" });
  });

  it("leave no timer behind", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "a failed request");
    const card = desk.card();
    void drain(major.streamText({ ...options, ...cardCallbacks(card) }).fullStream);
    await desk.clock.advance(300);
    await desk.clock.until(card.stop("reader"));
    await desk.clock.advance(0);
    expect(desk.clock.pending).toBe(0);
  });

  it("are synchronous", () => {
    const callbacks = cardCallbacks(cardDesk().card());
    const event = {
      chunk: { type: "text-delta" },
      content: [],
      error: boom,
      finishReason: "stop",
      steps: [],
    };
    for (const callback of Object.values(callbacks)) expect(callback(event)).toBeUndefined();
  });
});

describe("given callbacks of one's own beside the card's, with ai 7", () => {
  it("calls onEnd, in whose place the card's onFinish is not called", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const onEnd = vi.fn();
    const { options } = play(desk, "a natural end");
    const run = ai7.streamText({ prompt: "天空？", model: options.model, ...cardCallbacks(card), onEnd });
    await desk.clock.until(run.consumeStream());
    expectEnd(desk, await desk.clock.until(card.result), endOf("a natural end", 7, "unknown"));
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it("calls onFinish in place of the card's", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const onFinish = vi.fn();
    const { options } = play(desk, "a natural end");
    const run = ai7.streamText({ prompt: "天空？", model: options.model, ...cardCallbacks(card), onFinish });
    await desk.clock.until(run.consumeStream());
    expectEnd(desk, await desk.clock.until(card.result), endOf("a natural end", 7, "unknown"));
    expect(onFinish).toHaveBeenCalledOnce();
  });

  it("lives through an attempt that is tried again", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const model = scriptedModel({
      clock: desk.clock,
      calls: [
        [...openText("你好"), errorPart(boom)],
        [...text("你好，世界。"), finish()],
      ],
    });
    const run = ai7.streamText({ prompt: "天空？", model, streamRetries: 1, ...cardCallbacks(card) });
    await desk.clock.until(run.consumeStream());
    expect(await desk.clock.until(card.result)).toMatchObject({
      status: "finished",
      text: "你好你好，世界。",
    });
  });
});

describe("given a card that is taken", () => {
  it("says so at once", () => {
    const card = cardDesk().card();
    cardCallbacks(card);
    expect(() => cardCallbacks(card)).toThrow(TypeError);
  });

  it("says what it was given in place of a card", () => {
    expect(() => cardCallbacks(undefined as never)).toThrow("received undefined");
  });
});
