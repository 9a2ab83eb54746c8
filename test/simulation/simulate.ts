import { type CardResult, type CardStream, pipeToCard } from "@streamcard/core";
import { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator } from "@streamcard/emulator";
import { createFeishu, type Feishu, type FeishuCardOptions } from "@streamcard/feishu";
import { answerText, deltasOf, pick, randomFrom } from "./answer-text.ts";
import type { Outcome } from "./check-promises.ts";
import type { Scenario } from "./scenario.ts";
import { feedThroughStreamText, streamOf } from "./stream-text-feed.ts";

const shrunk = { bytes: 1_500, elements: 12, tables: 1 };

/** What a run says, with the time at which it says it. */
export interface TimedPart {
  readonly atMs: number;
  readonly part: { readonly type: string; readonly [field: string]: unknown };
}

/** Runs one scenario in virtual time: source, card, driver and platform in one process. */
export async function simulate(scenario: Scenario): Promise<Outcome> {
  const clock = new ManualClock();
  const random = randomFrom(scenario.deltaSeed ^ 0x5eed);
  const trip = () => 1 + Math.floor(random() * scenario.longestTripMs);
  const isShrunk = scenario.limits === "shrunk";
  const emulator = createFeishuEmulator({
    clock,
    latency: () => ({ requestMs: trip(), responseMs: trip() }),
    history: { requests: 200_000, operations: 100_000 },
    ...(isShrunk && {
      rules: {
        maxBytes: shrunk.bytes,
        maxElements: shrunk.elements,
        maxTables: shrunk.tables,
        maxTablesPerMarkdown: 1,
      },
    }),
  });
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: emulator.fetch,
    clock,
    handleSignals: false,
    logger: { warn: () => {} },
  });
  const controller = new AbortController();
  const options: FeishuCardOptions = {
    to: emulator.chats.group,
    signal: controller.signal,
    timeouts: { idleMs: 0 },
    ...(isShrunk && { limits: shrunk }),
  };
  const parts = script(scenario);
  const startedAt = clock.now();
  const run = feedCard(scenario, { clock, feishu, options, parts, controller });
  const result = await clock.until(run.result);
  const { endedAt } = run;
  const scheduledMs = (parts.at(-1)?.atMs ?? 0) + (scenario.end === "finish" ? 0 : 1);
  return {
    emulator,
    result,
    blocks: blocksOf(parts),
    runDelayMs: (endedAt() ?? startedAt) - startedAt - scheduledMs,
    endedAt: endedAt() ?? startedAt,
    isStopped: scenario.end === "stop" || scenario.end === "abort",
    longestRequestMs: scenario.longestTripMs,
  };
}

/** The run's own timetable: steps of text, with a tool call between two of them, up to its end. */
function script(scenario: Scenario): TimedPart[] {
  const { textSeed, length, deltaSeed, longestDelta, longestGapMs, end, endShare } = scenario;
  const random = randomFrom(deltaSeed);
  const isPlain = scenario.feed === "push" || scenario.feed === "strings";
  const whole = answerText(textSeed, length);
  const parts: TimedPart[] = [];
  let atMs = 0;
  const say = (part: TimedPart["part"], gapMs = 0) => {
    atMs += Math.floor(random() * gapMs);
    parts.push({ atMs, part });
  };
  const steps = isPlain ? 1 : scenario.steps;
  for (let step = 0; step < steps; step += 1) {
    const [from, to] = [step, step + 1].map((at) => Math.floor((whole.length * at) / steps));
    const block = whole.slice(from, to).toWellFormed();
    if (!isPlain) say({ type: "start-step" }, longestGapMs);
    for (const text of deltasOf(block, deltaSeed + step, longestDelta)) {
      say({ type: "text-delta", id: isPlain ? "text" : "0", text }, longestGapMs);
    }
    if (!isPlain && step < steps - 1) {
      const toolCallId = `call-${step}`;
      say({ type: "tool-call", toolCallId, toolName: pick(random, ["clock", "search"]) }, longestGapMs);
      say({ type: "tool-result", toolCallId, output: "ok" }, 2_000);
      say({ type: "finish-step", finishReason: "tool-calls" });
    }
  }
  return end === "finish" ? parts : parts.slice(0, Math.ceil(parts.length * endShare));
}

/** What the run has said: the text of each step. Half an emoji at the very end is no character. */
function blocksOf(parts: readonly TimedPart[]): string[] {
  const blocks: string[] = [];
  let isOpen = false;
  for (const { part } of parts) {
    if (part.type !== "text-delta") isOpen = false;
    else if (isOpen) blocks.push(`${blocks.pop()}${part.text}`);
    else blocks.push(String(part.text));
    if (part.type === "text-delta") isOpen = true;
  }
  return blocks;
}

interface FeedOptions {
  readonly clock: ManualClock;
  readonly feishu: Feishu;
  readonly options: FeishuCardOptions;
  readonly parts: readonly TimedPart[];
  readonly controller: AbortController;
}

interface Fed {
  readonly result: Promise<CardResult>;
  endedAt(): number | undefined;
}

function feedCard(scenario: Scenario, { clock, feishu, options, parts, controller }: FeedOptions): Fed {
  let endedAt: number | undefined;
  const start = clock.now();
  const atEnd = async (card: CardStream) => {
    endedAt = clock.now();
    // What was said at this very moment is still on its way.
    if (scenario.end !== "finish") await clock.sleep(1);
    if (scenario.end === "stop") void card.stop("reader");
    if (scenario.end === "abort") controller.abort();
    if (scenario.end === "fail") throw new Error("The model failed.");
  };
  const endingAt = () => (endedAt === undefined || scenario.end === "finish" ? endedAt : endedAt + 1);
  if (scenario.feed === "stream-text") {
    const result = feedThroughStreamText({ clock, feishu, options, parts, atEnd });
    return { result, endedAt: endingAt };
  }
  const card = feishu.card(options);
  async function* source(): AsyncGenerator<TimedPart["part"]> {
    for (const { atMs, part } of parts) {
      const waitMs = start + atMs - clock.now();
      if (waitMs > 0) await clock.sleep(waitMs);
      yield part;
    }
    await atEnd(card);
  }
  async function* strings(): AsyncGenerator<string> {
    for await (const part of source()) yield part.text as string;
  }
  async function push(): Promise<CardResult> {
    try {
      for await (const part of source()) card.push(part);
      return card.finish();
    } catch (error) {
      return card.fail(error);
    }
  }
  const feeds = {
    push,
    strings: () => pipeToCard(strings(), card),
    parts: () => pipeToCard(source(), card),
    "full-stream": () => pipeToCard(streamOf(source()), card),
  };
  return { result: feeds[scenario.feed](), endedAt: endingAt };
}
