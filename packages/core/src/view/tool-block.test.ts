import { describe, expect, it } from "vitest";
import type { ToolCall } from "../run/run-part.ts";
import type { ToolOptions } from "./block-options.ts";
import { toolBlock } from "./tool-block.ts";

const call: ToolCall = {
  type: "tool",
  toolCallId: "c",
  toolName: "get_weather",
  status: "done",
  input: { city: "北京" },
  output: "晴",
  startedAt: 1_000,
  endedAt: 2_200,
};

function drawn(tool: Partial<ToolCall> = {}, options: ToolOptions = {}) {
  const cuts: string[] = [];
  return {
    ...toolBlock({ ...call, ...tool }, "tool-1", { options, onCut: (part) => cuts.push(part) }),
    cuts,
  };
}

describe("given a tool call", () => {
  it("shows its name, how long it took, and what went in and came out", () => {
    expect(drawn()).toEqual({
      type: "tool",
      id: "tool-1",
      title: "get_weather",
      status: "done",
      durationMs: 1_200,
      input: '{\n  "city": "北京"\n}',
      output: "晴",
      cuts: [],
    });
  });

  it.each<[string, Partial<ToolCall>, ToolOptions]>([
    ["查天气", {}, { titles: { get_weather: "查天气" } }],
    ["查天气", {}, { titles: (name) => (name === "get_weather" ? "查天气" : undefined) }],
    ["Weather", { title: "Weather" }, { titles: { other: "别的" } }],
    [
      "Weather",
      { title: "Weather" },
      {
        titles: () => {
          throw new Error("no");
        },
      },
    ],
    ["a b", { toolName: "a\n\n b" }, {}],
    [`${"长".repeat(60)}…`, { toolName: "长".repeat(100) }, {}],
  ])("calls it %j", (title, tool, options) => {
    expect(drawn(tool, options).title).toBe(title);
  });

  it("shows the beginning of what is long, and tells of the cut", () => {
    const { input, output, cuts } = drawn({ input: "字".repeat(1_000), output: "a".repeat(2_048) });
    expect(input).toBe(`${"字".repeat(682)}…`);
    expect(output).toBe("a".repeat(2_048));
    expect(cuts).toEqual(["tool-input"]);
  });

  it("shows what the user's mask makes of it, and nothing where that throws", () => {
    const mask: ToolOptions["mask"] = (value, { toolName, part }) => {
      if (part === "output") throw new Error("no");
      return { ...(value as object), city: "***", by: toolName };
    };
    const { input, output } = drawn({}, { mask });
    expect(JSON.parse(input ?? "")).toEqual({ city: "***", by: "get_weather" });
    expect(output).toBeUndefined();
  });

  it.each<[string, unknown, string | undefined]>([
    ["an error", new Error("boom"), "boom"],
    ["bytes", { file: new Uint8Array(3) }, '{\n  "file": "(3 bytes)"\n}'],
    ["a big number", { id: 12n }, '{\n  "id": "12"\n}'],
    ["nothing", undefined, undefined],
    ["blank text", " \n", undefined],
    ["a function", () => {}, undefined],
  ])("shows %s as text", (_name, output, text) => {
    expect(drawn({ output }).output).toBe(text);
  });

  it("shows no more than the line where details are off, also of a loop", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(drawn({ output: loop }).output).toBeUndefined();
    const { input, output } = drawn({}, { details: false });
    expect([input, output]).toEqual([undefined, undefined]);
  });
});
