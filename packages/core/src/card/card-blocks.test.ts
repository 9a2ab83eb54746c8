import { describe, expect, it, vi } from "vitest";
import type { CardBlock } from "../contract/card-block.ts";
import type { CardEvent } from "../contract/card-event.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { RecordingDriver, type RecordingDriverOptions } from "../testing/recording-driver.ts";
import { CardStream } from "./card-stream.ts";
import type { CardStreamOptions } from "./card-stream-options.ts";

type Options = Omit<CardStreamOptions, "driver" | "clock"> & { driver?: RecordingDriverOptions };

function openCard({ driver: driverOptions, ...options }: Options = {}) {
  const clock = new ManualClock();
  const driver = new RecordingDriver({ clock, latencyMs: 20, ...driverOptions });
  const card = new CardStream({ driver, clock, logger: { warn: () => {} }, ...options });
  const say = async (...events: (CardEvent | string)[]): Promise<void> => {
    for (const event of events) {
      card.push(event);
      await clock.advance(200);
    }
  };
  return {
    clock,
    driver,
    card,
    say,
    blocks: (at = 0) => driver.cards[at]?.blocks ?? [],
    types: (at = 0) => (driver.cards[at]?.blocks ?? []).map(({ type }) => type),
  };
}

const call = (toolCallId: string, toolName = "search"): CardEvent => ({
  type: "tool-call",
  toolCallId,
  toolName,
  input: { query: toolCallId },
});
const result = (toolCallId: string, output: unknown = "ok"): CardEvent => ({
  type: "tool-result",
  toolCallId,
  output,
});
const think = (text: string): CardEvent => ({ type: "reasoning-delta", id: "r", text });

function find<Type extends CardBlock["type"]>(blocks: readonly CardBlock[], type: Type) {
  return blocks.filter((block): block is Extract<CardBlock, { type: Type }> => block.type === type);
}

describe("given a model that thinks before it answers", () => {
  it("shows the thought while it grows, and folds it when the answer begins", async () => {
    const { say, blocks, types, card, clock } = openCard();
    await say(think("先想"), think("一想。"));
    expect(blocks()).toMatchObject([
      { type: "reasoning", isThinking: true, isFolded: false },
      { type: "text", text: "先想一想。", within: "reasoning-1", isReasoning: true },
    ]);
    await say("天空", "是蓝色的");
    expect(types()).toEqual(["reasoning", "text", "text"]);
    expect(blocks()[0]).toMatchObject({ isThinking: false, isFolded: true, durationMs: 400 });
    const ended = await clock.until(card.finish());
    expect(ended.text).toBe("天空是蓝色的");
  });

  it("keeps it open with `show`, and leaves it out with `hide`", async () => {
    for (const [reasoning, count] of [
      ["show", 1],
      ["hide", 0],
    ] as const) {
      const { say, blocks } = openCard({ reasoning });
      await say(think("嗯"), "好");
      expect(find(blocks(), "reasoning").map(({ isFolded }) => isFolded)).toEqual(Array(count).fill(false));
    }
  });

  it("says that it thinks where the thought is not shown", async () => {
    const { say, blocks } = openCard({ reasoning: "hide" });
    await say(think("嗯"));
    expect(blocks()).toMatchObject([{ type: "status", status: { phase: "thinking" } }]);
  });

  it("makes one thought of what comes in a row, and another one after a tool", async () => {
    const { say, blocks } = openCard();
    await say(
      { type: "reasoning-delta", id: "1", text: "一" },
      { type: "reasoning-delta", id: "2", text: "二" },
    );
    await say(call("a"), result("a"), { type: "start-step" }, think("三"));
    const thoughts = find(blocks(), "text").map(({ text, within }) => [within, text]);
    expect(thoughts).toEqual([
      ["reasoning-1", "一\n\n二"],
      ["reasoning-2", "三"],
    ]);
  });

  it("shows six kilobytes of it, and says so", async () => {
    const { say, blocks, card, clock } = openCard();
    await say(think("思".repeat(3_000)), "好");
    const shown = find(blocks(), "text").filter(({ isReasoning }) => isReasoning);
    expect(shown.map(({ text }) => text).join("")).toBe(`${"思".repeat(2_048)}…`);
    expect(await clock.until(card.finish())).toMatchObject({ text: "好", cut: ["reasoning"] });
  });
});

describe("given a run that calls tools", () => {
  it("shows each call where it was made, with what became of it", async () => {
    const { say, blocks } = openCard();
    await say("先查。", call("a"), call("b"));
    expect(find(blocks(), "tool")).toMatchObject([{ status: "running" }, { status: "running" }]);
    await say({ type: "tool-error", toolCallId: "b", error: new Error("boom") }, result("a"), "查到了。");
    expect(blocks()).toMatchObject([
      { type: "text", text: "先查。" },
      { type: "tool", title: "search", status: "done", output: "ok", durationMs: 600 },
      { type: "tool", status: "failed", output: "boom" },
      { type: "text", text: "查到了。" },
    ]);
  });

  it("replaces a preliminary result by the next one", async () => {
    const { say, blocks } = openCard();
    await say(call("a"), { type: "tool-result", toolCallId: "a", output: "10 %", preliminary: true });
    expect(find(blocks(), "tool")).toMatchObject([{ status: "running", output: "10 %" }]);
    await say(result("a", "100 %"));
    expect(find(blocks(), "tool")).toMatchObject([{ status: "done", output: "100 %" }]);
  });

  it("asks for an approval once the run has ended, where somebody hears of it", async () => {
    for (const actions of [true, false]) {
      const { say, blocks, card, clock } = openCard({ actions });
      const request: CardEvent = {
        type: "tool-approval-request",
        approvalId: "approval-1",
        toolCall: { toolCallId: "a" },
      };
      await say(call("a", "delete_all"), request);
      expect(find(blocks(), "tool")[0]?.approval).toBeUndefined();
      card.push({ type: "finish", finishReason: "tool-calls" });
      const ended = await clock.until(card.finish());
      expect(ended).toMatchObject({ status: "finished", reason: "waiting" });
      expect(find(blocks(), "tool")[0]?.approval).toEqual(
        actions ? { approvalId: "approval-1", card: 0 } : undefined,
      );
    }
  });

  it.each([60, 200])(
    "folds the oldest of %i calls into a count, within the limits of the card",
    async (count) => {
      const { clock, card, driver, blocks } = openCard();
      for (let index = 0; index < count; index += 1) {
        card.push(call(`call-${index}`));
        if (index % 3 > 0) card.push(result(`call-${index}`, "x".repeat(5_000)));
        if (index % 10 === 0) await clock.advance(50);
      }
      card.push("答案");
      await clock.until(card.finish());
      expect(driver.cards).toHaveLength(1);
      const rows = find(blocks(), "tool");
      const [folded] = find(blocks(), "tool-count");
      expect(rows.length + (folded?.count ?? 0)).toBe(count);
      expect(rows.length).toBeGreaterThan(3);
      const size = blocks().reduce((sum, block) => sum + driver.profile.measure(block).bytes, 0);
      expect(size).toBeLessThan(driver.profile.maxBytes);
    },
  );

  it("takes a call that goes on along to the next card", async () => {
    const { clock, card, driver, blocks } = openCard({ driver: { profile: { maxBytes: 3_000 } } });
    card.push(call("done"));
    card.push(result("done"));
    card.push(call("open"));
    for (let index = 0; index < 30; index += 1) {
      card.push(`${"字".repeat(60)}。\n\n`);
      await clock.advance(60);
    }
    card.push(result("open", "终于"));
    const ended = await clock.until(card.finish());
    expect(ended.delivery).toBe("card");
    expect(driver.cards.length).toBeGreaterThan(1);
    const calls = driver.cards.map((_, at) =>
      find(blocks(at), "tool").map(({ status, output }) => [status, output]),
    );
    expect(calls[0]).toEqual([["done", "ok"]]);
    expect(calls.slice(1).flat()).toEqual([["done", "终于"]]);
  });
});

describe("given images that the platform does not draw", () => {
  it("shows where they are, or that there was one", async () => {
    const { say, blocks } = openCard();
    const file = (url: string): CardEvent => ({ type: "file", file: { mediaType: "image/png", url } });
    await say("图：", file("https://a.example/x.png"), {
      type: "file",
      file: { mediaType: "image/png", base64: "AA==" },
    });
    expect(find(blocks(), "image")).toEqual([
      { type: "image", id: "image-1", url: "https://a.example/x.png" },
      { type: "image", id: "image-2" },
    ]);
  });
});

describe("given what stands at the end of a card", () => {
  it("names each source once, after the answer", async () => {
    const { say, blocks, card, clock } = openCard();
    const source = (url: string, title?: string): CardEvent => ({
      type: "source",
      sourceType: "url",
      id: url,
      url,
      ...(title !== undefined && { title }),
    });
    await say(
      source("https://a.example/", "甲"),
      "答案",
      source("https://a.example/"),
      source("https://b.example/"),
    );
    expect(find(blocks(), "sources")).toEqual([]);
    await clock.until(card.finish());
    expect(find(blocks(), "sources")).toMatchObject([
      {
        sources: [
          { title: "甲", url: "https://a.example/" },
          { title: "https://b.example/", url: "https://b.example/" },
        ],
        more: 0,
      },
    ]);
  });

  it("says what the answer took, as far as it is asked for and known", async () => {
    const { say, blocks, card, clock } = openCard({ footer: { model: true, tokens: true, totalTime: true } });
    await say("好");
    card.push({ type: "finish-step", response: { modelId: "qwen-max" } });
    card.push({ type: "finish", finishReason: "stop", totalUsage: { inputTokens: 12, outputTokens: 34 } });
    await clock.until(card.finish());
    expect(find(blocks(), "footer")).toEqual([
      { type: "footer", id: "footer", model: "qwen-max", inputTokens: 12, outputTokens: 34, totalMs: 200 },
    ]);
  });

  it("draws Stop while the run can be stopped, and feedback and Regenerate after its end", async () => {
    const { say, blocks, card, clock } = openCard({ actions: true });
    await say("好");
    expect(find(blocks(), "actions")).toEqual([]);
    expect(card.signal.aborted).toBe(false);
    await say("的");
    expect(find(blocks(), "actions")).toMatchObject([{ card: 0, buttons: [{ action: "stop" }] }]);
    await clock.until(card.finish());
    expect(find(blocks(), "actions")).toMatchObject([
      { buttons: [{ action: "feedback" }, { action: "feedback" }, { action: "regenerate" }] },
    ]);
  });

  it("tells why a run failed in words of its own or the user's, never in the error's", async () => {
    const error = Object.assign(new Error("sk-secret"), { statusCode: 429 });
    for (const [failureText, cause] of [
      [undefined, "busy"],
      [() => "余额不足", { text: "余额不足" }],
      [
        () => {
          throw new Error("no");
        },
        "busy",
      ],
    ] as const) {
      const { blocks, card, clock } = openCard({ failureText });
      await clock.until(card.fail(error));
      expect(find(blocks(), "status")).toMatchObject([{ status: { phase: "ended", cause } }]);
      expect(
        JSON.stringify(find(blocks(), "status").map(({ status }) => "cause" in status && status.cause)),
      ).not.toContain("sk-");
    }
  });
});

describe("given a platform with one text", () => {
  it("shows the answer and the status alone", async () => {
    const { say, types, card, clock } = openCard({
      driver: { structure: "slots" },
      footer: true,
      actions: true,
    });
    await say(think("嗯"), call("a"), result("a"), "答案");
    await clock.until(card.finish());
    expect(types()).toEqual(["text", "status"]);
  });
});

describe("given a platform with one text and named values", () => {
  it("shows the values that it has beside the answer", async () => {
    const { say, types, card, clock } = openCard({
      driver: { structure: "slots", profile: { values: ["reasoning", "tools", "footer", "actions"] } },
      footer: { totalTime: true },
      actions: true,
    });
    await say(think("嗯"), call("a"), result("a"), "答案");
    await clock.until(card.finish());
    expect(types()).toEqual(["text", "reasoning", "text", "tool", "status", "footer", "actions"]);
  });
});

describe("given a card that does not stream", () => {
  it("is made once, when it is final", async () => {
    const { say, driver, card, clock } = openCard({ streaming: false });
    await say(think("嗯"), call("a"), result("a"), "答案");
    expect(driver.cards).toHaveLength(0);
    expect(await clock.until(card.finish())).toMatchObject({ delivery: "card", finalizedBy: "changes" });
    expect(driver.cards).toMatchObject([
      {
        writes: [],
        blocks: [{ type: "reasoning" }, {}, { type: "tool" }, { text: "答案" }, { type: "status" }],
      },
    ]);
  });
});

describe("given documents without a title", () => {
  it("names each by its file, else by its id", async () => {
    const { say, blocks, card, clock } = openCard();
    const document = { type: "source", sourceType: "document", mediaType: "application/pdf" } as const;
    await say(
      { ...document, id: "d1", title: "", filename: "手册.pdf" },
      { ...document, id: "d2", title: " " },
      { ...document, id: "", title: "" },
    );
    await clock.until(card.finish());
    expect(find(blocks(), "sources")).toMatchObject([{ sources: [{ title: "手册.pdf" }, { title: "d2" }] }]);
  });
});

describe("given tools that are hidden", () => {
  it("shows what became of a call that somebody was asked about", async () => {
    const { say, blocks, card, clock } = openCard({ tools: "hide", actions: true });
    await say(call("1"), { type: "tool-approval-request", approvalId: "p", toolCall: { toolCallId: "1" } });
    expect(find(blocks(), "tool")).toMatchObject([{ status: "waiting" }]);
    await say({ type: "tool-approval-response", approvalId: "p", approved: true }, result("1"), call("2"));
    expect(find(blocks(), "tool")).toMatchObject([{ status: "done", input: '{\n  "query": "1"\n}' }]);
    expect(find(blocks(), "tool")[0]).not.toHaveProperty("output");
    await clock.until(card.finish());
  });
});

describe("given several runs on one card", () => {
  it("shows the tool calls of each, also where their ids are the same", async () => {
    const { card, clock, blocks } = openCard();
    const lanes = [card.lane("a"), card.lane("b")];
    for (const lane of lanes) {
      lane.push(call("call_0"));
      await clock.advance(200);
    }
    lanes[1]?.push(result("call_0", "second"));
    await clock.advance(200);
    expect(find(blocks(), "tool")).toMatchObject([
      { within: "lane-1", status: "running" },
      { within: "lane-2", status: "done", output: "second" },
    ]);
    await clock.until(card.finish());
  });
});

describe("given `notify`", () => {
  it.each([
    ["a long run", { afterMs: 500 }, 1],
    ["a short run", { afterMs: 60_000 }, 0],
    ["no wish for it", false, 0],
  ])("sends a message at the end of %s", async (_name, notify, count) => {
    const { say, driver, card, clock } = openCard({ notify });
    const told = vi.fn(async () => {});
    Object.assign(driver, { notify: told });
    await say("一", "二", "三");
    await clock.until(card.finish());
    expect(told).toHaveBeenCalledTimes(count);
  });

  it.each([
    ["tells that a time limit has stopped the run", "timeout", 1],
    ["tells nobody who has stopped it themselves", "reader", 0],
  ])("%s", async (_name, reason, count) => {
    const { say, driver, card, clock } = openCard({ notify: { afterMs: 100 } });
    const told = vi.fn(async () => {});
    Object.assign(driver, { notify: told });
    await say("一");
    await clock.until(card.stop(reason));
    expect(told).toHaveBeenCalledTimes(count);
  });
});

it.each([
  [{ reasoning: "open" }, 'reasoning must be "fold", "show" or "hide", received "open"'],
  [{ tools: 1 }, 'tools must be "show", "hide" or an object, received 1.'],
  [{ tools: { mask: "x" } }, 'tools.mask must be a function, received "x"'],
  [{ footer: "all" }, 'footer must be true, false or an object, received "all"'],
  [{ layout: [] }, "layout must be a function, received a list"],
  [
    { notify: { afterMs: -1 } },
    "notify.afterMs must be a number of milliseconds from 0 to 2147483647, received -1.",
  ],
  [{ notify: { after: 1 } }, 'notify has the fields afterMs, received "after".'],
  [
    { logger: {} },
    "logger must be an object with a function `warn`, such as console, received an object with the keys (none).",
  ],
  [{ budget: 5 }, "budget must be { maxCalls }, received 5."],
])("refuses %j", (options, words) => {
  expect(() => openCard(options as Options)).toThrow(words);
});
