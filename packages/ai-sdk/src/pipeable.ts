import { type CardResult, InvalidOptionError, pipeToCard, type RunResult } from "@streamcard/core";
import { type CardTarget, describeValue, shapeOf, stopWith, takeCard } from "@streamcard/core/internal";

/** Options of `pipeTo()`. */
export interface PipeToOptions {
  /**
   * Signal that stops the card when it is aborted. The run goes on unless it was given the signal, too.
   * @defaultValue none
   */
  signal?: AbortSignal | undefined;
}

/** A result, or a promise of one, that can be piped into a card. */
export interface Pipeable {
  /**
   * Shows the run on a card, to its end, and waits for the card.
   *
   * @returns How the run ended and what the reader has of it. Does not reject for a failed run or delivery.
   * @throws {InvalidOptionError} when the target is no card, and makes none.
   * @throws {TypeError} (rejects) when something else is being piped into the card.
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
  const shape = shapeOf(result);
  if (shape !== "result" && shape !== "promise") {
    throw new InvalidOptionError(
      `pipeable() takes the result of streamText(), generateText() or an agent; received ${describeValue(result)}.`,
    );
  }
  // Added to the object itself, because its getters replace fields of `this`, which they cannot do in a wrapper.
  return Object.assign(result, {
    pipeTo: (target: CardTarget, { signal }: PipeToOptions = {}) => {
      const card = takeCard(target);
      if (signal !== undefined) stopWith(signal, card);
      return pipeToCard(result, card);
    },
  });
}
