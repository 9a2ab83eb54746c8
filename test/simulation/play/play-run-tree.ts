import type { Runnable } from "@langchain/core/runnables";
import type { CardStream } from "@streamcard/core";
import { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator } from "@streamcard/emulator";
import { createFeishu } from "@streamcard/feishu";
import { FeishuCardHandler, type FeishuCardHandlerOptions } from "@streamcard/langchain";
import { randomFrom } from "../scenario/answer-text.ts";
import type { RunTreeScenario } from "../scenario/run-tree.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { type Call, noteCalls } from "./call-log.ts";
import type { Outcome } from "./outcome.ts";
import { ScriptedTree, type Word } from "./scripted-tree.ts";

async function run(
  runnable: Runnable<string, unknown>,
  scenario: RunTreeScenario,
  config: object,
): Promise<void> {
  if (scenario.form === "invoke") await runnable.invoke("?", config);
  else for await (const _ of await runnable.stream("?", config));
}

/** Measures how long the run takes without a card. */
async function durationOf(scenario: RunTreeScenario): Promise<number> {
  const clock = new ManualClock();
  const startedAt = clock.now();
  const tree = new ScriptedTree(clock, scenario.longestGapMs);
  const runnable = tree.build(scenario.tree);
  // A handler that only asks for tokens, as the card's handler does.
  const asker = { name: "asker", awaitHandlers: true, lc_prefer_streaming: true, handleLLMNewToken() {} };
  // A stream whose first model fails after its first word has no fallback.
  await clock.until(run(runnable, scenario, { callbacks: [asker] }).catch(() => {}));
  return clock.now() - startedAt;
}

/** Plays one tree of runs with its card in virtual time. */
export async function playRunTree(scenario: RunTreeScenario): Promise<Outcome> {
  const durationMs = await durationOf(scenario);
  const clock = new ManualClock();
  const random = randomFrom(scenario.longestTripMs);
  const trip = () => 1 + Math.floor(random() * scenario.longestTripMs);
  const isShrunk = scenario.limits === "shrunk";
  const emulator = createFeishuEmulator({
    clock,
    latency: () => ({ requestMs: trip(), responseMs: trip() }),
    history: { requests: 200_000, operations: 100_000 },
    ...(isShrunk && { rules: { maxBytes: 2_200, maxElements: 12, maxTables: 1, maxTablesPerMarkdown: 1 } }),
  });
  const calls: Call[] = [];
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: noteCalls(emulator.fetch, clock, calls),
    clock,
    handleSignals: false,
    logger: { warn: () => {} },
  });
  const tree = new ScriptedTree(clock, scenario.longestGapMs);
  const controller = new AbortController();
  const startedAt = clock.now();
  let card: CardStream | undefined;
  const options: FeishuCardHandlerOptions = {
    feishu,
    to: emulator.chats.group,
    signal: controller.signal,
    awaitCard: false,
    onCard: (made) => {
      card = made;
    },
    ...(isShrunk && { limits: { bytes: 2_500, elements: 12, tables: 1 }, reasoning: "hide" }),
  };
  const handled = new FeishuCardHandler(options).run();
  const endsAt = startedAt + durationMs * scenario.endShare + 0.0005;
  let endedAt: number | undefined;
  if (scenario.end === "fail") tree.failAt = endsAt;
  if (scenario.end === "stop" || scenario.end === "abort") {
    clock.setTimeout(() => {
      endedAt ??= clock.now();
      if (scenario.end === "stop") void card?.stop("reader");
      else controller.abort();
    }, endsAt - startedAt);
  }
  const runnable = tree.build(scenario.tree);
  const bound = scenario.copies === 2 ? runnable.withConfig({ callbacks: handled.callbacks }) : runnable;
  const running = run(bound, scenario, handled).then(
    () => {
      endedAt ??= clock.now();
    },
    () => {
      endedAt ??= tree.failedAt ?? clock.now();
    },
  );
  await clock.until(running);
  const result = await clock.until(handled.result);
  const settledAt = clock.now();
  await clock.advance(60_000);
  const over = endedAt ?? settledAt;
  const isByItself = scenario.end === "finish" || (scenario.end === "fail" && tree.failedAt === undefined);
  return {
    scenario: { ...plain, limits: scenario.limits, longestTripMs: scenario.longestTripMs, end: scenario.end },
    streams: [
      {
        result,
        said: [{ lane: undefined, texts: blocksOf(tree.words.filter(({ at }) => at < over)) }],
        runDelayMs: isByItself ? Math.round(over - startedAt - durationMs) : 0,
        startedAt,
        plainTextAt: undefined,
        endedAt: over,
        settledAt,
        isStopped: result.status === "stopped",
        chatId: emulator.chats.group,
      },
    ],
    cards: emulator.cards(),
    messages: emulator.messages(),
    requests: emulator.requests(),
    calls,
    told: [],
    secrets: [],
    faultsMet: [],
    eventsMet: [],
  };
}

/** Joins the deltas of each model to a block, in the order in which the models began to speak. */
function blocksOf(words: readonly Word[]): string[] {
  const blocks = new Map<number, string>();
  for (const { model, text } of words) blocks.set(model, (blocks.get(model) ?? "") + text);
  return [...blocks.values()];
}

/** Scenario for the checks, without faults, events and blocks. */
const plain: Scenario = {
  textSeed: 0,
  length: 0,
  deltaSeed: 0,
  longestDelta: 24,
  longestGapMs: 80,
  longestTripMs: 80,
  pausedMs: 0,
  pauses: 0,
  limits: "documented",
  pace: "smooth",
  rules: {},
  feed: "langchain",
  target: "to",
  steps: 1,
  end: "finish",
  endShare: 1,
  streams: 1,
  sharesChat: false,
  clicks: [],
  events: [],
  faults: [],
};
