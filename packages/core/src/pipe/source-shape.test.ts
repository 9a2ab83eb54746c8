import { describe, expect, it } from "vitest";
import { type SourceShape, shapeOf } from "./source-shape.ts";

async function* words() {
  yield "好";
}
const stream = () => new ReadableStream<string>();
const generated = { text: "好", finishReason: "stop", steps: [] };

/** A result as the AI SDK makes it: reading its stream splits what is left of the run. */
class SplittingResult {
  splits = 0;
  get fullStream(): AsyncIterable<unknown> {
    this.splits += 1;
    return words();
  }
}

class Agent {
  generate() {}
  stream() {}
}

/** A stream that is also a promise of its whole answer, as LangChain's `streamEvents()` gives it. */
function answeringStream() {
  // biome-ignore lint/suspicious/noThenProperty: what is told apart here
  return Object.assign(words(), { then: () => {} });
}

function selfContained(): object {
  const lanes: Record<string, unknown> = {};
  lanes.again = lanes;
  return lanes;
}

const shapes: readonly [string, unknown, SourceShape][] = [
  ["a text", "天空是蓝色的", "text"],
  ["an empty text", "", "text"],
  ["a function", () => "好", "function"],
  ["a generator function", words, "function"],
  ["a promise", Promise.resolve("好"), "promise"],
  // biome-ignore lint/suspicious/noThenProperty: a promise of another library
  ["a thenable", { then: () => {} }, "promise"],
  ["a web stream", stream(), "stream"],
  ["an async iterable", words(), "stream"],
  ["a stream that is a promise, too", answeringStream(), "stream"],
  ["a result with fullStream", { fullStream: stream() }, "result"],
  ["a result with stream", { stream: words(), response: Promise.resolve() }, "result"],
  ["a result whose access splits the stream", new SplittingResult(), "result"],
  ["a generated run", generated, "result"],
  ["lanes of functions", { a: () => "好", b: words }, "lanes"],
  [
    "lanes of everything that a lane can be",
    { f: words, p: Promise.resolve(""), s: stream(), i: words(), r: new SplittingResult(), g: generated },
    "lanes",
  ],
  ["one lane", { a: stream() }, "lanes"],
  ["lanes without a prototype", Object.assign(Object.create(null), { a: words }), "lanes"],

  ["undefined", undefined, "none"],
  ["null", null, "none"],
  ["a number", 42, "none"],
  ["a boolean", true, "none"],
  ["an array", [], "none"],
  ["an array of texts", ["a", "b"], "none"],
  ["an array of functions", [words, words], "none"],
  ["an empty object", {}, "none"],
  ["an object of texts", { title: "天空", body: "蓝色" }, "none"],
  ["a function among texts", { a: words, b: "好" }, "none"],
  ["a function beside undefined", { a: words, b: undefined }, "none"],
  ["a function beside null", { a: words, b: null }, "none"],
  ["plain data", { answer: 1, usage: { tokens: 2 } }, "none"],
  ["objects of functions", { a: { b: words } }, "none"],
  ["an object that holds itself", selfContained(), "none"],
  ["an error's answer", { error: { message: "no such model" } }, "none"],
  ["a chat completion", { id: "1", choices: [{ message: { content: "好" } }] }, "none"],
  ["an agent", new Agent(), "none"],
  ["an agent without a class", { generate: () => {}, stream: () => {} }, "none"],
  ["an agent among lanes", { a: words, b: new Agent() }, "none"],
  ["a response", new Response("好"), "none"],
  ["a map of functions", new Map([["a", words]]), "none"],
  ["bytes", new Uint8Array(2), "none"],
  ["an error", new Error("boom"), "none"],
  ["a text object", Object("好"), "none"],
];

describe("given a value that somebody wants on a card", () => {
  it.each(shapes)("tells %s", (_name, value, shape) => {
    expect(shapeOf(value)).toBe(shape);
  });

  it.each([
    "error",
    "choices",
    "candidates",
    "message",
    "output",
    "stream",
    "response",
    "fullStream",
    "steps",
  ])("makes no lane of a field %s, because it is an answer's", (name) => {
    expect(shapeOf({ [name]: words })).toBe("none");
    expect(shapeOf({ a: words, [name]: words })).toBe("none");
  });

  it("reads no getter, which may split a stream or start a run", () => {
    const result = new SplittingResult();
    let reads = 0;
    const own = {
      get textStream() {
        reads += 1;
        return stream();
      },
    };
    expect([shapeOf(result), shapeOf({ a: result }), shapeOf(own)]).toEqual(["result", "lanes", "none"]);
    expect([result.splits, reads]).toEqual([0, 0]);
  });
});
