import { type CardResult, type CardStream, pipeToCard } from "@streamcard/core";
import { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator } from "@streamcard/emulator";
import { createFeishu } from "@streamcard/feishu";
import { answerText, deltasOf, pick, randomFrom } from "./answer-text.ts";
import type { Outcome } from "./check-promises.ts";
import type { Scenario } from "./scenario.ts";

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
  const card = feishu.card({
    to: emulator.chats.group,
    signal: controller.signal,
    timeouts: { idleMs: 0 },
    ...(isShrunk && { limits: shrunk }),
  });
  const { parts, blocks } = script(scenario);
  const startedAt = clock.now();
  const run = feedCard(scenario, { clock, card, parts, controller });
  const result = await clock.until(run.result);
  const { endedAt } = run;
  const scheduledMs = parts.at(-1)?.atMs ?? 0;
  return {
    emulator,
    result,
    blocks: blocksUntilEnd(scenario, blocks),
    runDelayMs: (endedAt() ?? startedAt) - startedAt - scheduledMs,
    endedAt: endedAt() ?? startedAt,
    isStopped: scenario.end === "stop" || scenario.end === "abort",
    longestRequestMs: scenario.longestTripMs,
  };
}

/** The run's own timetable: steps of text, with a tool call between two of them. */
function script(scenario: Scenario): { parts: TimedPart[]; blocks: string[] } {
  const { textSeed, length, deltaSeed, longestDelta, longestGapMs, steps } = scenario;
  const random = randomFrom(deltaSeed);
  const isPlain = scenario.feed === "push" || scenario.feed === "strings";
  const whole = answerText(textSeed, length);
  const blocks: string[] = [];
  const parts: TimedPart[] = [];
  let atMs = 0;
  const say = (part: TimedPart["part"], gapMs = 0) => {
    atMs += Math.floor(random() * gapMs);
    parts.push({ atMs, part });
  };
  const count = isPlain ? 1 : steps;
  for (let step = 0; step < count; step += 1) {
    const from = Math.floor((whole.length * step) / count);
    const to = Math.floor((whole.length * (step + 1)) / count);
    const block = whole.slice(from, to).toWellFormed();
    blocks.push(block);
    if (!isPlain) say({ type: "start-step" }, longestGapMs);
    for (const text of deltasOf(block, deltaSeed + step, longestDelta)) {
      say({ type: "text-delta", id: isPlain ? "text" : "0", text }, longestGapMs);
    }
    if (!isPlain && step < count - 1) {
      say(
        { type: "tool-call", toolCallId: `call-${step}`, toolName: pick(random, ["clock", "search"]) },
        longestGapMs,
      );
      say({ type: "tool-result", toolCallId: `call-${step}`, output: "ok" }, 2_000);
      say({ type: "finish-step", finishReason: "tool-calls" });
    }
  }
  return { parts, blocks };
}

/** Every end comes after the last word, so that the text of the run is known. */
function blocksUntilEnd(_scenario: Scenario, blocks: readonly string[]): readonly string[] {
  return blocks;
}

interface FeedOptions {
  readonly clock: ManualClock;
  readonly card: CardStream;
  readonly parts: readonly TimedPart[];
  readonly controller: AbortController;
}

interface Fed {
  readonly result: Promise<CardResult>;
  endedAt(): number | undefined;
}

function feedCard(scenario: Scenario, { clock, card, parts, controller }: FeedOptions): Fed {
  let endedAt: number | undefined;
  const start = clock.now();
  async function* source(): AsyncGenerator<TimedPart["part"]> {
    for (const { atMs, part } of parts) {
      const waitMs = start + atMs - clock.now();
      if (waitMs > 0) await clock.sleep(waitMs);
      yield part;
    }
    endedAt = clock.now();
    if (scenario.end === "stop") void card.stop("reader");
    if (scenario.end === "abort") controller.abort();
    if (scenario.end === "fail") throw new Error("The model failed.");
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
    "stream-text": () => pipeToCard(source(), card),
  };
  return { result: feeds[scenario.feed](), endedAt: () => endedAt };
}

function streamOf<Chunk>(source: AsyncGenerator<Chunk>): ReadableStream<Chunk> {
  return new ReadableStream<Chunk>({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
