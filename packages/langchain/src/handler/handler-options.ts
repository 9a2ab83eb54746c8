import type { CardStream } from "@streamcard/core";
import type { Feishu, FeishuCardOptions } from "@streamcard/feishu";
import type { AnswerCandidate } from "../runs/answer-rule.ts";
import type { Metadata } from "../runs/callback-arguments.ts";

/** The top-level run that a card was opened for. */
export interface CardRunInfo {
  readonly runId: string;
  readonly name: string;
  /** The caller's, and LangChain's own. May hold secrets. */
  readonly metadata: Metadata;
}

/** Options of one card, and how a run becomes one. */
export interface FeishuCardHandlerOptions extends FeishuCardOptions {
  /** @defaultValue the app that the environment names, as for `feishuCard()` */
  feishu?: Feishu | undefined;
  /**
   * Whether the text of a model, or of a message that a graph's node returns, belongs to the answer.
   * @defaultValue `run.isAnswerByDefault`: all but what is tagged `nostream` and what works for a tool or a retriever
   */
  isAnswer?: ((run: AnswerCandidate) => boolean) | undefined;
  /** Called with each card, when its run starts. What it throws goes to the logger. */
  onCard?: ((card: CardStream, run: CardRunInfo) => void) | undefined;
  /**
   * Whether `invoke()` and the end of a stream wait until the card is final, a few hundred milliseconds as a rule.
   * Without it a serverless function may be frozen with a card that is open.
   * @defaultValue true
   */
  awaitCard?: boolean | undefined;
  /**
   * Longest silence of a run, also while a tool runs, in milliseconds; `0` for none. LangChain tells nobody when a
   * consumer leaves a stream, or when a run is aborted in the middle of a tool. While no tool runs,
   * `timeouts.idleMs` (five minutes) finds such a run earlier.
   * @defaultValue 1800000 (30 minutes)
   */
  maxSilenceMs?: number | undefined;
}

/** Options of one run: those of its card, in place of the handler's. */
export type RunOptions = Omit<FeishuCardHandlerOptions, "feishu" | "onCard">;

export const DEFAULT_SILENCE_MS = 1_800_000;
