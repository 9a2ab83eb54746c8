import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defaultPrintConfig,
  fullyPainted,
  nextPaintAt,
  type PrintConfig,
  paintedText,
  printConfigOf,
  retype,
} from "./typewriter.ts";

const fast: PrintConfig = { intervalMs: 70, step: 1, strategy: "fast" };
const delay: PrintConfig = { intervalMs: 70, step: 1, strategy: "delay" };

describe("given an element that shows nothing yet and is told to show a text", () => {
  const typing = (text: string, config: PrintConfig) =>
    retype(fullyPainted("", { now: 0, config }), text, { now: 0, config });

  it.each([
    { at: 0, step: 1, text: "Hello", painted: "" },
    { at: 69, step: 1, text: "Hello", painted: "" },
    { at: 70, step: 1, text: "Hello", painted: "H" },
    { at: 139, step: 1, text: "Hello", painted: "H" },
    { at: 350, step: 1, text: "Hello", painted: "Hello" },
    { at: 9_999, step: 1, text: "Hello", painted: "Hello" },
    { at: 70, step: 3, text: "Hello", painted: "Hel" },
    { at: 140, step: 1, text: "你好吗", painted: "你好" },
    { at: 70, step: 1, text: "😀😁", painted: "😀" },
    { at: 140, step: 1, text: "a😀b", painted: "a😀" },
  ])("shows $painted of $text after $at ms at $step a paint", ({ at, step, text, painted }) => {
    expect(paintedText(typing(text, { ...fast, step }), at)).toBe(painted);
  });
});

describe("given an element that is still typing when more text arrives", () => {
  it("paints the backlog at once and types the rest one interval later, with strategy fast", () => {
    const first = retype(fullyPainted("", { now: 0, config: fast }), "abcdef", { now: 0, config: fast });

    const second = retype(first, "abcdefghi", { now: 100, config: fast });

    expect([100, 169, 170, 240].map((at) => paintedText(second, at))).toEqual([
      "abcdef",
      "abcdef",
      "abcdefg",
      "abcdefgh",
    ]);
  });

  it("goes on typing in the same beat, with strategy delay", () => {
    const first = retype(fullyPainted("", { now: 0, config: delay }), "abcdef", { now: 0, config: delay });

    const second = retype(first, "abcdefghi", { now: 100, config: delay });

    expect([100, 139, 140, 210].map((at) => paintedText(second, at))).toEqual(["a", "a", "ab", "abc"]);
  });

  it("shows everything at once when the old text is no prefix of the new one", () => {
    const first = retype(fullyPainted("", { now: 0, config: fast }), "abcdef", { now: 0, config: fast });

    expect(paintedText(retype(first, "abXdef", { now: 100, config: fast }), 100)).toBe("abXdef");
  });

  it("types on from a fullyPainted text, one interval after the update, with strategy delay too", () => {
    const second = retype(fullyPainted("abc", { now: 0, config: delay }), "abcd", {
      now: 1_000,
      config: delay,
    });

    expect([1_000, 1_069, 1_070].map((at) => paintedText(second, at))).toEqual(["abc", "abc", "abcd"]);
  });
});

describe("given any row of texts that only grow", () => {
  const row = fc.array(
    fc.tuple(fc.string({ unit: "grapheme", maxLength: 8 }), fc.integer({ min: 0, max: 500 })),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  const configs = fc.record({
    intervalMs: fc.integer({ min: 1, max: 200 }),
    step: fc.integer({ min: 1, max: 5 }),
    strategy: fc.constantFrom("fast" as const, "delay" as const),
  });

  it("always shows a prefix of the text that only grows, and all of it in the end", () => {
    fc.assert(
      fc.property(row, configs, (parts, config) => {
        let typing = fullyPainted("", { now: 0, config });
        let now = 0;
        let shown = "";
        for (const [part, pause] of parts) {
          typing = retype(typing, typing.text + part, { now, config });
          now += pause;
          const painted = paintedText(typing, now);
          expect(typing.text.startsWith(painted)).toBe(true);
          expect(painted.startsWith(shown)).toBe(true);
          shown = painted;
        }
        expect(paintedText(typing, now + 200 * (typing.text.length + 1))).toBe(typing.text);
      }),
    );
  });

  it("never shows half a surrogate pair", () => {
    fc.assert(
      fc.property(row, configs, (parts, config) => {
        let typing = fullyPainted("", { now: 0, config });
        let now = 0;
        for (const [part, pause] of parts) {
          typing = retype(typing, typing.text + part, { now, config });
          now += pause;
          expect(paintedText(typing, now).isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

describe("given a card's print settings", () => {
  it.each([
    { name: "none", config: {}, expected: defaultPrintConfig },
    {
      name: "all of them",
      config: {
        streaming_config: {
          print_frequency_ms: { default: 30, pc: 10 },
          print_step: { default: 4 },
          print_strategy: "delay",
        },
      },
      expected: { intervalMs: 30, step: 4, strategy: "delay" },
    },
    {
      name: "nonsense",
      config: {
        streaming_config: { print_frequency_ms: { default: 0 }, print_step: 3, print_strategy: "slow" },
      },
      expected: defaultPrintConfig,
    },
  ])("reads $name", ({ config, expected }) => {
    expect(printConfigOf({ config })).toEqual(expected);
  });
});

describe("given somebody who waits for the next paint", () => {
  const typing = retype(fullyPainted("H", { now: 0, config: fast }), "H😀!", { now: 30, config: fast });

  it.each([
    { at: 30, next: 100 },
    { at: 99, next: 100 },
    { at: 100, next: 170 },
    { at: 170, next: undefined },
  ])("has it due at $next when it is $at", ({ at, next }) => {
    expect(nextPaintAt(typing, at)).toBe(next);
  });

  it("has nothing to wait for in a text that is there as a whole", () => {
    expect(nextPaintAt(fullyPainted("Hello", { now: 0, config: fast }), 0)).toBeUndefined();
  });
});
