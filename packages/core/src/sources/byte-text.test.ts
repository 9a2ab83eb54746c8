import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openAiChatChunks } from "../testing/provider-chunks.ts";
import { ByteText } from "./byte-text.ts";

/** Decodes bytes that arrive in pieces which end at these places. */
function read(text: string, cuts: readonly number[] = []): unknown[] {
  const bytes = new TextEncoder().encode(text);
  const reader = new ByteText();
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((one, other) => one - other);
  const pieces = [0, ...places].map((from, at) => bytes.subarray(from, places[at] ?? bytes.length));
  return [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()];
}

const cuts = fc.array(fc.nat(5_000), { maxLength: 40 });
const events = (values: readonly unknown[]) =>
  `${values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join("")}data: [DONE]\n\n`;

describe("given the bytes of a provider's stream", () => {
  it("reads its chunks, however the bytes are cut", () => {
    fc.assert(
      fc.property(cuts, (places) => {
        expect(read(events(openAiChatChunks), places)).toEqual(openAiChatChunks);
      }),
    );
  });

  it.each([
    ["a comment first", `: PROCESSING\n\n${events([{ a: 1 }])}`],
    ["lines that end in CR and LF", events([{ a: 1 }]).replaceAll("\n", "\r\n")],
    ["named events", 'event: message_start\ndata: {"a":1}\n\n'.replace("message_start", "x")],
    ["no blank line at the end", 'data: {"b":2}\n\ndata: {"a":1}'],
  ])("knows them with %s", (_name, text) => {
    const found = JSON.stringify(read(text));
    expect(found).toContain('{"a":1}');
    expect(found).not.toContain("data:");
  });

  it("tells of an error that comes in place of a chunk", () => {
    expect(read('data: {"error":{"message":"限流"}}\n\n')).toEqual([
      { type: "error", error: { message: "限流" } },
    ]);
  });
});

describe("given bytes of text", () => {
  it.each([
    "你好，世界",
    "",
    "data: 不是 JSON\n\n正文",
    "data:\n  key: value\n",
    "event: 发布会\n\n时间待定",
    "id: 3",
    ": 冒号开头",
    "\n\n空行开头",
    "d",
  ])("gives them as they are: %j", (text) => {
    expect(read(text).join("")).toBe(text);
  });

  it("splits no character, however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), cuts, (text, places) => {
        const whole = text.toWellFormed();
        expect(read(whole, places).join("")).toBe(whole);
      }),
    );
  });

  it("holds nothing back that cannot be an event", () => {
    const reader = new ByteText();
    expect(reader.read(new TextEncoder().encode("你好"))).toEqual(["你好"]);
  });
});
