import { type CardDriver, type CardWriteError, toCardWriteError } from "./card-driver.ts";
import type { CardInput } from "./card-event.ts";
import { CardPages, type RunView } from "./card-pages.ts";
import type { CardIds, CardResult, Delivery } from "./card-result.ts";
import { createCardState, reduce, wholeText } from "./card-state.ts";
import { type Clock, systemClock } from "./clock.ts";
import { composeStatus } from "./compose.ts";
import { InvalidOptionError } from "./errors.ts";
import { type Logger, warnOnce } from "./logger.ts";
import { parseCardEvents } from "./parse-card-event.ts";
import { classifyRunEnd, failed, type RunEnd, type StreamEnd, stopped } from "./run-end.ts";
import { RunTimes } from "./run-times.ts";
import { composeSummary } from "./summary.ts";
import { resolveTimeouts, TimeLimits, type Timeouts } from "./time-limits.ts";

export interface CardStreamOptions {
  driver: CardDriver;
  /** Ends the card when it is aborted. */
  signal?: AbortSignal | undefined;
  timeouts?: Timeouts | undefined;
  /**
   * Shortest time from the answer to one write to the next one, in milliseconds.
   * @defaultValue the platform's limit (Feishu: 100)
   */
  minIntervalMs?: number | undefined;
  logger?: Logger | undefined;
  /** Told of each write that failed, also of those that a later write made good. */
  onDeliveryError?: ((error: unknown) => void) | undefined;
  /** @defaultValue the system's clock */
  clock?: Clock | undefined;
}

const LONGEST_INTERVAL_MS = 60_000;

/** Longest text of one plain message. */
const MESSAGE_LENGTH = 20_000;

/**
 * A card that shows a run while it goes on: a `WritableStream` of text, {@link CardEvent | events} or AI SDK parts.
 *
 * Nothing that is written here waits for the network or throws; what becomes of the card is in `result`.
 * Closing the stream is `finish()`; aborting it is `fail()`, or `stop()` where the reason is abort-like.
 */
export class CardStream extends WritableStream<CardInput> {
  readonly #options: CardStreamOptions;
  readonly #state = createCardState();
  readonly #times: RunTimes;
  readonly #limits: TimeLimits;
  readonly #pages: CardPages;
  readonly #controller = new AbortController();
  readonly #opened = Promise.withResolvers<CardIds>();
  readonly #result = Promise.withResolvers<CardResult>();
  #end: RunEnd | undefined;
  #isScheduled = false;
  #isStoppable = false;
  #trouble: unknown;

  constructor(options: CardStreamOptions) {
    // The stream takes its sink before `this` is there.
    const self = {} as { card: CardStream };
    super({
      write: (chunk) => self.card.push(chunk),
      close: async () => void (await self.card.finish()),
      abort: async (reason) => void (await self.card.#close({ type: "reject", error: reason })),
    });
    self.card = this;
    const { driver, signal, clock = systemClock } = options;
    this.#options = options;
    this.#times = new RunTimes(clock);
    this.#limits = new TimeLimits(clock, resolveTimeouts(options.timeouts), (error) => this.stop(error));
    this.#pages = new CardPages({
      driver,
      clock,
      intervalMs: resolveInterval(options.minIntervalMs, driver),
      view: () => this.#view(),
      lastInputAt: () => this.#times.lastInputAt,
      onOpened: ({ cardId, messageId }) => this.#opened.resolve({ cardId, messageId }),
      onUnopened: () => this.#opened.reject(this.#trouble),
      onFirstText: () => this.#times.markText(),
      onTrouble: (error) => this.#report(error),
      onSettled: () => void this.#conclude(),
    });
    this.#opened.promise.catch(() => {});
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener("abort", this.#onAbort, { once: true });
    this.#schedule();
  }

  /** Aborted by a stop, a time limit or the caller's own signal. Give it to the run, so that Stop works. */
  get signal(): AbortSignal {
    this.#isStoppable = true;
    return this.#controller.signal;
  }

  /** @internal `signal` for `pipeToCard`, which cancels its source but cannot promise that this stops the run. */
  get stopped(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether somebody has asked for `signal`, so that a stop reaches the run. */
  get isStoppable(): boolean {
    return this.#isStoppable;
  }

  /** Time as this card counts it. @internal for `ai-sdk`, which waits on behalf of a card */
  get clock(): Clock {
    return this.#options.clock ?? systemClock;
  }

  /** Resolves once the reader can see the card; rejects when it could not be made. */
  get opened(): Promise<CardIds> {
    return this.#opened.promise;
  }

  /** Resolves once the card is finalized or given up. Never rejects. */
  get result(): Promise<CardResult> {
    return this.#result.promise;
  }

  /** Takes in text, an event, or a part of a stream. Costs its length; never throws; ignored after the end. */
  push(input: CardInput): void {
    if (this.#end !== undefined) return;
    // Also what is not drawn, such as a provider's pings, is a sign of life.
    for (const event of parseCardEvents(input) ?? []) reduce(this.#state, event);
    const { hasOutput, running, texts } = this.#state;
    this.#times.markInput({ isShown: texts.length > 0 });
    this.#limits.sign({ hasOutput, isToolRunning: running.size > 0 });
    this.#schedule();
  }

  /** The run is over; how it ended is decided from what it said. The first end wins. */
  finish(): Promise<CardResult> {
    return this.#close({ type: "close" });
  }

  /** The run failed. */
  fail(error: unknown): Promise<CardResult> {
    return this.#endRun(failed(error));
  }

  /**
   * Stops the card, and the run through `signal`.
   *
   * @param reason An error, or one of `"reader"`, `"timeout"` and `"aborted"`.
   */
  stop(reason?: unknown): Promise<CardResult> {
    return this.#endRun(stopped(reason));
  }

  #close(end: StreamEnd): Promise<CardResult> {
    return this.#endRun(classifyRunEnd(this.#state, end, this.#options.signal));
  }

  readonly #onAbort = () => void this.stop(this.#options.signal?.reason);

  #endRun(end: RunEnd): Promise<CardResult> {
    if (this.#end !== undefined) return this.result;
    this.#end = end;
    this.#times.markEnd();
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#limits.stop();
    for (const text of this.#state.texts) text.isEnded = true;
    if (end.status !== "finished") this.#controller.abort(end.error ?? abortError(end));
    this.#pages.finish();
    this.#schedule();
    return this.result;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#pages.kick();
    });
  }

  #view(): RunView {
    return {
      texts: this.#state.texts,
      status: composeStatus(this.#state, this.#end),
      summary: () => composeSummary(this.#state),
      hasEnded: this.#end !== undefined,
    };
  }

  #report(error: CardWriteError): void {
    this.#trouble = error;
    const { logger = warnOnce, onDeliveryError } = this.#options;
    logger.warn(error.message, { code: error.code, outcome: error.outcome });
    try {
      onDeliveryError?.(error);
    } catch (thrown) {
      logger.warn("onDeliveryError threw.", { code: "callback-threw", name: (thrown as Error | null)?.name });
    }
  }

  async #conclude(): Promise<void> {
    const end = this.#end ?? failed(undefined);
    const text = wholeText(this.#state);
    const delivery = await this.#deliverRest(text);
    this.#result.resolve({
      ...end,
      delivery,
      text,
      cards: this.#pages.cards,
      ...(delivery !== "card" && { deliveryError: this.#trouble }),
      metrics: this.#times.metrics(end, this.#state.usage, this.#options.driver.usage()),
    });
  }

  /** Sends what is on no card as a plain message. */
  async #deliverRest(whole: string): Promise<Delivery> {
    const rest = this.#pages.rest();
    if (rest === undefined) return "card";
    const { driver } = this.#options;
    let left = rest.isNothingShown ? whole : rest.text;
    if (left.trim() === "" || driver.sendText === undefined) return rest.isNothingShown ? "none" : "partial";
    try {
      while (left !== "") {
        const message = left.slice(0, MESSAGE_LENGTH);
        await driver.sendText(message);
        left = left.slice(message.length);
      }
      return "message";
    } catch (error) {
      this.#report(toCardWriteError(error));
      return rest.isNothingShown && left === whole ? "none" : "partial";
    }
  }
}

function resolveInterval(minIntervalMs: number | undefined, driver: CardDriver): number {
  if (minIntervalMs === undefined) return driver.profile.minIntervalMs;
  if (minIntervalMs >= 0 && minIntervalMs <= LONGEST_INTERVAL_MS) return minIntervalMs;
  throw new InvalidOptionError(
    `minIntervalMs must be a number of milliseconds from 0 to ${LONGEST_INTERVAL_MS}, received ${String(minIntervalMs)}.`,
  );
}

function abortError({ reason }: RunEnd): Error {
  const name = reason === "timeout" ? "TimeoutError" : "AbortError";
  return new DOMException(`The card was stopped (${reason ?? "aborted"}).`, name);
}
