import type { CardResult } from "@streamcard/core";
import type { CardSnapshot, MessageSnapshot, RequestRecord } from "@streamcard/emulator";
import type { MetEvent } from "../scenario/event-plan.ts";
import type { FaultPlan } from "../scenario/fault-plan.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Call } from "./call-log.ts";
import type { Said } from "./what-was-said.ts";

/** What one run did, and what became of it. */
export interface StreamOutcome {
  readonly result: CardResult;
  /** What the run produced; where several share the card, the card's own first. */
  readonly said: readonly Said[];
  /** How much later than its own schedule the run ended. */
  readonly runDelayMs: number;
  readonly startedAt: number;
  /** When it had said something that is shown as it stands; `undefined` where it begins with anything else. */
  readonly plainTextAt: number | undefined;
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
  /** What was told of trouble: lines of the log, and errors. */
  readonly told: readonly string[];
  /** What nobody may be told. */
  readonly secrets: readonly string[];
  /** The faults that requests have met. */
  readonly faultsMet: readonly FaultPlan[];
  readonly eventsMet: readonly MetEvent[];
}
