import type { CardInput, CardStream, Clock, PartLike, TokenUsage } from "@streamcard/core";
import { type CardTarget, internalsOf, takeCard } from "@streamcard/core/internal";
import { safely } from "./safely.ts";

/** Callbacks of `streamText()`, by names that every version of the SDK knows. */
export interface CardCallbacks {
  /** Shows a part of the run. */
  onChunk(event: { readonly chunk: PartLike }): void;
  /** Shows what a step had that came by no chunk, and the name of its model. */
  onStepFinish(event: {
    readonly content: readonly PartLike[];
    readonly response?: { readonly modelId?: string | undefined } | undefined;
  }): void;
  /** Ends the run by the error of a step. Called by version 7 alone. */
  onStepError(event: { readonly error: unknown }): void;
  /** Ends the run by its finish reason, with its usage. */
  onFinish(event: { readonly finishReason: string; readonly totalUsage?: TokenUsage | undefined }): void;
  /** Prints an error and notes it. A run that stays silent for 10 seconds after an error has failed. */
  onError(event: { readonly error: unknown }): void;
  /** Ends the run as stopped. */
  onAbort(event: { readonly steps: readonly unknown[]; readonly reason?: unknown }): void;
}

/**
 * Makes callbacks that show a run on a card. Spread them into the options of `streamText()`; a callback of your own
 * after them replaces theirs.
 *
 * Callbacks see the least: before version 7.0.154 a dead socket calls none, nor does an abort for a reason of your own
 * before version 7. Such a run ends with the card's `signal` or with its `timeouts.idleMs`, and a failed request is
 * told ten seconds late. `cardTransform()` sees all of these.
 *
 * Errors are printed with `console.error`, as the SDK does where there is no `onError`.
 *
 * @throws {InvalidOptionError} when the target is no card, and makes none.
 * @throws {TypeError} when something else is being piped into the card.
 * @example
 * const card = feishuCard({ to: "oc_…" });
 * streamText({ model, prompt, abortSignal: card.signal, ...cardCallbacks(card) });
 */
export function cardCallbacks(target: CardTarget): CardCallbacks {
  const run = new CalledRun(takeCard(target));
  return {
    onChunk: ({ chunk }) => safely(() => run.chunk(chunk)),
    onStepFinish: (step) => safely(() => run.stepFinish(step)),
    onStepError: ({ error }) => safely(() => run.stepError(error)),
    onFinish: ({ finishReason, totalUsage }) =>
      safely(() => run.finish({ type: "finish", finishReason, ...(totalUsage && { totalUsage }) })),
    onError: ({ error }) => {
      console.error(error);
      safely(() => run.error(error));
    },
    onAbort: ({ reason }) => safely(() => run.abort(reason)),
  };
}

/** Silence after an error, in milliseconds, that makes it the end: nothing else need follow the last error of a run. */
const SILENCE_MS = 10_000;

/**
 * Time between the end of a run and that of its card, in milliseconds, because earlier parts may still be on their
 * way to `onChunk`.
 */
const LAST_WORDS_MS = 500;

/** Parts that `onChunk` of versions 5 and 6 does not get. They are told with the step. */
const untold = new Set(["tool-error", "tool-approval-request", "tool-output-denied", "file"]);

/** One run, told by its callbacks. */
class CalledRun {
  readonly #card: CardStream;
  readonly #clock: Clock;
  #timer: unknown;
  /** True if `onChunk` gets every part, as in version 7. */
  #tellsAll = false;
  #isBetweenSteps = false;
  /** True after an error whose step has not finished. */
  #hasOpenError = false;
  #isOver = false;
  /** True once the card is finalized: then no timer is needed. */
  #isSettled = false;

  constructor(card: CardStream) {
    this.#card = card;
    this.#clock = internalsOf(card).clock;
    // Nobody else can pipe into the card from here on.
    card.getWriter();
    void card.result.then(() => {
      this.#isSettled = true;
      this.#clock.clearTimeout(this.#timer);
    });
  }

  chunk(part: PartLike): void {
    if (part.type === "error") {
      this.#noteError(part);
      return;
    }
    if (part.type === "start" || part.type === "start-step") this.#tellsAll = true;
    if (this.#isBetweenSteps && !this.#tellsAll) this.#card.push({ type: "start-step" });
    this.#isBetweenSteps = false;
    this.#goOn();
    this.#card.push(part);
    if (part.type === "finish" || part.type === "abort") void this.#card.finish();
  }

  stepFinish({ content, response }: Parameters<CardCallbacks["onStepFinish"]>[0]): void {
    this.#hasOpenError = false;
    this.#goOn();
    if (this.#tellsAll) return;
    for (const item of content) if (untold.has(item.type)) this.#card.push(item);
    this.#card.push({ type: "finish-step", response });
    this.#isBetweenSteps = true;
  }

  stepError(error: unknown): void {
    // A stream that another transform stopped ends with this error in a step, and that is no failure.
    if (!isNoOutputError(error)) this.#card.push({ type: "error", error });
    this.#end();
  }

  /** Takes in the end. After a failed request in a later step, the reason is that of the step before, and ignored. */
  finish(event: CardInput): void {
    if (!this.#tellsAll && !this.#hasOpenError) this.#card.push(event);
    void this.#card.finish();
  }

  error(error: unknown): void {
    this.#noteError({ type: "error", error });
  }

  abort(reason: unknown): void {
    this.#card.push({ type: "abort", reason });
    this.#end();
  }

  #noteError(event: CardInput): void {
    this.#card.push(event);
    this.#hasOpenError = true;
    if (!this.#isOver) this.#finishAfter(SILENCE_MS);
  }

  #goOn(): void {
    if (!this.#isOver) this.#clock.clearTimeout(this.#timer);
  }

  #end(): void {
    this.#isOver = true;
    this.#finishAfter(LAST_WORDS_MS);
  }

  #finishAfter(delayMs: number): void {
    this.#clock.clearTimeout(this.#timer);
    if (this.#isSettled) return;
    this.#timer = this.#clock.setTimeout(() => void this.#card.finish(), delayMs);
  }
}

function isNoOutputError(error: unknown): boolean {
  return error instanceof Error && error.name === "AI_NoOutputGeneratedError";
}
