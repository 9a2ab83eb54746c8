import type { FeishuRules } from "@streamcard/emulator";
import type fc from "fast-check";
import type { BlockPlan } from "./block-plan.ts";
import type { EventPlan } from "./event-plan.ts";
import type { End, FaultPlan } from "./fault-plan.ts";

/** Plan of a simulated run. A few words and numbers, so that a failing one is easy to shrink and to repeat. */
export interface Scenario {
  readonly textSeed: number;
  /** Length of the answer in UTF-16 units. */
  readonly length: number;
  readonly deltaSeed: number;
  /** Length of the longest delta, in UTF-16 units. */
  readonly longestDelta: number;
  /** Longest time between two deltas, in milliseconds. */
  readonly longestGapMs: number;
  /** Longest time that a request travels, and its answer again, in milliseconds. */
  readonly longestTripMs: number;
  /** Length of all pauses together, in milliseconds. */
  readonly pausedMs: number;
  readonly pauses: number;
  /** Limits of the platform: as documented, or so small that every run meets page boundaries. */
  readonly limits: "documented" | "shrunk";
  /** Behaviour of the platform where its documents leave a question open. */
  readonly rules: OpenQuestions;
  readonly feed: Feed;
  /** Pacing: as fast as the platform allows, with few calls, or by sentences. */
  readonly pace: "smooth" | "economy" | "sentence";
  readonly target: "to" | "reply" | "reply-or-chat";
  /** Steps of the run, each with its own block of text and a tool call before the next. */
  readonly steps: number;
  readonly end: End;
  /** Share of the run that has been said when it is stopped, aborted or fails. */
  readonly endShare: number;
  /** Number of runs at the same time, by the same app. */
  readonly streams: number;
  /** True if all of them answer in the same chat. */
  readonly sharesChat: boolean;
  /** Clicks of the reader. */
  readonly clicks: readonly ClickPlan[];
  /** Events of which the sender is not told. */
  readonly events: readonly EventPlan[];
  /** Blocks besides the text, and the options of the card. */
  readonly blocks?: BlockPlan;
  readonly faults: readonly FaultPlan[];
}

export interface ClickPlan {
  /** Time of the click as a share of the run's time; above 1, it comes after the run's end. */
  readonly share: number;
  /** Time that the app takes to answer, in milliseconds; `null` if it never does. */
  readonly answerMs: number | null;
}

/** Ways for a run to reach its card. */
export const feeds = ["push", "strings", "parts", "stream-text", "full-stream"] as const;
export type Feed = (typeof feeds)[number] | "langchain";

export type OpenQuestions = Partial<FeishuRules>;

export type Fields = { readonly [Field in keyof Scenario]-?: fc.Arbitrary<Scenario[Field]> };
