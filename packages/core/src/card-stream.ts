import { type CardDriver, CardWriteError, toCardWriteError } from "./card-driver.ts";
import type { CardInput } from "./card-event.ts";
import { CardPages, type RunView } from "./card-pages.ts";
import type { CardIds, CardResult } from "./card-result.ts";
import { createCardState, reduce, textsInOrder, wholeText } from "./card-state.ts";
import { type Clock, systemClock } from "./clock.ts";
import { composeStatus } from "./compose.ts";
import { deliverRest } from "./deliver-rest.ts";
import { InvalidOptionError } from "./errors.ts";
import type { Logger } from "./logger.ts";
import { type PaceOptions, type RunSpending, resolvePace } from "./pace.ts";
import { parseCardEvents } from "./parse-card-event.ts";
import { classifyRunEnd, failed, type RunEnd, type StreamEnd, stopped } from "./run-end.ts";
import { RunTimes } from "./run-times.ts";
import { composeSummary } from "./summary.ts";
import { resolveTimeouts, TimeLimits, type Timeouts } from "./time-limits.ts";
import { TroubleReport } from "./trouble-report.ts";

export interface CardStreamOptions extends PaceOptions {
  driver: CardDriver;
  /** Ends the card when it is aborted. */
  signal?: AbortSignal | undefined;
  timeouts?: Timeouts | undefined;
  /**
   * What is written: all there is at each interval, or whole sentences and lines, with what has waited for a second.
   * @defaultValue "interval"
   */
  flushOn?: "interval" | "sentence" | undefined;
  logger?: Logger | undefined;
  /** Told of each write that failed, also of those that a later write made good. */
  onDeliveryError?: ((error: unknown) => void) | undefined;
  /** @defaultValue the system's clock */
  clock?: Clock | undefined;
}

const SENTENCE_MS = 1_000;

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
  readonly #report: TroubleReport;
  readonly #opened = Promise.withResolvers<CardIds>();
  readonly #result = Promise.withResolvers<CardResult>();
  #end: RunEnd | undefined;
  #isScheduled = false;
  #isStoppable = false;

  /** @throws {InvalidOptionError} */
  constructor(options: CardStreamOptions) {
    const { driver, signal, clock = systemClock } = options;
    const pace = resolvePace(options, driver.profile.minIntervalMs);
    const timeouts = resolveTimeouts(options.timeouts);
    const sentenceMs = resolveFlushOn(options.flushOn, pace.intervalMs);
    const report = new TroubleReport(options);
    // The stream takes its sink before `this` is there.
    const self = {} as { card: CardStream };
    super({
      write: (chunk) => self.card.push(chunk),
      close: async () => void (await self.card.finish()),
      abort: async (reason) => void (await self.card.#close({ type: "reject", error: reason })),
    });
    self.card = this;
    this.#options = options;
    this.#report = report;
    this.#times = new RunTimes(clock);
    this.#limits = new TimeLimits(clock, timeouts, (error) => this.stop(error));
    this.#pages = new CardPages({
      driver,
      clock,
      pace,
      sentenceMs,
      spending: this.#spending(),
      view: () => this.#view(),
      lastInputAt: () => this.#times.lastInputAt,
      onOpened: ({ cardId, messageId }) => this.#opened.resolve({ cardId, messageId }),
      onUnopened: () => this.#opened.reject(report.worst ?? givenUp()),
      onFirstText: () => this.#times.markText(),
      onTrouble: (error) => report.note(error),
      onGivenUp: (afterMs) => report.noteUnlessKnown(givenUp(afterMs)),
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
    this.#take(input);
    const { hasOutput, running, texts } = this.#state;
    this.#times.markInput({ isShown: texts.length > 0 });
    this.#limits.sign({ hasOutput, isToolRunning: running.size > 0 });
    this.#schedule();
  }

  /** Whatever a producer hands over, reading it must not break the run. */
  #take(input: CardInput): void {
    try {
      const events = parseCardEvents(input);
      if (events === undefined) this.#report.noteUnread(input);
      for (const event of events ?? []) reduce(this.#state, event);
    } catch (error) {
      this.#report.note(toCardWriteError(error));
    }
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

  /** Read at every token: each figure costs only those who ask for it. */
  #spending(): RunSpending {
    const card = this;
    return {
      get ageMs() {
        return card.#times.ageMs;
      },
      get writingMs() {
        return card.#times.writingMs;
      },
      get calls() {
        return card.#options.driver.usage().calls;
      },
      get characters() {
        return card.#state.texts.reduce((sum, { log }) => sum + log.length, 0);
      },
      get hasEnded() {
        return card.#end !== undefined;
      },
    };
  }

  #view(): RunView {
    return {
      texts: textsInOrder(this.#state),
      status: composeStatus(this.#state, this.#end),
      summary: () => composeSummary(this.#state),
      isHurried: this.#end?.status === "stopped",
    };
  }

  async #conclude(): Promise<void> {
    const end = this.#end ?? failed(undefined);
    const text = wholeText(this.#state);
    const { driver, clock = systemClock } = this.#options;
    const rest = this.#pages.rest();
    const delivery =
      rest === undefined ? "card" : await deliverRest(rest, text, { driver, clock, report: this.#report });
    const finalizedBy = delivery === "message" ? "message" : this.#pages.finalizedBy;
    this.#result.resolve({
      ...end,
      delivery,
      ...(finalizedBy !== undefined && { finalizedBy }),
      text,
      cards: this.#pages.cards,
      ...(delivery !== "card" && { deliveryError: this.#report.worst ?? givenUp() }),
      metrics: this.#times.metrics(end, this.#state.usage, driver.usage()),
    });
  }
}

/** How long text waits for the end of its sentence. @throws {InvalidOptionError} */
function resolveFlushOn(flushOn: CardStreamOptions["flushOn"], intervalMs: number): number {
  if (flushOn === undefined || flushOn === "interval") return 0;
  if (flushOn === "sentence") return Math.max(SENTENCE_MS, intervalMs);
  throw new InvalidOptionError(
    `flushOn must be "interval" or "sentence", received ${JSON.stringify(flushOn)}.`,
  );
}

function givenUp(afterMs?: number): CardWriteError {
  const when = afterMs === undefined ? "" : ` for ${afterMs / 1000} s after the run's end`;
  return new CardWriteError({
    code: "given-up",
    message: `The card was given up: the platform acknowledged nothing${when}.`,
    outcome: "unknown",
  });
}

function abortError({ reason }: RunEnd): Error {
  const name = reason === "timeout" ? "TimeoutError" : "AbortError";
  return new DOMException(`The card was stopped (${reason ?? "aborted"}).`, name);
}
