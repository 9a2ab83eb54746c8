import { ManualClock } from "@streamcard/core/testing";
import type { FaultHandle, FeishuEmulator } from "@streamcard/emulator";
import { createFeishu, type FeishuCardOptions } from "@streamcard/feishu";
import type { MetEvent } from "../scenario/event-plan.ts";
import { type FaultPlan, faultAnswer, isHit, nthOf } from "../scenario/fault-plan.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { timetableOf } from "../scenario/timetable.ts";
import { optionsOf } from "./block-options.ts";
import { type Call, noteCalls } from "./call-log.ts";
import { feedCard } from "./feed-card.ts";
import type { Outcome, StreamOutcome } from "./outcome.ts";
import { platformOf, shrunkLimits } from "./platform.ts";
import { disturb } from "./run-events.ts";
import { plainTextAt, whatWasSaid } from "./what-was-said.ts";
import { whole } from "./whole-error.ts";

/** Time after the last result within which requests that are still on their way arrive. */
const AFTERMATH_MS = 60_000;

/** Virtual time after which a scenario counts as hanging. */
const MAX_MS = 3 * 3_600_000;

/**
 * Plays one scenario in virtual time: sources, cards, driver and platform in one process.
 *
 * @throws {Error} when a result never settles.
 */
export async function simulate(scenario: Scenario): Promise<Outcome> {
  const { faults } = scenario;
  // A play without faults counts the requests: up to the first fault both plays are the same.
  const isCounted = faults.some(({ position }) => position !== "first");
  const counted = isCounted ? await play(scenario, []) : undefined;
  const placed = faults.flatMap((fault) => {
    const made = counted?.requests.filter((request) => isHit(fault.operation, request)).length ?? 0;
    const nth = fault.position === "first" ? 1 : nthOf(fault.position, made);
    return nth === undefined ? [] : [{ fault, nth }];
  });
  return placed.length === 0 && counted !== undefined ? counted : play(scenario, placed);
}

/**
 * Waits for the promise jobs that a timer has caused. A turn of the event loop would cost more than most timers do here.
 * A tick comes after all promise jobs; three are needed because Node's streams use ticks of their own.
 */
async function promiseJobs(): Promise<void> {
  for (let hop = 0; hop < 3; hop += 1) await new Promise<void>((resolve) => process.nextTick(resolve));
}

/** Fault with the number of the first request that it hits. */
interface PlacedFault {
  readonly fault: FaultPlan;
  readonly nth: number;
}

function arm(emulator: FeishuEmulator, { fault, nth }: PlacedFault): FaultHandle {
  return emulator.faults({
    on: (request) => isHit(fault.operation, request),
    nth,
    times: fault.times === "ever" ? Number.POSITIVE_INFINITY : fault.times,
    answer: faultAnswer(fault),
  });
}

async function play(scenario: Scenario, faults: readonly PlacedFault[]): Promise<Outcome> {
  const clock = new ManualClock(undefined, promiseJobs);
  const emulator = platformOf(scenario, clock);
  const armed = faults.map((placed) => ({ fault: placed.fault, handle: arm(emulator, placed) }));
  const calls: Call[] = [];
  const told: string[] = [];
  const feishu = createFeishu({
    ...emulator.credentials,
    domain: emulator.url,
    fetch: noteCalls(emulator.fetch, clock, calls),
    clock,
    handleSignals: false,
    logger: { warn: (message, details) => told.push(`${message} ${JSON.stringify(details)}`) },
  });
  const running = Array.from({ length: scenario.streams }, (_, index) =>
    startStream(
      { ...scenario, ...(index > 0 && seedsOf(scenario, index)) },
      { clock, emulator, feishu, told },
    ),
  );
  const events: MetEvent[] = [];
  disturb(scenario, {
    clock,
    emulator,
    calls,
    lastsMs: Math.max(...running.map(({ lastsMs }) => lastsMs)),
    chatIds: running.map(({ chatId }) => chatId),
    events,
  });
  const streams = await clock.until(Promise.all(running.map(({ outcome }) => outcome)), MAX_MS);
  await clock.advance(AFTERMATH_MS);
  return {
    scenario,
    streams,
    cards: emulator.cards(),
    messages: emulator.messages(),
    requests: emulator.requests(),
    calls,
    told,
    secrets: [
      emulator.credentials.appSecret,
      ...new Set(calls.flatMap(({ authorization }) => authorization?.replace("Bearer ", "") ?? [])),
    ],
    faultsMet: armed.flatMap(({ fault, handle }) => (handle.fired > 0 ? [fault] : [])),
    eventsMet: events,
  };
}

/** Returns other seeds for each further run, so that it says other words at other times. */
function seedsOf({ textSeed, deltaSeed }: Scenario, index: number): Partial<Scenario> {
  return { textSeed: (textSeed + index * 7_919) | 0, deltaSeed: (deltaSeed + index * 104_729) | 0 };
}

interface World {
  readonly clock: ManualClock;
  readonly emulator: FeishuEmulator;
  readonly feishu: ReturnType<typeof createFeishu>;
  readonly told: string[];
}

function startStream(
  scenario: Scenario,
  { clock, emulator, feishu, told }: World,
): { outcome: Promise<StreamOutcome>; lastsMs: number; chatId: string } {
  const chatId = scenario.sharesChat || scenario.streams === 1 ? emulator.chats.group : emulator.addChat();
  const controller = new AbortController();
  const options: FeishuCardOptions = {
    ...targetOf(scenario, emulator, chatId),
    signal: controller.signal,
    timeouts: { idleMs: 0 },
    onDeliveryError: (error) => told.push(whole(error)),
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
      startedAt,
      plainTextAt: plainTextAt(parts, startedAt),
      runDelayMs: endedAt - startedAt - lastsMs,
      endedAt,
      settledAt: clock.now(),
      isStopped: scenario.end === "stop" || scenario.end === "abort",
      chatId,
    };
  });
  return { outcome, lastsMs, chatId };
}

function targetOf({ target }: Scenario, emulator: FeishuEmulator, chatId: string) {
  if (target === "to") return { to: chatId };
  const { messageId: replyTo } = emulator.say({ text: "?", chatId });
  return target === "reply" ? { replyTo } : { replyTo, fallbackTo: chatId };
}
