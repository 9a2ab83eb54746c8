import { AIMessageChunk } from "@langchain/core/messages";
import {
  type Runnable,
  type RunnableConfig,
  RunnableLambda,
  RunnableParallel,
} from "@langchain/core/runnables";
import { tool } from "@langchain/core/tools";
import type { CardStream } from "@streamcard/core";
import { ManualClock } from "@streamcard/core/testing";
import { createFeishuEmulator } from "@streamcard/emulator";
import { createFeishu } from "@streamcard/feishu";
import { FeishuCardHandler, type FeishuCardHandlerOptions } from "@streamcard/langchain";
import fc from "fast-check";
import { z } from "zod";
import { answerText, deltasOf, randomFrom } from "../scenario/answer-text.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { type Call, noteCalls } from "./call-log.ts";
import { TimetableModel } from "./langchain-feed.ts";
import type { Outcome } from "./outcome.ts";

/** What runs below the root of a LangChain run. */
type RunTreePlan =
  | { readonly kind: "model"; readonly seed: number; readonly length: number; readonly isSilent: boolean }
  /** A model that fails after some of its text, and another in its place. */
  | { readonly kind: "fallback"; readonly seed: number; readonly length: number }
  | { readonly kind: "sequence" | "parallel"; readonly children: readonly RunTreePlan[] }
  /** What runs inside of a tool is not the answer. */
  | { readonly kind: "tool"; readonly child: RunTreePlan };

export interface RunTreeScenario {
  readonly tree: RunTreePlan;
  readonly end: "finish" | "stop" | "abort" | "fail";
  /** Share of the run's time at which it ends in another way than by itself. */
  readonly endShare: number;
  readonly form: "invoke" | "stream";
  /** Registers the handler this often. */
  readonly copies: 1 | 2;
  readonly limits: Scenario["limits"];
  readonly longestTripMs: number;
  readonly longestGapMs: number;
}

const length = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 1_200 }));
const { tree } = fc.letrec<{ tree: RunTreePlan }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("model"), seed: fc.nat(), length, isSilent: fc.constant(false) }),
    fc.record({ kind: fc.constant("model"), seed: fc.nat(), length, isSilent: fc.boolean() }),
    fc.record({ kind: fc.constant("fallback"), seed: fc.nat(), length }),
    fc.record({ kind: fc.constant("tool"), child: tie("tree") }),
    fc.record({
      kind: fc.constantFrom("sequence", "parallel", "parallel"),
      children: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
    }),
  ) as fc.Arbitrary<RunTreePlan>,
}));

export const runTreeScenarios: fc.Arbitrary<RunTreeScenario> = fc.record(
  {
    tree,
    end: fc.constantFrom("finish", "finish", "stop", "abort", "fail"),
    endShare: fc.integer({ min: 0, max: 1_000 }).map((parts) => parts / 1_000),
    form: fc.constantFrom("invoke", "stream"),
    copies: fc.constantFrom(1, 1, 2),
    limits: fc.constantFrom("documented", "shrunk"),
    longestTripMs: fc.constantFrom(1, 20, 80, 300),
    longestGapMs: fc.constantFrom(5, 20, 80),
  },
  { noNullPrototype: true },
);

/** What a model said: its text belongs to the answer, unless the run was over by then. */
interface Word {
  readonly model: number;
  readonly text: string;
  readonly at: number;
}

class Failure extends Error {}

/** The run itself, without any card: what it says when. */
class Play {
  readonly words: Word[] = [];
  readonly #clock: ManualClock;
  readonly #gapMs: number;
  #models = 0;
  #tools = 0;
  /** When the run is made to fail. */
  failAt = Number.POSITIVE_INFINITY;
  failedAt: number | undefined;

  constructor(clock: ManualClock, gapMs: number) {
    this.#clock = clock;
    this.#gapMs = gapMs;
  }

  build(plan: RunTreePlan, isAnswer = true): Runnable<string, unknown> {
    switch (plan.kind) {
      case "model": {
        const model = this.#model(plan, isAnswer && !plan.isSilent);
        return plan.isSilent ? model.withConfig({ tags: ["nostream"] }) : model;
      }
      case "fallback":
        return this.#model(plan, isAnswer, { fails: true }).withFallbacks([this.#model(plan, isAnswer)]);
      case "sequence": {
        const children = plan.children.map((child) => this.build(child, isAnswer));
        return RunnableLambda.from(async (input: string, config: RunnableConfig) => {
          for (const child of children) await child.invoke(input, config);
        });
      }
      case "parallel":
        return RunnableParallel.from(
          Object.fromEntries(plan.children.map((child, at) => [String(at), this.build(child, isAnswer)])),
        );
      case "tool": {
        const child = this.build(plan.child, false);
        this.#tools += 1;
        const name = `tool_${this.#tools}`;
        const run = async (_input: unknown, config: RunnableConfig) => {
          await child.invoke("?", config);
          return "ok";
        };
        const made = tool(run as never, { name, description: name, schema: z.object({}) });
        // Gives nothing back: what a chain gives in which no model speaks is its answer.
        return RunnableLambda.from(async (_input: string, config: RunnableConfig) => {
          await made.invoke({}, config);
        });
      }
    }
  }

  #model(
    { seed, length }: { readonly seed: number; readonly length: number },
    isAnswer: boolean,
    { fails = false } = {},
  ): TimetableModel {
    this.#models += 1;
    const number = this.#models;
    return new TimetableModel((signal) =>
      this.#say(number, answerText(seed, length), { seed, isAnswer, fails, signal }),
    );
  }

  async *#say(
    model: number,
    text: string,
    options: { seed: number; isAnswer: boolean; fails: boolean; signal: AbortSignal | undefined },
  ): AsyncGenerator<AIMessageChunk> {
    const { seed, isAnswer, fails, signal } = options;
    const random = randomFrom(seed ^ model);
    let said = 0;
    for (const delta of deltasOf(text, seed ^ model, 24)) {
      // No two models ever speak at the same moment, so that what came before the end is always known.
      await this.#clock.sleep(Math.ceil(random() * this.#gapMs) + model / 1_000);
      signal?.throwIfAborted();
      if (fails && said >= text.length / 2) throw new Error("This model fails, and another takes its place.");
      if (this.#clock.now() >= this.failAt) {
        this.failedAt ??= this.#clock.now();
        throw new Failure("The run fails.");
      }
      said += delta.length;
      if (isAnswer) this.words.push({ model, text: delta, at: this.#clock.now() });
      yield new AIMessageChunk({ content: delta });
    }
    // A model that has nothing to say takes its time, too.
    await this.#clock.sleep(1 + model / 1_000);
    if (fails) throw new Error("This model fails, and another takes its place.");
    yield new AIMessageChunk({ content: "", response_metadata: { finish_reason: "stop" } });
  }
}

async function run(
  runnable: Runnable<string, unknown>,
  scenario: RunTreeScenario,
  config: object,
): Promise<void> {
  if (scenario.form === "invoke") await runnable.invoke("?", config);
  else for await (const _ of await runnable.stream("?", config));
}

/** How long the run takes by itself, with no card to show it. */
async function durationOf(scenario: RunTreeScenario): Promise<number> {
  const clock = new ManualClock();
  const startedAt = clock.now();
  const play = new Play(clock, scenario.longestGapMs);
  const runnable = play.build(scenario.tree);
  // A handler that does nothing but ask for tokens, as the card's does.
  const asker = { name: "asker", awaitHandlers: true, lc_prefer_streaming: true, handleLLMNewToken() {} };
  // A stream whose first model fails after its first word has no fallback.
  await clock.until(run(runnable, scenario, { callbacks: [asker] }).catch(() => {}));
  return clock.now() - startedAt;
}

/** Runs one tree of runs in virtual time, with its card. */
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
  const play = new Play(clock, scenario.longestGapMs);
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
  if (scenario.end === "fail") play.failAt = endsAt;
  if (scenario.end === "stop" || scenario.end === "abort") {
    clock.setTimeout(() => {
      endedAt ??= clock.now();
      if (scenario.end === "stop") void card?.stop("reader");
      else controller.abort();
    }, endsAt - startedAt);
  }
  const runnable = play.build(scenario.tree);
  const bound = scenario.copies === 2 ? runnable.withConfig({ callbacks: handled.callbacks }) : runnable;
  const running = run(bound, scenario, handled).then(
    () => {
      endedAt ??= clock.now();
    },
    () => {
      endedAt ??= play.failedAt ?? clock.now();
    },
  );
  await clock.until(running);
  const result = await clock.until(handled.result);
  const settledAt = clock.now();
  await clock.advance(60_000);
  const over = endedAt ?? settledAt;
  const isByItself = scenario.end === "finish" || (scenario.end === "fail" && play.failedAt === undefined);
  return {
    scenario: { ...plain, limits: scenario.limits, longestTripMs: scenario.longestTripMs, end: scenario.end },
    streams: [
      {
        result,
        said: [{ lane: undefined, texts: blocksOf(play.words.filter(({ at }) => at < over)) }],
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

/** Each model's text is a block of its own, in the order in which they began to speak. */
function blocksOf(words: readonly Word[]): string[] {
  const blocks = new Map<number, string>();
  for (const { model, text } of words) blocks.set(model, (blocks.get(model) ?? "") + text);
  return [...blocks.values()];
}

/** What the checks want to know of a scenario, where nothing but the run is in play. */
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
