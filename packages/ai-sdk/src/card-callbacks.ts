import type { CardInput, CardStream, Clock, PartLike, TokenUsage } from "@streamcard/core";
import { type CardTarget, internalsOf, takeCard } from "@streamcard/core/internal";
import { safely } from "./safely.ts";

/** Callbacks of `streamText()`, by the names that every version knows. */
export interface CardCallbacks {
  onChunk(event: { readonly chunk: PartLike }): void;
  onStepFinish(event: {
    readonly content: readonly PartLike[];
    readonly response?: { readonly modelId?: string | undefined } | undefined;
  }): void;
  /** Called by version 7 alone. */
  onStepError(event: { readonly error: unknown }): void;
  onFinish(event: { readonly finishReason: string; readonly totalUsage?: TokenUsage | undefined }): void;
  onError(event: { readonly error: unknown }): void;
  onAbort(event: { readonly steps: readonly unknown[]; readonly reason?: unknown }): void;
}

/**
 * Shows a run on a card by its callbacks. Spread them into the options of `streamText()`; a callback of your own
 * after them takes the place of theirs.
 *
 * The poorest of the ways to connect: before version 7.0.154 a dead socket calls no callback at all, nor does
 * an abort for a reason of your own before version 7. Such a run ends with the card's `signal` or with
 * its `timeouts.idleMs`, and a failed request is told ten seconds late. `cardTransform()` sees all of these.
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

/** An error may be the end or not, and nothing else need follow: after so much silence it was the end. */
const SILENCE_MS = 10_000;

/** The run is over, but what it said before may still be on its way to `onChunk`. */
const LAST_WORDS_MS = 500;

/** What `onChunk` of versions 5 and 6 keeps to itself; it is told with the step. */
const untold = new Set(["tool-error", "tool-approval-request", "tool-output-denied", "file"]);

/** One run, as its callbacks tell it. */
class CalledRun {
  readonly #card: CardStream;
  readonly #clock: Clock;
  #timer: unknown;
  /** `onChunk` gets every part, as in version 7. */
  #tellsAll = false;
  #isBetweenSteps = false;
  /** An error came, and its step has not finished. */
  #hasOpenError = false;
  #isOver = false;
  /** The card is finalized: nothing that comes now needs a timer. */
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
    // A stream that another transform stopped ends in a step, too: that is no failure.
    if (!isNoOutputError(error)) this.#card.push({ type: "error", error });
    this.#end();
  }

  /** Called after a failed request in a later step as well, then with the reason of the step before. */
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
