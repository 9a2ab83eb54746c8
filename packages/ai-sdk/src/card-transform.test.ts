import type { PartLike } from "@streamcard/core";
import { hang } from "@streamcard/emulator";
import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import * as ai7 from "ai";
import { describe, expect, it, vi } from "vitest";
import { type CardTransform, cardTransform } from "./card-transform.ts";
import { cardDesk } from "./testing/card-desk.ts";
import { endOf, expectEnd, scenarioNames } from "./testing/expected-ends.ts";
import { majors, type TapTransform } from "./testing/majors.ts";
import { boom, play } from "./testing/scenarios.ts";
import { errorPart, finish, openText, scriptedModel, text } from "./testing/scripted-model.ts";

expectNoUnhandledRejections();

/** Reads a stream as a response would. */
async function read(stream: AsyncIterable<PartLike>): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of stream) types.push(type);
  return types;
}

const anyError = () => {};

describe.each(majors)("given a transform of ai $version", (major) => {
  it.each(scenarioNames)("tells how the run ended: %s", async (name) => {
    const desk = cardDesk();
    const { options, signal } = play(desk, name);
    const card = desk.card();
    const own = options.experimental_transform ?? [];
    const { fullStream } = major.streamText({
      ...options,
      abortSignal: signal,
      experimental_transform: [own, cardTransform(card)].flat(),
    });
    read(fullStream).catch(anyError);
    const result = await desk.clock.until(card.result);
    expectEnd(desk, result, endOf(name, major.version, "unknown"));
  });

  it("passes on every part as it is", async () => {
    const types = async (experimental_transform?: TapTransform) => {
      const desk = cardDesk();
      const { options } = play(desk, "two steps");
      const run = major.streamText({ ...options, ...(experimental_transform && { experimental_transform }) });
      return desk.clock.until(read(run.fullStream));
    };
    expect(await types(cardTransform(cardDesk().card()))).toEqual(await types());
  });

  it("does not slow the run when the platform hangs", async () => {
    const elapsed = async (isTapped: boolean) => {
      const desk = cardDesk();
      desk.emulator.faults({ on: () => true, times: Number.POSITIVE_INFINITY, answer: hang() });
      const { options } = play(desk, "two steps");
      const start = desk.clock.now();
      const run = major.streamText({
        ...options,
        ...(isTapped && { experimental_transform: cardTransform(desk.card()) }),
      });
      await desk.clock.until(read(run.fullStream));
      return desk.clock.now() - start;
    };
    expect(await elapsed(true)).toBe(await elapsed(false));
  });

  it("stops the run with its card", async () => {
    const desk = cardDesk();
    const { options, model } = play(desk, "an abort");
    const card = desk.card();
    const run = major.streamText({
      ...options,
      abortSignal: card.signal,
      experimental_transform: cardTransform(card),
    });
    desk.clock.setTimeout(() => void card.stop("reader"), 500);
    read(run.fullStream).catch(anyError);
    const result = await desk.clock.until(card.result);
    expect(result).toMatchObject({ status: "stopped", reason: "reader", text: "你好，世" });
    expect(model.signals[0]?.aborted).toBe(true);
  });

  it("makes a card for each run where it can", async () => {
    const desk = cardDesk();
    const experimental_transform = cardTransform(() => desk.card());
    for (const _ of [1, 2]) {
      const { options } = play(desk, "a natural end");
      await desk.clock.until(read(major.streamText({ ...options, experimental_transform }).fullStream));
    }
    await desk.clock.advance(2_000);
    expect(desk.seen()).toMatchObject([{ texts: ["你好，世界。"] }, { texts: ["你好，世界。"] }]);
  });

  it("tells a new run from another attempt of the run before", async () => {
    const desk = cardDesk();
    const tap = cardTransform(() => desk.card());
    const first = play(desk, "a transform that stops it").options;
    const own = first.experimental_transform ?? [];
    const stopped = major.streamText({ ...first, experimental_transform: [own, tap].flat() });
    await desk.clock.until(read(stopped.fullStream));
    const { options } = play(desk, "a natural end");
    await desk.clock.until(read(major.streamText({ ...options, experimental_transform: tap }).fullStream));
    await desk.clock.advance(5_000);
    expect(desk.seen()).toMatchObject([{ texts: ["你好，世"] }, { texts: ["你好，世界。"] }]);
  });

  it("shows one run, and no other, on the card that it was given", async () => {
    const desk = cardDesk();
    const experimental_transform = cardTransform(desk.card());
    for (const name of ["an abort", "a natural end"] as const) {
      const { options } = play(desk, name);
      read(major.streamText({ ...options, experimental_transform }).fullStream).catch(anyError);
    }
    await desk.clock.advance(1_000);
    expect(desk.seen()).toMatchObject([{ texts: ["你好，世"], streaming: true }]);
  });

  it("opens its card with the run, before anybody reads", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "a natural end");
    major.streamText({ ...options, experimental_transform: cardTransform(() => desk.card()) });
    await desk.clock.advance(200);
    expect(desk.seen()).toMatchObject([{ streaming: true }]);
  });

  it("lets the run go on when there is no card", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const desk = cardDesk();
    const { options } = play(desk, "a natural end");
    const run = major.streamText({
      ...options,
      experimental_transform: cardTransform(() => {
        throw boom;
      }),
    });
    expect(await desk.clock.until(read(run.fullStream))).toContain("finish");
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("without its card"), boom);
    warn.mockRestore();
  });

  it("leaves a card whose run nobody reads to its time limit", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "a natural end");
    const card = desk.card({ timeouts: { idleMs: 1_000 } });
    major.streamText({ ...options, experimental_transform: cardTransform(card) });
    expect(await desk.clock.until(card.result)).toMatchObject({ status: "stopped", reason: "timeout" });
  });

  it("leaves a card whose reader gave up to its time limit", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "an abort");
    const card = desk.card({ timeouts: { idleMs: 1_000 } });
    const run = major.streamText({ ...options, experimental_transform: cardTransform(card) });
    const reader = run.fullStream.getReader();
    await desk.clock.until(reader.read());
    await reader.cancel();
    expect(await desk.clock.until(card.result)).toMatchObject({ status: "stopped", reason: "timeout" });
  });
});

describe("given a stream that ends before its first part", () => {
  it("ends the card with it, not with a time limit", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const source = new ReadableStream<PartLike>({ start: (controller) => controller.close() });
    await source.pipeThrough(cardTransform(card)<PartLike>()).pipeTo(new WritableStream());
    expect(await desk.clock.until(card.result, 60_000)).toMatchObject({ status: "finished", text: "" });
  });

  it("stops the card with a reader who leaves", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const stream = new ReadableStream<PartLike>().pipeThrough(cardTransform(card)<PartLike>());
    await stream.cancel(new DOMException("The socket died.", "AbortError"));
    expect(await desk.clock.until(card.result, 60_000)).toMatchObject({ status: "stopped" });
  });
});

describe("given a run of ai 7 that tries again", () => {
  const retried = [
    [...openText("你好"), errorPart(boom)],
    [...text("你好，世界。", { everyMs: 1_500 }), finish()],
  ];

  it("shows both attempts on one card", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const transform = cardTransform(card);
    let attempts = 0;
    const counted: CardTransform = () => {
      attempts += 1;
      return transform();
    };
    const run = ai7.streamText({
      model: scriptedModel({ clock: desk.clock, calls: retried }),
      prompt: "天空？",
      streamRetries: 1,
      onError: anyError,
      experimental_transform: counted,
    });
    const types = await desk.clock.until(read(run.fullStream));
    expect(types.filter((type) => type === "error" || type === "finish")).toEqual(["finish"]);
    expect(attempts).toBe(2);
    expect(await desk.clock.until(card.result)).toMatchObject({ status: "finished" });
    expect(desk.seen()).toMatchObject([
      { texts: ["你好", "你好，世界。"], status: "已完成", finalizations: 1 },
    ]);
  });

  it("waits for the next attempt while a transform after it takes its time", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const slow: TapTransform = () => new TransformStream({ flush: () => desk.clock.sleep(1_000) });
    const { stream } = ai7.streamText({
      model: scriptedModel({ clock: desk.clock, calls: retried }),
      prompt: "天空？",
      streamRetries: 1,
      onError: anyError,
      experimental_transform: [cardTransform(card), slow],
    });
    await desk.clock.until(read(stream));
    expect(await desk.clock.until(card.result)).toMatchObject({
      status: "finished",
      text: "你好你好，世界。",
    });
  });

  it("makes one card for both attempts", async () => {
    const desk = cardDesk();
    const run = ai7.streamText({
      model: scriptedModel({ clock: desk.clock, calls: retried }),
      prompt: "天空？",
      streamRetries: 1,
      onError: anyError,
      experimental_transform: cardTransform(() => desk.card()),
    });
    await desk.clock.until(read(run.fullStream));
    await desk.clock.advance(5_000);
    expect(desk.seen()).toMatchObject([
      { texts: ["你好", "你好，世界。"], status: "已完成", finalizations: 1 },
    ]);
  });

  it("fails when the last attempt does", async () => {
    const desk = cardDesk();
    const card = desk.card();
    const [first = []] = retried;
    const run = ai7.streamText({
      model: scriptedModel({ clock: desk.clock, calls: [first, [...openText("又"), { dies: boom }]] }),
      prompt: "天空？",
      streamRetries: 1,
      onError: anyError,
      experimental_transform: cardTransform(card),
    });
    read(run.fullStream).catch(anyError);
    expect(await desk.clock.until(card.result)).toMatchObject({
      status: "failed",
      error: boom,
      text: "你好又",
    });
  });
});

describe("given a run of ai 7 with a single consumer", () => {
  it("stops with the consumer", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "an abort");
    const card = desk.card();
    const run = ai7.experimental_streamTextLowMemory({
      model: options.model,
      prompt: "天空？",
      experimental_transform: cardTransform(card),
    });
    const reader = run.stream.getReader();
    await desk.clock.until(reader.read());
    await reader.cancel();
    expect(await desk.clock.until(card.result)).toMatchObject({ status: "stopped", reason: "aborted" });
  });
});

describe("given a card that is taken", () => {
  it("says so at once", () => {
    const card = cardDesk().card();
    cardTransform(card);
    expect(() => cardTransform(card)).toThrow(TypeError);
  });

  it("says what it was given in place of a card", () => {
    expect(() => cardTransform({ to: "oc_1" } as never)).toThrow("received an object with the keys to");
  });
});
