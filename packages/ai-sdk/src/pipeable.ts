import {
  type CardResult,
  type CardSource,
  type CardStream,
  type GeneratedRun,
  InvalidOptionError,
  pipeToCard,
  type StreamedRun,
} from "@streamcard/core";
import { describeValue, isPromiseLike, openRunSource } from "@streamcard/core/internal";
import { type CardTarget, takeCard } from "./card-target.ts";

/** The result of `streamText()`, `generateText()` or an agent. */
export type RunResult = StreamedRun | GeneratedRun;

export interface PipeToOptions {
  /** Stops the card when it is aborted. The run goes on unless it was given the signal, too. */
  signal?: AbortSignal | undefined;
}

/** What can be piped into a card. */
export interface Pipeable {
  /**
   * Shows the run on a card, to its end, and waits for the card.
   *
   * @returns How the run ended and what the reader has of it. Does not reject for a failed run or delivery.
   * @throws {InvalidOptionError} when the target is no card, and makes none.
   * @throws {TypeError} when something else is being piped into the card.
   */
  readonly pipeTo: (target: CardTarget, options?: PipeToOptions) => Promise<CardResult>;
}

/**
 * Adds `pipeTo(card)` to the result of a run, or to a promise of one. It stays the same object, and everything
 * else of it works as before.
 *
 * @throws {InvalidOptionError} when it is no result.
 * @example
 * await pipeable(streamText({ model, prompt })).pipeTo(feishuCard({ to: "oc_…" }));
 */
export function pipeable<Result extends RunResult | PromiseLike<RunResult>>(
  result: Result,
): Result & Pipeable {
  if (!isResult(result)) {
    throw new InvalidOptionError(
      `pipeable() takes the result of streamText(), generateText() or an agent; received ${describeValue(result)}.`,
    );
  }
  // On the object itself: its getters replace fields of `this`, which a wrapper would keep from it.
  return Object.assign(result, {
    pipeTo: (target: CardTarget, { signal }: PipeToOptions = {}) => {
      const card = takeCard(target);
      if (signal !== undefined) stopWith(signal, card);
      return pipeToCard(open(result), card);
    },
  });
}

/** There is a card by now: what goes wrong lands on it. */
async function open(result: unknown): Promise<CardSource> {
  return openRunSource(result);
}

function isResult(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return isPromiseLike(value) || ["fullStream", "stream", "steps"].some((name) => name in value);
}

function stopWith(signal: AbortSignal, card: CardStream): void {
  const stop = () => void card.stop(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  void card.result.then(() => signal.removeEventListener("abort", stop));
}
