import { expectNoUnhandledRejections } from "@streamcard/feishu/testing";
import { describe, expect, it, vi } from "vitest";
import { pipeable } from "./pipeable.ts";
import { cardDesk } from "./testing/card-desk.ts";
import { endOf, expectEnd } from "./testing/expected-ends.ts";
import { majors } from "./testing/majors.ts";
import { play } from "./testing/scenarios.ts";

expectNoUnhandledRejections();

async function collect<Chunk>(stream: AsyncIterable<Chunk>): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe.each(majors)("given a result of ai $version that was made pipeable", (major) => {
  it("is the same result, and still gives everything to everybody", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "two steps");
    const run = major.streamText(options);
    const piped = pipeable(run);
    expect(piped).toBe(run);
    const shown = piped.pipeTo(desk.card());
    const texts = Promise.all([
      collect(piped.textStream),
      piped.toUIMessageStreamResponse().text(),
      collect(piped.fullStream),
    ]);
    const [text, body, parts] = await desk.clock.until(texts);
    expect(text.join("")).toBe("让我查一下。北京是晴天。");
    expect(body).toContain("[DONE]");
    expect(parts.length).toBeGreaterThan(10);
    expectEnd(desk, await desk.clock.until(shown), endOf("two steps", major.version, "unknown"));
  });

  it("pipes without its object", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "a natural end");
    const { pipeTo } = pipeable(major.streamText(options));
    expect(await desk.clock.until(pipeTo(() => desk.card()))).toMatchObject({ text: "你好，世界。" });
  });

  it("does not reject for a run that fails", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "a dead socket");
    const result = await desk.clock.until(pipeable(major.streamText(options)).pipeTo(desk.card()));
    expectEnd(desk, result, endOf("a dead socket", major.version, "unknown"));
  });

  it("pipes a generated text", async () => {
    const desk = cardDesk();
    const { options } = play(desk, "two steps");
    const result = await desk.clock.until(pipeable(major.generateText(options)).pipeTo(desk.card()));
    expectEnd(desk, result, endOf("two steps", major.version, "unknown"));
  });

  it.each(["before", "while"])("stops the card with the signal that is aborted %s it pipes", async (when) => {
    const desk = cardDesk();
    const { options } = play(desk, "an abort for a string");
    const controller = new AbortController();
    if (when === "before") controller.abort();
    else desk.clock.setTimeout(() => controller.abort(), 500);
    const run = pipeable(major.streamText(options));
    const result = await desk.clock.until(run.pipeTo(desk.card(), { signal: controller.signal }));
    expect(result).toMatchObject({ status: "stopped", reason: "aborted", delivery: "card" });
  });
});

describe("given what cannot be piped", () => {
  it("names what it was given in place of a result", () => {
    expect(() => pipeable(new Blob().stream() as never)).toThrow("received an instance of ReadableStream");
    expect(() => pipeable(undefined as never)).toThrow("received undefined");
  });

  it("names what it was given in place of a card, and takes nothing from the run", () => {
    const getter = vi.fn();
    const run = pipeable({
      get fullStream() {
        return getter();
      },
    });
    expect(() => run.pipeTo(new WritableStream() as never)).toThrow("received an instance of WritableStream");
    expect(() => run.pipeTo((() => {}) as never)).toThrow("received undefined");
    expect(getter).not.toHaveBeenCalled();
  });

  it("shows on the card that a result gives its stream only once", async () => {
    const desk = cardDesk();
    const taken = new Error("The stream was consumed.");
    const run = pipeable({
      get fullStream(): never {
        throw taken;
      },
    });
    const result = await desk.clock.until(run.pipeTo(desk.card()));
    expect(result).toMatchObject({ status: "failed", error: taken });
    expect(desk.seen()).toMatchObject([{ status: "出错了，内容可能不完整", finalizations: 1 }]);
  });

  it("rejects when the card is taken", async () => {
    const desk = cardDesk();
    const card = desk.card();
    card.getWriter();
    const run = pipeable({ fullStream: new ReadableStream<{ type: string }>() });
    await expect(run.pipeTo(card)).rejects.toThrow(TypeError);
  });
});
