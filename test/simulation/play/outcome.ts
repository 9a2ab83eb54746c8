import type { CardResult } from "@streamcard/core";
import type { CardSnapshot, MessageSnapshot, RequestRecord } from "@streamcard/emulator";
import type { MetEvent } from "../scenario/event-plan.ts";
import type { FaultPlan } from "../scenario/fault-plan.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Call } from "./call-log.ts";
import type { Said } from "./what-was-said.ts";

/** Words, times and result of one run. Times are in milliseconds of the scenario's clock. */
export interface StreamOutcome {
  readonly result: CardResult;
  /** Words of the run; of runs that share a card, the card's own first. */
  readonly said: readonly Said[];
  /** Delay of the run's end against its own timetable, in milliseconds. */
  readonly runDelayMs: number;
  readonly startedAt: number;
  /** Time of the first text that needs no Markdown decision; `undefined` if the run begins with anything else. */
  readonly plainTextAt: number | undefined;
  readonly endedAt: number;
  readonly settledAt: number;
  readonly isStopped: boolean;
  readonly chatId: string;
}

/** Evidence of a scenario, for the checks. Times are in milliseconds of the same clock. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly streams: readonly StreamOutcome[];
  /** Cards, messages and requests of the platform, all of them. */
  readonly cards: readonly CardSnapshot[];
  readonly messages: readonly MessageSnapshot[];
  readonly requests: readonly RequestRecord[];
  /** Calls as the client saw them, including those that never arrived. */
  readonly calls: readonly Call[];
  /** Lines of the log, and errors given to `onDeliveryError`. */
  readonly told: readonly string[];
  /** The app's secret and tokens, which must not be told. */
  readonly secrets: readonly string[];
  /** Faults that requests met. */
  readonly faultsMet: readonly FaultPlan[];
  readonly eventsMet: readonly MetEvent[];
}
