import { describe, expect, it, vi } from "vitest";
import { pipeToCard } from "../pipe/pipe-to-card.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { RecordingDriver, type RecordingDriverOptions } from "../testing/recording-driver.ts";
import { scriptedSource } from "../testing/scripted-source.ts";
import { CardStream } from "./card-stream.ts";
import type { CardStreamOptions } from "./card-stream-options.ts";

type Options = Omit<CardStreamOptions, "driver" | "clock"> & { driver?: RecordingDriverOptions };

function openCard({ driver: driverOptions, ...options }: Options = {}) {
  const clock = new ManualClock();
  const driver = new RecordingDriver({ clock, latencyMs: 80, ...driverOptions });
  const logger = { warn: vi.fn() };
  const card = new CardStream({ driver, clock, logger, ...options });
  const start = clock.now();
  return {
    clock,
    driver,
    card,
    logger,
    elapsed: () => clock.now() - start,
    texts: () =>
      driver.cards.map(({ blocks }) =>
        blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])),
      ),
    status: (at = 0) => driver.cards[at]?.blocks.find((block) => block.type === "status")?.status,
  };
}

describe("given a run that ends well", () => {
  it("shows the whole text on one finalized card", async () => {
    const { clock, card, driver, texts, status } = openCard();
    for (const token of ["1", "1", "1", "。"]) {
      card.push(token);
      await clock.advance(30);
    }
    const result = await clock.until(card.finish());
    expect(result).toMatchObject({ status: "finished", delivery: "card", text: "111。" });
    expect(texts()).toEqual([["111。"]]);
    expect(driver.cards[0]).toMatchObject({ isStreaming: false, summary: "111。" });
    expect(status()).toMatchObject({ phase: "ended", end: { status: "finished" } });
  });

  it("opens the card before there is anything to say", async () => {
    const { clock, card, driver, status } = openCard();
    await clock.advance(80);
    expect(driver.cards).toHaveLength(1);
    expect(status()).toEqual({ phase: "thinking" });
    expect(await card.opened).toEqual({ cardId: "card-1", messageId: "message-1" });
  });

  it("sends the first text in the turn in which it comes", async () => {
    const { clock, card, driver } = openCard();
    await clock.advance(1_000);
    card.push("天空");
    await clock.advance(40);
    expect(driver.cards[0]?.writes).toHaveLength(1);
  });

  it("merges what comes while a write is under way, and never has two", async () => {
    const { clock, card, driver, elapsed } = openCard();
    for (let token = 0; token < 200; token += 1) {
      card.push("字");
      await clock.advance(10);
    }
    await clock.until(card.finish());
    const writes = driver.cards[0]?.writes ?? [];
    for (const [at, { at: time }] of writes.entries()) {
      const before = writes[at - 1];
      if (before !== undefined) expect(time - before.at).toBeGreaterThanOrEqual(100);
    }
    expect(writes.length).toBeGreaterThan(8);
    expect(elapsed()).toBeLessThan(2_500);
  });

  it("finalizes an empty answer too", async () => {
    const { clock, card, driver, status } = openCard();
    const result = await clock.until(card.finish());
    expect(result).toMatchObject({ status: "finished", delivery: "card", text: "" });
    expect(driver.cards[0]?.isStreaming).toBe(false);
    expect(status()).toMatchObject({ phase: "ended", hasText: false });
  });

  it("leaves no timer behind", async () => {
    const { clock, card } = openCard();
    card.push("**open");
    await clock.until(card.finish());
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });

  it("tells its times and what it cost", async () => {
    const { clock, card } = openCard();
    await clock.advance(500);
    card.push("字");
    await clock.advance(1_000);
    card.push({ type: "finish", finishReason: "stop", totalUsage: { outputTokens: 40 } });
    const { metrics } = await clock.until(card.finish());
    expect(metrics).toMatchObject({ firstTokenMs: 500, firstTextMs: 580, tokensPerSecond: 40, calls: 3 });
    expect(metrics.bytes).toBeGreaterThan(50);
  });
});

describe("given text that is undecided", () => {
  it("shows it as it stands after a second", async () => {
    const { clock, card, texts } = openCard();
    card.push("so **bold");
    await clock.advance(900);
    expect(texts()).toEqual([["so "]]);
    await clock.advance(400);
    expect(texts()).toEqual([["so **bold"]]);
  });
});

describe("given a burst and then silence", () => {
  it("shows everything within an interval and a round trip", async () => {
    const { clock, card, texts } = openCard();
    await clock.advance(1_000);
    card.push("字".repeat(2_000));
    await clock.advance(80 + 100 + 80 + 100);
    expect(texts()[0]?.join("")).toBe("字".repeat(2_000));
  });
});

describe("given an end that is not a finish", () => {
  it("stops: the signal fires at once, and finalizing is the next write", async () => {
    const { clock, card, driver, status } = openCard();
    const { signal } = card;
    card.push("half");
    await clock.advance(1_000);
    const writes = driver.cards[0]?.writes.length ?? 0;
    const result = card.stop("reader");
    expect(signal.aborted).toBe(true);
    card.push(" an answer");
    expect(await clock.until(result)).toMatchObject({ status: "stopped", reason: "reader", text: "half" });
    expect(driver.cards[0]?.writes).toHaveLength(writes + 1);
    expect(status()).toMatchObject({ end: { reason: "reader" } });
  });

  it("fails with what there was", async () => {
    const { clock, card, driver } = openCard();
    card.push("half");
    const boom = new Error("boom");
    expect(await clock.until(card.fail(boom))).toMatchObject({
      status: "failed",
      error: boom,
      delivery: "card",
    });
    expect(driver.cards[0]).toMatchObject({ isStreaming: false });
  });

  it("lets the first end win", async () => {
    const { clock, card } = openCard();
    const first = card.finish();
    expect(card.stop("reader")).toBe(first);
    expect(await clock.until(first)).toMatchObject({ status: "finished" });
  });

  it("ends with the caller's signal", async () => {
    const controller = new AbortController();
    const { clock, card } = openCard({ signal: controller.signal });
    card.push("half");
    await clock.advance(500);
    controller.abort(new DOMException("late", "TimeoutError"));
    expect(await clock.until(card.result)).toMatchObject({ status: "stopped", reason: "timeout" });
  });

  it("ends at once with a signal that was aborted before", async () => {
    const { clock, card, driver } = openCard({ signal: AbortSignal.abort() });
    expect(await clock.until(card.result)).toMatchObject({ status: "stopped", reason: "aborted" });
    expect(driver.cards[0]?.isStreaming).toBe(false);
  });

  it("times out a source that goes silent", async () => {
    const { clock, card } = openCard({ timeouts: { idleMs: 2_000 } });
    const { signal } = card;
    card.push("half");
    expect(await clock.until(card.result)).toMatchObject({
      status: "stopped",
      reason: "timeout",
      text: "half",
    });
    expect(signal.reason).toMatchObject({ code: "run-timeout", limit: "idleMs" });
  });
});

describe("given a source that only gives signs of life", () => {
  it("does not take it for silent", async () => {
    const { clock, card } = openCard({ timeouts: { idleMs: 1_000 } });
    for (let ping = 0; ping < 10; ping += 1) {
      await clock.advance(400);
      card.push({ type: "ping" });
    }
    expect(await clock.until(card.finish())).toMatchObject({ status: "finished" });
  });
});

describe("given writes that fail", () => {
  it("loses one frame with one failed frame", async () => {
    const { clock, card, texts, logger } = openCard({
      driver: { fault: ({ count }) => (count === 3 ? "refused" : undefined) },
    });
    for (let token = 0; token < 30; token += 1) {
      card.push("字");
      await clock.advance(50);
    }
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card" });
    expect(texts()).toEqual([["字".repeat(30)]]);
    expect(logger.warn).toHaveBeenCalledOnce();
  });

  it.each(["lost-before", "lost-after"] as const)(
    "replaces the card after an unknown outcome (%s)",
    async (fault) => {
      const { clock, card, texts, driver } = openCard({
        driver: { fault: ({ count }) => (count === 2 ? fault : undefined) },
      });
      await clock.advance(100);
      card.push("one ");
      await clock.advance(2_000);
      card.push("two");
      await clock.until(card.finish());
      expect(texts()).toEqual([["one two"]]);
      expect(driver.cards[0]?.writes.some(({ write }) => write.type === "replace")).toBe(true);
    },
  );

  it("opens no second card when the answer to the first opening is lost", async () => {
    const { clock, card, driver } = openCard({
      driver: { fault: ({ count }) => (count === 1 ? "lost-after" : undefined) },
    });
    card.push("text");
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card" });
    expect(driver.cards).toHaveLength(1);
  });

  it("replaces the card when finalizing by changes is refused", async () => {
    const { clock, card, driver } = openCard({
      driver: {
        fault: ({ operation, count }) =>
          operation === "finalize" && count === 3 ? "refused-for-good" : undefined,
      },
    });
    await clock.advance(200);
    card.push("text");
    await clock.advance(500);
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card" });
    expect(driver.cards[0]?.writes.at(-1)?.write).toMatchObject({ type: "finalize", how: "replace" });
  });

  it("sends the text as a message when no card can be made", async () => {
    const { clock, card, driver } = openCard({
      driver: { fault: ({ count }) => (count === 1 ? "refused-for-good" : undefined) },
    });
    card.push("whole text");
    await clock.advance(500);
    await expect(card.opened).rejects.toMatchObject({ code: "recorded-refused-for-good" });
    expect(await clock.until(card.finish())).toMatchObject({
      delivery: "message",
      cards: [],
      deliveryError: { code: "recorded-refused-for-good" },
    });
    expect(driver.texts).toEqual(["whole text"]);
  });

  it("goes on in a new card when the card is gone", async () => {
    let isGone = false;
    const { clock, card, driver, texts } = openCard({
      driver: {
        fault: ({ operation }) => {
          if (operation !== "text" || isGone) return undefined;
          isGone = true;
          return "gone";
        },
      },
    });
    card.push("shown ");
    await clock.advance(1_000);
    card.push("and gone on");
    await clock.advance(1_000);
    const result = await clock.until(card.finish());
    expect(result).toMatchObject({ delivery: "card", cards: [{ cardId: "card-2" }] });
    expect(texts()).toEqual([["shown "], ["shown and gone on"]]);
    expect(driver.texts).toEqual([]);
  });

  it("sends the text as a message when every card is gone", async () => {
    const { clock, card, driver } = openCard({
      driver: { fault: ({ operation }) => (operation === "finalize" ? "gone" : undefined) },
    });
    card.push("the whole text");
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "message", finalizedBy: "message" });
    expect([driver.cards.length, driver.texts]).toEqual([3, ["the whole text"]]);
  });

  it("settles within 15 seconds when nothing works", async () => {
    const { clock, card, elapsed } = openCard({ driver: { fault: () => "lost-before" } });
    card.push("text");
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "none", cards: [] });
    expect(elapsed()).toBeLessThanOrEqual(15_100);
  });
});

describe("given a long answer", () => {
  const answer = Array.from(
    { length: 40 },
    (_, index) => `## 第 ${index} 节\n\n${"内容。".repeat(40)}\n\n`,
  ).join("");

  it("goes on on further cards, each finalized when the next begins", async () => {
    const { clock, card, driver, texts, status } = openCard({ driver: { profile: { maxBytes: 4_000 } } });
    for (let at = 0; at < answer.length; at += 12) {
      card.push(answer.slice(at, at + 12));
      await clock.advance(40);
    }
    const result = await clock.until(card.finish());
    expect(driver.cards.length).toBeGreaterThan(3);
    expect(result).toMatchObject({ delivery: "card", text: answer });
    expect(result.cards).toHaveLength(driver.cards.length);
    expect(driver.cards.every(({ isStreaming }) => !isStreaming)).toBe(true);
    expect(texts().flat().join("")).toBe(answer);
    expect(status(0)).toEqual({ phase: "continued" });
  });

  /**
   * Streams an answer onto cards.
   *
   * @param times Number of times that the second card is gone when it is to be finalized.
   */
  async function streamWithGone(times: number) {
    let finalized = 0;
    const { clock, card, driver } = openCard({
      driver: {
        profile: { maxBytes: 4_000 },
        latencyMs: 200,
        fault: ({ operation }) => {
          if (operation !== "finalize") return undefined;
          finalized += 1;
          return finalized > 1 && finalized <= 1 + times ? "gone" : undefined;
        },
      },
    });
    for (let at = 0; at < answer.length; at += 12) {
      card.push(answer.slice(at, at + 12));
      await clock.advance(20);
    }
    const result = await clock.until(card.finish());
    const shown = driver.cards
      .filter(({ cardId }) => result.cards.some((named) => named.cardId === cardId))
      .flatMap(({ blocks }) => blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])));
    return { driver, result, shown: shown.join("") };
  }

  it("P1: sends the card that takes the place of one that is gone before the next", async () => {
    const { driver, result, shown } = await streamWithGone(1);
    expect(result).toMatchObject({ delivery: "card" });
    expect(driver.cards).toHaveLength(result.cards.length + 1);
    expect(shown).toBe(answer);
  });

  it("P1: says what follows a card that is lost behind what is shown, and not before it on further cards", async () => {
    const { driver, result, shown } = await streamWithGone(3);
    expect(result).toMatchObject({ delivery: "message", cards: [{ cardId: "card-1" }] });
    expect(driver.cards).toHaveLength(4);
    expect(`${shown}${driver.texts.join("")}`).toBe(answer);
  });

  it("P1: opens no card behind one that could not be made, also where the one before it is not yet final", async () => {
    let opened = 0;
    const { clock, card, driver } = openCard({
      driver: {
        profile: { maxBytes: 4_000 },
        fault: ({ operation }) => {
          if (operation === "finalize") return clock.now() < end ? "refused" : undefined;
          if (operation === "open") opened += 1;
          return operation === "open" && opened === 2 ? "refused-for-good" : undefined;
        },
      },
    });
    const end = clock.now() + 40_000;
    for (let at = 0; at < answer.length; at += 12) {
      card.push(answer.slice(at, at + 12));
      await clock.advance(20);
    }
    await clock.advance(end - clock.now());
    expect(await clock.until(card.finish())).toMatchObject({
      delivery: "message",
      cards: [{ cardId: "card-1" }],
    });
    expect(driver.cards).toHaveLength(1);
  });

  it("writes it whole to a platform with slots", async () => {
    const { clock, card, texts } = openCard({ driver: { structure: "slots" } });
    for (let at = 0; at < answer.length; at += 30) {
      card.push(answer.slice(at, at + 30));
      await clock.advance(40);
    }
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card" });
    expect(texts().flat().join("")).toBe(answer);
  });

  it("shows plain text behind a tool call while it comes where a card has one text", async () => {
    const { clock, card, texts } = openCard({ driver: { structure: "slots" } });
    card.push("查一下。");
    card.push({ type: "tool-call", toolCallId: "1", toolName: "search" });
    card.push({ type: "tool-result", toolCallId: "1", output: "ok" });
    card.push("是晴天。");
    await clock.advance(3_000);
    expect(texts()).toEqual([["查一下。\n\n是晴天。"]]);
    await clock.until(card.finish());
  });
});

describe("given a stream that is piped in", () => {
  it("finishes with the stream", async () => {
    const { clock, card, texts } = openCard();
    const source = scriptedSource(clock, [{ chunk: "one " }, { afterMs: 300, chunk: "two" }]);
    await clock.until(source.pipeTo(card));
    expect(await card.result).toMatchObject({ status: "finished", text: "one two" });
    expect(texts()).toEqual([["one two"]]);
  });

  it("fails with the stream", async () => {
    const { clock, card } = openCard();
    const boom = new Error("socket died");
    const source = scriptedSource(clock, [{ chunk: "one " }, { afterMs: 300, error: boom }]);
    await expect(clock.until(source.pipeTo(card))).rejects.toBe(boom);
    expect(await clock.until(card.result)).toMatchObject({ status: "failed", error: boom, text: "one " });
  });

  it("stops with the pipe's signal", async () => {
    const { clock, card } = openCard();
    const controller = new AbortController();
    const piped = scriptedSource(clock, [{ chunk: "one " }, { end: "never" }]).pipeTo(card, {
      signal: controller.signal,
    });
    piped.catch(() => {});
    await clock.advance(300);
    controller.abort();
    expect(await clock.until(card.result)).toMatchObject({ status: "stopped", reason: "aborted" });
  });

  it("drops what is written after the end", async () => {
    const { clock, card } = openCard();
    const writer = card.getWriter();
    await writer.write("one");
    await clock.until(card.finish());
    await expect(writer.write("two")).resolves.toBeUndefined();
    await expect(writer.close()).resolves.toBeUndefined();
    expect(await card.result).toMatchObject({ text: "one" });
  });
});

describe("given pipeToCard", () => {
  it("reads a stream to its end", async () => {
    const { clock, card } = openCard();
    const source = scriptedSource(clock, [{ chunk: "one " }, { afterMs: 10, chunk: "two" }]);
    expect(await clock.until(pipeToCard(source, card))).toMatchObject({
      status: "finished",
      text: "one two",
    });
  });

  it("reads an async iterable", async () => {
    const { clock, card } = openCard();
    async function* tokens() {
      yield "one ";
      yield { type: "text-delta", text: "two" } as const;
    }
    expect(await clock.until(pipeToCard(tokens(), card))).toMatchObject({ text: "one two" });
  });

  it("cancels the source when the card is stopped", async () => {
    const { clock, card } = openCard();
    const source = scriptedSource(clock, [{ chunk: "one " }, { end: "never" }]);
    const piped = pipeToCard(source, card);
    await clock.advance(500);
    await clock.until(card.stop("reader"));
    expect(await piped).toMatchObject({ status: "stopped", reason: "reader" });
    expect(await source.cancelled).toBeInstanceOf(DOMException);
  });

  it("does not promise that a stop reaches the run, unless the run has the card's signal", async () => {
    const { clock, card } = openCard();
    const piped = pipeToCard(scriptedSource(clock, [{ chunk: "one" }]), card);
    expect(card.isStoppable).toBe(false);
    expect(card.signal.aborted).toBe(false);
    expect(card.isStoppable).toBe(true);
    await clock.until(piped);
  });

  it("settles although the source ignores its cancellation", async () => {
    const { clock, card } = openCard();
    async function* deaf() {
      yield "one ";
      await new Promise(() => {});
    }
    const piped = pipeToCard(deaf(), card);
    await clock.advance(500);
    void card.stop();
    expect(await clock.until(piped)).toMatchObject({ status: "stopped", text: "one " });
  });

  it("fails with a source that throws", async () => {
    const { clock, card } = openCard();
    async function* broken() {
      yield "one ";
      throw new Error("boom");
    }
    expect(await clock.until(pipeToCard(broken(), card))).toMatchObject({ status: "failed", text: "one " });
  });

  it("says what it was given when that is no stream", async () => {
    const { clock, card } = openCard();
    const result = await clock.until(pipeToCard({ tokens: 1 } as never, card));
    expect(result.error).toMatchObject({
      code: "invalid-option",
      message: expect.stringContaining("tokens"),
    });
  });
});

describe("given changes that the platform keeps refusing while text gets through", () => {
  it("tries them less and less often, and types the text meanwhile", async () => {
    const refusedAt: number[] = [];
    const { clock, card, elapsed, texts } = openCard({
      driver: {
        fault: ({ operation, count }) => {
          if (operation !== "structure" || count < 3) return undefined;
          refusedAt.push(elapsed());
          return "refused";
        },
      },
    });
    await clock.advance(200);
    card.push("天空");
    await clock.advance(200);
    card.push({ type: "text-start", id: "1" });
    card.push({ type: "tool-call", toolCallId: "1", toolName: "clock" });
    for (let second = 0; second < 20; second += 1) {
      card.push({ type: "text-delta", id: "1", text: "是蓝色的" });
      await clock.advance(1_000);
    }
    const gaps = refusedAt.slice(1).map((at, index) => at - (refusedAt[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(3);
    expect(gaps.every((gap, index) => gap > 0.9 * Math.min(500 * 2 ** index, 8_000))).toBe(true);
    const result = await clock.until(card.finish());
    expect(texts()[0]?.join("")).toBe(result.text);
  });
});

describe("given an answer of several slices", () => {
  it("types each into a text that stands ready, and leaves none of these when it ends", async () => {
    const { clock, card, driver, texts } = openCard();
    await clock.advance(200);
    for (let paragraph = 0; paragraph < 4; paragraph += 1) {
      for (let sentence = 0; sentence < 12; sentence += 1) {
        card.push("天空是蓝色的。");
        await clock.advance(100);
      }
      card.push("\n\n");
      await clock.advance(500);
    }
    const kinds = driver.cards[0]?.writes.map(({ write }) => write.type) ?? [];
    expect(kinds.filter((kind) => kind === "structure")).toHaveLength(2);
    expect(texts()[0]?.filter((text) => text === "")).toHaveLength(1);
    await clock.until(card.finish());
    expect(texts()[0]).toHaveLength(4);
    expect(texts()[0]?.every((text) => text.endsWith("。\n\n"))).toBe(true);
  });
});

describe("given writes that are a second apart", () => {
  it.each([
    ["at a steady pace", () => true],
    ["in bursts", (token: number) => token % 74 < 26],
  ])("brings with each of them all that was said %s, over however many slices", async (_, isSaying) => {
    const { clock, card, driver, texts } = openCard({ pace: "economy" });
    let said = "";
    const saidBy: string[] = [];
    const behind: number[] = [];
    for (let token = 0; token < 60_000 / 50; token += 1) {
      const writes = driver.cards[0]?.writes.length ?? 0;
      const text = isSaying(token) ? (token % 10 === 9 ? "。\n\n" : "天空是蓝") : "";
      card.push(text);
      said += text;
      saidBy.push(said);
      await clock.advance(50);
      const isOld = token >= 400;
      // A write takes 80 ms.
      const before = saidBy[token - 3] ?? "";
      if (isOld && (driver.cards[0]?.writes.length ?? 0) > writes) {
        behind.push(before.length - (texts()[0]?.join("").length ?? 0));
      }
    }
    expect(behind.length).toBeGreaterThan(10);
    expect(Math.max(...behind)).toBeLessThanOrEqual(0);
    await clock.until(card.finish());
  });
});

describe("given a platform that takes no text without a character", () => {
  it("goes on without texts that stand ready, and draws the Markdown", async () => {
    const { clock, card, driver, texts } = openCard({
      driver: {
        fault: ({ operation, body }) =>
          operation !== "text" && JSON.stringify(body).includes('"text":""') ? "refused-for-good" : undefined,
      },
    });
    for (let paragraph = 0; paragraph < 12; paragraph += 1) {
      card.push(`**天空**${"是蓝色的。".repeat(12)}\n\n`);
      await clock.advance(500);
    }
    const result = await clock.until(card.finish());
    expect(result).toMatchObject({ delivery: "card", finalizedBy: "changes" });
    expect(texts()[0]?.join("")).toBe(result.text);
    expect(driver.cards[0]?.blocks.some((block) => block.type === "text" && block.isPlain)).toBe(false);
  });
});

describe("given options that can never work", () => {
  it("says what was received", () => {
    expect(() => openCard({ minIntervalMs: -1 })).toThrow("received -1");
    expect(() => openCard({ timeouts: { idleMs: Number.NaN } })).toThrow("received NaN");
  });
});

describe("given several texts that are written at the same time", () => {
  const start = (id: string) => ({ type: "text-start", id });
  const say = (id: string, text: string) => ({ type: "text-delta", id, text });
  const end = (id: string) => ({ type: "text-end", id });

  it("shows them in the order in which they began, each when the one before it is done", async () => {
    const { clock, card, texts } = openCard();
    for (const event of [start("a"), say("a", "甲的"), start("b"), say("b", "乙的")]) card.push(event);
    await clock.advance(1_000);
    expect(texts()).toEqual([["甲的"]]);
    for (const event of [say("a", "话。"), end("a")]) card.push(event);
    await clock.advance(1_000);
    expect(texts()).toEqual([["甲的话。", "乙的"]]);
    await clock.until(card.finish());
  });

  it("shows all of them when the card is stopped in their middle", async () => {
    const { clock, card, texts } = openCard();
    for (const event of [start("a"), say("a", "甲的"), start("b"), say("b", "乙的")]) card.push(event);
    const result = await clock.until(card.stop());
    expect([texts(), result.text]).toEqual([[["甲的", "乙的"]], "甲的乙的"]);
  });

  it("does not wait for the end of a text that never said it began", async () => {
    const { clock, card, texts } = openCard();
    for (const event of [say("a", "甲的"), say("b", "乙的")]) card.push(event);
    await clock.advance(1_000);
    expect(texts()).toEqual([["甲的", "乙的"]]);
    await clock.until(card.finish());
  });
});
