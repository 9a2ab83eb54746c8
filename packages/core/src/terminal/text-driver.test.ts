import { describe, expect, it } from "vitest";
import { CardStream } from "../card/card-stream.ts";
import type { CardStreamOptions } from "../card/card-stream-options.ts";
import { InvalidOptionError } from "../errors.ts";
import { driverContract } from "../testing/driver-contract.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { createTextDriver, type TextDriverOptions } from "./text-driver.ts";

const DIM = "\u001b[2m";
const UNDIM = "\u001b[22m";

/** A run in virtual time, and what was written of it. */
function drawnRun(
  { isTerminal, ...options }: Omit<CardStreamOptions, "driver"> & { isTerminal?: boolean } = {},
  write?: TextDriverOptions["write"],
) {
  const clock = new ManualClock();
  const writes: string[] = [];
  const driver = createTextDriver({
    write: write ?? ((text) => writes.push(text)),
    isTerminal,
    locale: "en-US",
  });
  const card = new CardStream({ driver, clock, logger: { warn: () => {} }, ...options });
  return { clock, card, writes, text: () => writes.join("") };
}

describe("given the text driver", () => {
  const outputs: string[] = [];
  const statusLine = `\n\n${DIM}[已完成]${UNDIM}\n`;
  const rules = driverContract({
    createDriver() {
      outputs.push("");
      const write = (text: string) => {
        outputs[outputs.length - 1] += text;
      };
      return createTextDriver({ write, isTerminal: true });
    },
    readCard() {
      const output = outputs.at(-1) ?? "";
      const hasStatus = output.endsWith(statusLine);
      const text = hasStatus ? output.slice(0, -statusLine.length) : output;
      return { texts: text === "" ? [] : [text], hasStatus, isStreaming: !hasStatus };
    },
  });
  for (const { title, run } of rules) it(title, run);

  it.each([
    [{ write: "stdout" }, "write must be a function, received"],
    [{ write: () => {}, locale: "de-DE" }, 'locale must be "zh-CN", "en-US" or "ja-JP", received "de-DE".'],
  ])("refuses options that can never work: %o", (options, message) => {
    const make = () => createTextDriver(options as unknown as TextDriverOptions);
    expect(make).toThrow(InvalidOptionError);
    expect(make).toThrow(message);
  });
});

describe("given a run that is drawn as text while it goes on", () => {
  it("writes the answer as it comes, at most once in 30 ms, code point for code point", async () => {
    const { clock, card, writes, text } = drawnRun();
    const answer = "天空**是蓝色的** 🌈，`a<b` <at id=all></at>\r\n\n| 半 | 张\n".repeat(20);
    for (let at = 0; at < answer.length; at += 1) {
      card.push(answer.slice(at, at + 1));
      await clock.advance(10);
      // Half of a surrogate pair waits for the other one.
      if (at > 60) expect(text().length).toBeGreaterThan(at - 4);
    }
    const result = await clock.until(card.finish());
    expect(text()).toBe(answer);
    expect(writes.length).toBeGreaterThan(100);
    expect(writes.length).toBeLessThanOrEqual((answer.length * 10) / 30 + 2);
    expect(result).toMatchObject({ status: "finished", delivery: "card", text: answer });
    expect(result.metrics.calls).toBe(writes.length);
    expect(result.metrics.bytes).toBe(new TextEncoder().encode(answer).length);
  });

  it("writes a long block of code in small pieces, too", async () => {
    const { clock, card, writes } = drawnRun();
    for (const line of Array(400).fill("const 天 = 1;\n")) {
      card.push(line);
      await clock.advance(30);
    }
    await clock.until(card.finish());
    expect(Math.max(...writes.map(({ length }) => length))).toBeLessThan(60);
  });

  it("gives each tool call a line once it is over, between the texts", async () => {
    const { clock, card, writes, text } = drawnRun();
    card.push({ type: "text-start", id: "1" });
    card.push({ type: "text-delta", id: "1", text: "Looking it up." });
    card.push({ type: "text-end", id: "1" });
    for (const toolCallId of ["a", "b", "c"]) {
      card.push({ type: "tool-call", toolCallId, toolName: `search ${toolCallId}`, input: { q: "secret" } });
    }
    await clock.advance(1_000);
    expect(text()).toBe("Looking it up.");
    card.push({ type: "tool-result", toolCallId: "b", output: "rain" });
    await clock.advance(1_000);
    expect(writes.at(-1)).toBe("\n\n✓ search b · 1.0 s");
    card.push({ type: "tool-error", toolCallId: "a", error: new Error("no") });
    card.push({ type: "start-step" });
    card.push({ type: "text-delta", id: "2", text: "It rains." });
    await clock.advance(1_000);
    await clock.until(card.finish());
    expect(text()).toBe(
      "Looking it up.\n\n✓ search b · 1.0 s\n✕ search a · failed · 2.0 s\n\nIt rains.\n\n○ search c · not finished",
    );
  });

  it("shows every one of many calls", async () => {
    const { clock, card, text } = drawnRun();
    for (let call = 0; call < 60; call += 1) {
      card.push({ type: "tool-call", toolCallId: `${call}`, toolName: `tool-${call}.`, input: {} });
      card.push({ type: "tool-result", toolCallId: `${call}`, output: call });
    }
    await clock.until(card.finish());
    for (let call = 0; call < 60; call += 1) expect(text()).toContain(`✓ tool-${call}.\n`);
  });

  it("ends with the sources, how the run ended where that was not well, and what it took", async () => {
    const { clock, card, text } = drawnRun({ footer: { tokens: true } });
    card.push("Half an answer");
    for (const [id, title] of ["Rayleigh", undefined].entries()) {
      card.push({ type: "source", sourceType: "url", id: `${id}`, url: `https://a.example/${id}`, title });
    }
    card.push({ type: "file", file: { mediaType: "image/png", url: "https://a.example/sky.png" } });
    card.push({
      type: "finish",
      finishReason: "length",
      totalUsage: { inputTokens: 12, outputTokens: 3_456 },
    });
    await clock.until(card.finish());
    expect(text()).toBe(
      [
        "Half an answer",
        "[Image] https://a.example/sky.png",
        "2 sources\n1. Rayleigh https://a.example/0\n2. https://a.example/1",
        "[Cut at the length limit]",
        "12 → 3,456 tokens",
      ].join("\n\n"),
    );
  });

  it("leaves out what is folded, and quotes what the model thought where it is to be shown", async () => {
    for (const [reasoning, expected] of [
      ["fold", "Yes."],
      ["show", "> The user\n> asks.\n\nYes."],
    ] as const) {
      const { clock, card, text } = drawnRun({ reasoning });
      card.push({ type: "reasoning-delta", id: "r", text: "The user\n" });
      await clock.advance(500);
      card.push({ type: "reasoning-delta", id: "r", text: "asks." });
      await clock.advance(500);
      expect(text()).toBe("");
      card.push("Yes.");
      await clock.until(card.finish());
      expect(text()).toBe(expected);
    }
  });

  it("writes runs that share it one after the other, each whole, under its name", async () => {
    const { clock, card, text } = drawnRun();
    const lanes = ["GPT", "通义千问"].map((name) => card.lane(name));
    for (let round = 0; round < 5; round += 1) {
      for (const lane of lanes) lane.push(`${round} `);
      await clock.advance(100);
    }
    expect(text()).toBe("── GPT ──\n\n0 1 2 3 4 ");
    lanes[0]?.finish();
    await clock.advance(100);
    expect(text()).toContain("── 通义千问 ──\n\n0 1 2 3 4 ");
    lanes[1]?.fail(new Error("no"));
    await clock.until(card.finish());
    expect(text()).toMatch(
      /^── GPT ──\n\n0 1 2 3 4 \n\n── 通义千问 ──\n\n0 1 2 3 4 \n\n\[通义千问 · Something went wrong.*\]$/,
    );
  });

  it("waits for a writer that is slow, and merges what comes meanwhile", async () => {
    const done: (() => void)[] = [];
    const writes: string[] = [];
    const { clock, card } = drawnRun({}, (text) => {
      writes.push(text);
      return new Promise<void>((resolve) => done.push(resolve));
    });
    for (const word of ["a", "b", "c"]) {
      card.push(word);
      await clock.advance(200);
    }
    expect(writes).toEqual(["a"]);
    done.shift()?.();
    await clock.advance(200);
    expect(writes).toEqual(["a", "bc"]);
    const result = card.finish();
    done.shift()?.();
    expect(await clock.until(result)).toMatchObject({ delivery: "card" });
  });

  it("stops writing once a write has failed, and says so in the result", async () => {
    let calls = 0;
    const broken = new Error("EPIPE");
    const { clock, card } = drawnRun({}, () => {
      calls += 1;
      throw broken;
    });
    card.push("one");
    await clock.advance(100);
    card.push(" two");
    const result = await clock.until(card.finish());
    expect(calls).toBe(1);
    expect(result).toMatchObject({ status: "finished", delivery: "none", text: "one two" });
    expect(result.deliveryError).toMatchObject({ code: "write-failed", cause: broken });
  });
});

describe("given a terminal", () => {
  it("dims what is not the answer, and ends with a line of its own", async () => {
    const { clock, card, text } = drawnRun({ isTerminal: true });
    card.push({ type: "reasoning-delta", id: "r", text: "Hm." });
    await clock.advance(500);
    expect(text()).toBe(`${DIM}Hm.${UNDIM}`);
    card.push("Yes.");
    await clock.until(card.finish());
    expect(text()).toBe(`${DIM}Hm.${UNDIM}\n\nYes.\n\n${DIM}[Finished]${UNDIM}\n`);
  });

  it("gets no control character that the run says, in any place", async () => {
    const { clock, card, text } = drawnRun({ isTerminal: true, reasoning: "show" });
    const hostile = "\u001b[2J\u001b]0;title\u0007\u009b31m\u202egpj.exe\rover\u0008\u007f";
    card.push({ type: "reasoning-delta", id: "r", text: hostile });
    card.push({ type: "tool-call", toolCallId: "1", toolName: hostile, input: {} });
    card.push({ type: "tool-error", toolCallId: "1", error: new Error(hostile) });
    card.push(`${hostile}\n\tend`);
    card.push({ type: "source", sourceType: "url", id: "s", url: "https://a.example/", title: hostile });
    await clock.until(card.stop(new Error(hostile)));
    const said = text().replaceAll(DIM, "").replaceAll(UNDIM, "");
    expect(said).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
    expect(said).toContain("over");
    expect(said).toContain("\n\tend");
  });
});
