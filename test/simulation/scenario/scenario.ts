import type { FeishuRules } from "@streamcard/emulator";
import type fc from "fast-check";
import type { BlockPlan } from "./block-plan.ts";
import type { EventPlan } from "./event-plan.ts";
import type { End, FaultPlan } from "./fault-plan.ts";

/** One simulated run. Made of a few numbers, so that a failing one is easy to shrink and to repeat. */
export interface Scenario {
  readonly textSeed: number;
  /** Length of the answer in UTF-16 units. */
  readonly length: number;
  readonly deltaSeed: number;
  readonly longestDelta: number;
  /** Longest time between two deltas, in milliseconds. */
  readonly longestGapMs: number;
  /** Longest time that a request, and its answer, travel. */
  readonly longestTripMs: number;
  /** Time that the run is silent, altogether, in so many pauses. */
  readonly pausedMs: number;
  readonly pauses: number;
  /** Limits of the platform: as documented, or so small that boundaries happen all the time. */
  readonly limits: "documented" | "shrunk";
  /** What the platform does where its documents leave a question open. */
  readonly rules: OpenQuestions;
  readonly feed: Feed;
  /** How text is paced: as fast as the platform allows, with few calls, or by sentences. */
  readonly pace: "smooth" | "economy" | "sentence";
  readonly target: "to" | "reply" | "reply-or-chat";
  /** Steps of the run, each with its own block of text and a tool call before the next. */
  readonly steps: number;
  readonly end: End;
  /** Share of the run that has been said when it ends in another way than by itself. */
  readonly endShare: number;
  /** Runs at the same time, by the same app. */
  readonly streams: number;
  /** Whether they all answer in the same chat. */
  readonly sharesChat: boolean;
  /** The reader's clicks, as shares of the run's time; later than its end where above 1. */
  readonly clicks: readonly ClickPlan[];
  /** What happens to it meanwhile, without anybody being told. */
  readonly events: readonly EventPlan[];
  /** What the run says besides its text, and the options of its card. */
  readonly blocks?: BlockPlan;
  readonly faults: readonly FaultPlan[];
}

export interface ClickPlan {
  readonly share: number;
  /** How long the app takes to answer; `null`: it never does. */
  readonly answerMs: number | null;
}

/** How the run reaches the card. */
export const feeds = ["push", "strings", "parts", "stream-text", "full-stream"] as const;
export type Feed = (typeof feeds)[number] | "langchain";

export type OpenQuestions = Partial<FeishuRules>;

export type Fields = { readonly [Field in keyof Scenario]-?: fc.Arbitrary<Scenario[Field]> };
