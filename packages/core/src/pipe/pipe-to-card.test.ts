import { describe, expect, it } from "vitest";
import { CardStream } from "../card/card-stream.ts";
import { InvalidOptionError } from "../errors.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { RecordingDriver } from "../testing/recording-driver.ts";
import type { CardSource } from "./card-source.ts";
import { checkSource } from "./check-source.ts";
import { pipeToCard } from "./pipe-to-card.ts";

const whole = "天空是蓝色的。";

async function* words() {
  yield "天空";
  yield "是蓝色的。";
}

function streamOf<Chunk>(...chunks: readonly Chunk[]): ReadableStream<Chunk> & AsyncIterable<Chunk> {
  return new ReadableStream<Chunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

const parts = () =>
  streamOf<{ type: string; [field: string]: unknown }>(
    { type: "text-delta", id: "1", text: whole },
    { type: "finish", finishReason: "stop" },
  );

const generated = {
  text: whole,
  finishReason: "stop",
  steps: [{ content: [{ type: "text", text: whole }], finishReason: "stop" }],
};

/** A result as the AI SDK makes it: each access to its stream splits what is left of the run. */
class SplittingResult {
  splits = 0;
  get fullStream(): AsyncIterable<{ type: string }> {
    this.splits += 1;
    return parts();
  }
}

function bench() {
  const clock = new ManualClock();
  const drivers: RecordingDriver[] = [];
  const card = () => {
    const driver = new RecordingDriver({ clock });
    drivers.push(driver);
    return new CardStream({ driver, clock });
  };
  const cards = () => drivers.flatMap((driver) => driver.cards);
  const texts = () =>
    cards().map(({ blocks }) =>
      blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])).join(""),
    );
  return { clock, card, cards, texts };
}

describe("given a source of any shape", () => {
  it.each<[string, () => CardSource]>([
    ["a text", () => whole],
    ["a promise of a text", () => Promise.resolve(whole)],
    ["a function that returns a text", () => () => whole],
    ["a function that promises a text", () => async () => whole],
    ["a generator", words],
    ["a generator function", () => words],
    ["a web stream", () => streamOf("天空", "是蓝色的。")],
    ["bytes", () => new Blob([whole]).stream()],
    ["parts", parts],
    ["a promise of a stream", () => Promise.resolve(parts())],
    ["a result with fullStream", () => ({ fullStream: parts() })],
    ["a result with stream", () => ({ stream: parts() })],
    ["a generated run", () => generated],
    ["a promise of a generated run", () => Promise.resolve(generated)],
    ["a function that returns a result", () => () => ({ fullStream: parts() })],
    ["a function that promises a result", () => async () => generated],
    ["one lane", () => ({ only: () => words() })],
  ])("shows the same answer of %s", async (_name, source) => {
    const { clock, card, cards, texts } = bench();
    const result = await clock.until(pipeToCard(source(), card()));
    expect(result).toMatchObject({ status: "finished", delivery: "card" });
    expect(texts()).toEqual([whole]);
    expect(cards().map(({ isStreaming }) => isStreaming)).toEqual([false]);
  });

  it("finishes a card for an empty text, as for an empty stream", async () => {
    const { clock, card } = bench();
    const ends = await Promise.all(
      ["", streamOf<string>()].map((source) => clock.until(pipeToCard(source, card()))),
    );
    expect(ends.map(({ status, text }) => [status, text])).toEqual([
      ["finished", ""],
      ["finished", ""],
    ]);
  });

  it("reads the stream of a result once", async () => {
    const { clock, card } = bench();
    const result = new SplittingResult();
    checkSource(result);
    checkSource({ a: result });
    expect(result.splits).toBe(0);
    await clock.until(pipeToCard(result, card()));
    expect(result.splits).toBe(1);
  });

  it("reads a stream that promises its whole answer as the stream, also from a function", async () => {
    const { clock, card, texts } = bench();
    // biome-ignore lint/suspicious/noThenProperty: as LangChain's streamEvents() has it
    const answering = () => Object.assign(words(), { then: () => expect.unreachable() });
    await clock.until(pipeToCard(answering(), card()));
    await clock.until(pipeToCard(answering, card()));
    expect(texts()).toEqual([whole, whole]);
  });
});

describe("given a function", () => {
  it("is called with the card's signal, which makes the card stoppable before it opens", async () => {
    const { clock, card } = bench();
    const one = card();
    let given: AbortSignal | undefined;
    const source = async function* ({ signal }: { signal: AbortSignal }) {
      given = signal;
      yield "好";
      await new Promise(() => {});
    };
    const shown = pipeToCard(source, one);
    expect(one.isStoppable).toBe(true);
    await clock.advance(100);
    await one.stop("reader");
    expect(given?.aborted).toBe(true);
    expect(await clock.until(shown)).toMatchObject({ status: "stopped", reason: "reader" });
  });

  it("makes lanes stoppable before they open, also one whose turn comes later", () => {
    const { card } = bench();
    const one = card();
    void pipeToCard({ first: words(), second: words }, one, { lanes: { concurrency: 1 } });
    expect(one.isStoppable).toBe(true);
  });

  it("offers no stop for what runs already", () => {
    const { card } = bench();
    const one = card();
    void pipeToCard(words(), one);
    expect(one.isStoppable).toBe(false);
  });
});

const impossible: readonly [string, unknown, string][] = [
  ["nothing", undefined, "received undefined"],
  ["null", null, "received null"],
  ["a number", 42, "received number"],
  ["an array", ["a"], "Give several sources by name"],
  ["an empty object", {}, "an object with the keys (none). Lanes need at least one source"],
  ["an object of texts", { a: "x", b: "y" }, "received an object with the keys a, b. A lane is"],
  [
    "a function among texts",
    { a: words, b: "y" },
    'A lane is a function, a promise, a stream or a result; "b" is string',
  ],
  ["a lane with the name of an answer's field", { a: words, error: words }, 'No lane can be named "error"'],
  ["an error's answer", { error: { message: "secret" } }, "keys error. Show a failure with card.fail(error)"],
  ["an error", new TypeError("secret"), "an instance of TypeError. Show a failure with card.fail(error)"],
  ["a chat completion", { id: "1", choices: [] }, "Pass the text of a whole answer as a string"],
  ["a response", new Response("secret"), "an instance of Response. Pass its body"],
  ["a result's text stream alone", { textStream: words() }, "Pass its textStream"],
];

describe("given what can never be shown", () => {
  it.each(impossible)("refuses %s at once, says what it was and what to do", (_name, source, words) => {
    const check = () => checkSource(source as CardSource);
    expect(check).toThrow(InvalidOptionError);
    expect(check).toThrow(words);
    expect(check).not.toThrow("secret");
  });

  it.each(impossible)("tells %s on a card that is there already", async (_name, source, words) => {
    const { clock, card, cards } = bench();
    const result = await clock.until(pipeToCard(source as CardSource, card()));
    expect(result).toMatchObject({ status: "failed", error: { code: "invalid-option" } });
    expect(String(result.error)).toContain(words);
    expect(cards()).toMatchObject([{ isStreaming: false }]);
  });

  it.each<[string, unknown]>([
    ["a function returns nothing", () => {}],
    ["a promise brings a number", Promise.resolve(42)],
    ["a function returns lanes", () => ({ a: words })],
    ["a promise brings lanes", Promise.resolve({ a: words })],
    [
      "a result has a stream that is none",
      Object.create({
        get fullStream() {
          return 1;
        },
      }),
    ],
  ])("tells it on the card when %s", async (_name, source) => {
    const { clock, card } = bench();
    const result = await clock.until(pipeToCard(source as CardSource, card()));
    expect(result).toMatchObject({ status: "failed", error: { code: "invalid-option" } });
  });

  it("says how to give lanes that a function or a promise brings", async () => {
    const { clock, card } = bench();
    const source = (() => ({ a: words })) as unknown as CardSource;
    const { error } = await clock.until(pipeToCard(source, card()));
    expect(String(error)).toContain("Give lanes at once");
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a function that makes a card", () => bench().card()],
    ["a plain stream", new WritableStream()],
  ])("rejects for %s in place of a card, and starts nothing", async (_name, card) => {
    let isStarted = false;
    const source = () => {
      isStarted = true;
      return "好";
    };
    await expect(pipeToCard(source, card as CardStream)).rejects.toThrow("must be a card");
    expect(isStarted).toBe(false);
  });

  it("rejects while something else is being piped into the card", async () => {
    const { card } = bench();
    const one = card();
    void streamOf<string>().pipeTo(one);
    await expect(pipeToCard("好", one)).rejects.toThrow(TypeError);
    await expect(pipeToCard({ a: words }, one)).rejects.toThrow(TypeError);
  });

  it("fails the card, and not the caller, for options of lanes that can never work", async () => {
    const { clock, card } = bench();
    const shown = pipeToCard({ a: words }, card(), { lanes: { concurrency: 0 } });
    expect(await clock.until(shown)).toMatchObject({ status: "failed", error: { code: "invalid-option" } });
  });
});

describe("given promises that fail before a card reads them", () => {
  it("leaves none of them unhandled", async () => {
    const boom = new Error("boom");
    checkSource(Promise.reject(boom));
    checkSource({ a: Promise.reject(boom), b: words });
    await new Promise((resolve) => setImmediate(resolve));
  });
});
