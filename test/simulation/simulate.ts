import type { CardResult } from "@streamcard/core";
import { ManualClock } from "@streamcard/core/testing";
import {
  type CardSnapshot,
  createFeishuEmulator,
  type FaultHandle,
  type FeishuEmulator,
  type MessageSnapshot,
  type RequestRecord,
} from "@streamcard/emulator";
import { createFeishu, type FeishuCardOptions } from "@streamcard/feishu";
import { randomFrom } from "./answer-text.ts";
import { optionsOf } from "./block-options.ts";
import { type Call, noteCalls } from "./call-log.ts";
import { type FaultPlan, faultAnswer, isHit, nthOf } from "./fault-plan.ts";
import { feedCard } from "./feed-card.ts";
import { changeAsRival, type Rivalry } from "./rival.ts";
import type { Scenario } from "./scenario.ts";
import { timetableOf } from "./timetable.ts";
import { type Said, whatWasSaid } from "./what-was-said.ts";

/** What one run did, and what became of it. */
export interface StreamOutcome {
  readonly result: CardResult;
  /** What the run produced; where several share the card, the card's own first. */
  readonly said: readonly Said[];
  /** How much later than its own schedule the run ended. */
  readonly runDelayMs: number;
  readonly endedAt: number;
  readonly settledAt: number;
  readonly isStopped: boolean;
  readonly chatId: string;
}

/** All that there is to be judged after a scenario. Times are in milliseconds of the same clock. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly streams: readonly StreamOutcome[];
  /** Everything that the platform holds and has seen. */
  readonly cards: readonly CardSnapshot[];
  readonly messages: readonly MessageSnapshot[];
  readonly requests: readonly RequestRecord[];
  /** What the client sent, as it saw it. */
  readonly calls: readonly Call[];
  /** How many requests met the fault. */
  readonly faultsMet: number;
}

const shrunk = { bytes: 2_500, elements: 12, tables: 1 };

/** As small as a card can be with everything on it, and with five lanes. */
const shrunkWithBlocks = { bytes: 7_000, elements: 36, tables: 1 };
const shrunkWithLanes = { bytes: 13_000, elements: 54, tables: 1 };

function shrunkLimits({ blocks }: Scenario): typeof shrunk {
  if (blocks === undefined) return shrunk;
  return blocks.lanes.length === 0 ? shrunkWithBlocks : shrunkWithLanes;
}

/** What is still on its way when the last run has settled arrives within this time. */
const AFTERMATH_MS = 60_000;

/** No scenario lasts longer, unless it hangs. */
const LONGEST_MS = 3 * 3_600_000;

/**
 * Runs one scenario in virtual time: sources, cards, driver and platform in one process.
 *
 * @throws {Error} when a result never settles.
 */
export async function simulate(scenario: Scenario): Promise<Outcome> {
  const { fault } = scenario;
  if (fault === undefined) return play(scenario, undefined);
  // Up to the fault, the run goes as it does without: this is how its middle and its end are known.
  const nth = fault.position === "first" ? 1 : nthOf(fault.position, await requestsHit(scenario, fault));
  return play(scenario, nth);
}

async function requestsHit(scenario: Scenario, fault: FaultPlan): Promise<number> {
  const { requests } = await play(scenario, undefined);
  return requests.filter((request) => isHit(fault.operation, request)).length;
}

async function play(scenario: Scenario, nth: number | undefined): Promise<Outcome> {
  const clock = new ManualClock();
  const emulator = emulatorOf(scenario, clock);
  const { fault } = scenario;
  let handle: FaultHandle | undefined;
  if (fault !== undefined && nth !== undefined) {
    handle = emulator.faults({
      on: (request) => isHit(fault.operation, request),
      nth,
      times: fault.times === "ever" ? Number.POSITIVE_INFINITY : fault.times,
      answer: faultAnswer(fault),
    });
  }
  const calls: Call[] = [];
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: noteCalls(emulator.fetch, clock, calls),
    clock,
    handleSignals: false,
    logger: { warn: () => {} },
  });
  const running = Array.from({ length: scenario.streams }, (_, index) =>
    startStream({ ...scenario, ...(index > 0 && seedsOf(scenario, index)) }, { clock, emulator, feishu }),
  );
  disturb(scenario, { clock, emulator, calls, lastsMs: Math.max(...running.map(({ lastsMs }) => lastsMs)) });
  const streams = await clock.until(Promise.all(running.map(({ outcome }) => outcome)), LONGEST_MS);
  await clock.advance(AFTERMATH_MS);
  return {
    scenario,
    streams,
    cards: emulator.cards(),
    messages: emulator.messages(),
    requests: emulator.requests(),
    calls,
    faultsMet: handle?.fired ?? 0,
  };
}

function emulatorOf(scenario: Scenario, clock: ManualClock): FeishuEmulator {
  const random = randomFrom(scenario.deltaSeed ^ 0x5eed);
  const trip = () => 1 + Math.floor(random() * scenario.longestTripMs);
  return createFeishuEmulator({
    clock,
    latency: () => ({ requestMs: trip(), responseMs: trip() }),
    history: { requests: 200_000, operations: 100_000 },
    rules: {
      ...scenario.rules,
      ...(scenario.limits === "shrunk" && {
        maxBytes: shrunkLimits(scenario).bytes,
        maxElements: shrunkLimits(scenario).elements,
        maxTables: shrunkLimits(scenario).tables,
        maxTablesPerMarkdown: 1,
      }),
    },
  });
}

/** Further streams say something else, at other times. */
function seedsOf({ textSeed, deltaSeed }: Scenario, index: number): Partial<Scenario> {
  return { textSeed: (textSeed + index * 7_919) | 0, deltaSeed: (deltaSeed + index * 104_729) | 0 };
}

interface World {
  readonly clock: ManualClock;
  readonly emulator: FeishuEmulator;
  readonly feishu: ReturnType<typeof createFeishu>;
}

function startStream(
  scenario: Scenario,
  { clock, emulator, feishu }: World,
): { outcome: Promise<StreamOutcome>; lastsMs: number } {
  const chatId = scenario.sharesChat || scenario.streams === 1 ? emulator.chats.group : emulator.addChat();
  const controller = new AbortController();
  const options: FeishuCardOptions = {
    ...targetOf(scenario, emulator, chatId),
    signal: controller.signal,
    timeouts: { idleMs: 0 },
    ...(scenario.pace === "economy" && { pace: "economy" }),
    ...(scenario.pace === "sentence" && { flushOn: "sentence" }),
    ...(scenario.limits === "shrunk" && { limits: shrunkLimits(scenario), reasoning: "hide" }),
    ...(scenario.blocks && optionsOf(scenario.blocks)),
  };
  const parts = timetableOf(scenario);
  const startedAt = clock.now();
  const run = feedCard(scenario, { clock, feishu, options, parts, controller });
  const lastsMs = (parts.at(-1)?.atMs ?? 0) + (scenario.end === "finish" ? 0 : 1);
  const outcome = run.result.then((result) => {
    const endedAt = run.endedAt() ?? startedAt;
    return {
      result,
      said: whatWasSaid(parts, scenario.blocks?.lanes.length ?? 0),
      runDelayMs: endedAt - startedAt - lastsMs,
      endedAt,
      settledAt: clock.now(),
      isStopped: scenario.end === "stop" || scenario.end === "abort",
      chatId,
    };
  });
  return { outcome, lastsMs };
}

function targetOf({ target }: Scenario, emulator: FeishuEmulator, chatId: string) {
  if (target === "to") return { to: chatId };
  const { messageId: replyTo } = emulator.say({ text: "?", chatId });
  return target === "reply" ? { replyTo } : { replyTo, fallbackTo: chatId };
}

interface Disturbance extends Rivalry {
  readonly clock: ManualClock;
  readonly lastsMs: number;
}

/** What readers and the platform do by themselves meanwhile. */
function disturb(
  { clicks, rivalAt, fault }: Scenario,
  { clock, emulator, calls, lastsMs }: Disturbance,
): void {
  for (const { share, answerMs } of clicks) {
    clock.setTimeout(() => {
      const messageId = emulator.messages().findLast(({ cardId }) => cardId !== undefined)?.messageId;
      if (messageId === undefined) return;
      const interaction = emulator.click(messageId);
      if (answerMs !== null) clock.setTimeout(() => interaction.answer(), answerMs);
    }, lastsMs * share);
  }
  if (rivalAt !== null)
    clock.setTimeout(() => void changeAsRival({ emulator, clock, calls }), lastsMs * rivalAt);
  // Tokens are fetched once, unless they lose their validity.
  if (fault?.operation !== "token") return;
  for (const share of [0.4, 0.7]) clock.setTimeout(() => emulator.revokeTokens(), lastsMs * share);
}
