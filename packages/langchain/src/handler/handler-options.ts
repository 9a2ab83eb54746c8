import type { CardStream, Logger } from "@streamcard/core";
import { aFunction, checkOption, described, milliseconds, takeCard } from "@streamcard/core/internal";
import type { AnswerRule } from "../runs/answer-rule.ts";
import type { HandledRunOptions, RunInfo } from "../runs/handled-run.ts";

/** Options of a handler that have nothing to do with the platform of its cards. */
export interface HandlerOptions {
  /**
   * Decides whether the text of a model, or of a message that a node of a graph returns, belongs to the answer.
   * @defaultValue `run.isAnswerByDefault`: all but what is tagged `nostream` and what works for a tool or a retriever
   */
  isAnswer?: AnswerRule | undefined;
  /** Called with each card, when its run starts. An error that it throws goes to the logger. @defaultValue none */
  onCard?: ((card: CardStream, run: RunInfo) => void) | undefined;
  /**
   * Makes `invoke()` and the end of a stream wait until the card is final, a few hundred milliseconds as a rule.
   * With `false` a serverless function may be frozen while its card is still open.
   * @defaultValue true
   */
  awaitCard?: boolean | undefined;
  /**
   * Longest silence of a run, also while a tool runs, in milliseconds from 0 (no limit) to 2147483647. After it the
   * card is stopped for a time-out. Needed because LangChain tells nobody when a consumer leaves a stream, or when a
   * run is aborted inside a tool. While no tool runs, the card's `timeouts.idleMs` (five minutes) finds such a run
   * earlier.
   * @defaultValue 1800000 (30 minutes)
   */
  maxSilenceMs?: number | undefined;
  /**
   * The caller's own signal: stops the card when it is aborted, also where LangChain calls no callback.
   * @defaultValue none
   */
  signal?: AbortSignal | undefined;
  /**
   * Takes the warnings of the handler: a run that goes on without a card, an `onCard` that throws.
   * @defaultValue `console`
   */
  logger?: Logger | undefined;
}

/** Options of a handler whose cards may be of any platform. */
export interface CardHandlerOptions extends HandlerOptions {
  /**
   * Makes the card of a run that starts: a new one for each call. The run goes on without a card when this throws; then
   * `result` rejects with the error. Required.
   */
  card: (run: RunInfo) => CardStream;
}

/** Options of one run, in place of the handler's. */
export type RunOptions = Partial<Omit<CardHandlerOptions, "onCard" | "logger">>;

const DEFAULT_SILENCE_MS = 1_800_000;
const MAX_SILENCE_MS = 2 ** 31 - 1;

/** The option `card`, with an example in its error. */
export const aCardMaker = described(
  "a function that makes the card of a run, as in `card: () => feishu.card({ to })`",
  aFunction,
);

/** Joins the options of a handler with those of one of its runs. */
export function handledRunOptions(handler: CardHandlerOptions, run: RunOptions = {}): HandledRunOptions {
  const makeCard = run.card ?? handler.card;
  return {
    makeCard: (info) => takeCard(() => makeCard(info)),
    isAnswer: run.isAnswer ?? handler.isAnswer,
    awaitCard: run.awaitCard ?? handler.awaitCard ?? true,
    maxSilenceMs: run.maxSilenceMs ?? handler.maxSilenceMs ?? DEFAULT_SILENCE_MS,
    signals: [handler.signal, run.signal].filter((signal) => signal !== undefined),
  };
}

/** @throws {InvalidOptionError} when an option can never work. */
export function checkRunOptions({ card, maxSilenceMs }: RunOptions): void {
  checkOption("card", card, aCardMaker);
  checkOption("maxSilenceMs", maxSilenceMs, milliseconds({ max: MAX_SILENCE_MS, zero: "no limit" }));
}
