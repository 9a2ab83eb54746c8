import { type Clock, systemClock } from "../clock.ts";
import { type DriverProfile, toCardWriteError } from "../contract/card-driver.ts";
import type { CardInput } from "../contract/card-event.ts";
import type { CardIds, CardResult } from "../contract/card-result.ts";
import type { RunEnd, StreamEnd } from "../contract/run-end.ts";
import { InvalidOptionError } from "../errors.ts";
import { checkRoom } from "../pages/check-room.ts";
import { failed, stopped } from "../run/classify-run-end.ts";
import { RunStop } from "../run/run-stop.ts";
import { RunTimes } from "../run/run-times.ts";
import { RunTrack } from "../run/run-track.ts";
import { type Lane, RunTracks } from "../run/run-tracks.ts";
import { TimeLimits } from "../run/time-limits.ts";
import type { ResolvedBlockOptions } from "../view/block-options.ts";
import { RunView } from "../view/run-view.ts";
import { CardContents } from "./card-contents.ts";
import { setInternals } from "./card-internals.ts";
import { CardLane, checkLaneOptions, type LaneOptions } from "./card-lane.ts";
import { CardOutcome } from "./card-outcome.ts";
import { CardSink } from "./card-sink.ts";
import { CardSpending } from "./card-spending.ts";
import { type CardStreamOptions, resolveCardStreamOptions } from "./card-stream-options.ts";
import type { RunCards } from "./run-cards.ts";
import { RunImages } from "./run-images.ts";
import { StreamedCards } from "./streamed-cards.ts";
import { UnstreamedCards } from "./unstreamed-cards.ts";

/**
 * A card that shows a run while it goes on: a `WritableStream` of text, {@link CardEvent | events} or AI SDK parts.
 *
 * Writing to it never waits for the network and never throws; the outcome of the card is in `result`. Closing the
 * stream is `finish()`; aborting it is `fail()`, or `stop()` where the reason is abort-like.
 */
export class CardStream extends WritableStream<CardInput> {
  readonly #options: {
    readonly profile: DriverProfile;
    readonly blocks: ResolvedBlockOptions;
    readonly clock: Clock;
    readonly signal: AbortSignal | undefined;
  };
  readonly #tracks: RunTracks;
  readonly #times: RunTimes;
  readonly #limits: TimeLimits;
  readonly #stopped = new RunStop();
  readonly #cards: RunCards;
  readonly #outcome: CardOutcome;
  #isScheduled = false;

  /** @throws {InvalidOptionError} */
  constructor(options: CardStreamOptions) {
    const { driver, signal, clock = systemClock } = options;
    const resolved = resolveCardStreamOptions(options, driver.profile);
    const { blocks, report, notifyAfterMs } = resolved;
    // `super()` needs the sink before `this` exists.
    const sink = new CardSink();
    super(sink);
    sink.card = this;
    const abort = (reason: unknown) => this.#close({ type: "reject", error: reason });
    setInternals(this, { clock, stopped: this.#stopped, abort });
    const { profile } = driver;
    this.#options = { profile, blocks, clock, signal };
    const tracks = new RunTracks(new RunTrack(clock));
    const times = new RunTimes(clock);
    this.#tracks = tracks;
    this.#times = times;
    this.#limits = new TimeLimits(clock, resolved.timeouts, (error) => this.stop(error));
    const view = new RunView({ options: blocks, profile, tracks, stopped: this.#stopped, times });
    this.#outcome = new CardOutcome({ driver, clock, tracks, view, times, report, notifyAfterMs });
    const spending = new CardSpending(driver, times, tracks);
    const listener = this.#outcome;
    const contents = new CardContents({
      profile,
      view,
      blocks,
      images: new RunImages({ driver, clock, onReady: () => this.#schedule() }),
      spending,
      onMisuse: (error) => listener.onMisuse(error),
    });
    const parts = { ...resolved, driver, clock, spending, times, contents, listener };
    this.#cards = resolved.isStreaming ? new StreamedCards(parts) : new UnstreamedCards(parts);
    if (signal !== undefined) this.#stopWith(signal);
    this.#schedule();
  }

  #stopWith(signal: AbortSignal): void {
    const stop = () => void this.stop(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    void this.result.then(() => signal.removeEventListener("abort", stop));
  }

  /**
   * Signal that is aborted by a stop, a time limit or the caller's own signal. Give it to the run, so that Stop
   * works.
   */
  get signal(): AbortSignal {
    return this.#stopped.signal;
  }

  /** True once `signal` was read, so that a stop can reach the run. */
  get isStoppable(): boolean {
    return this.#stopped.hasSignal;
  }

  /** Resolves once the reader can see the card; rejects when it could not be made. */
  get opened(): Promise<CardIds> {
    return this.#outcome.opened;
  }

  /** Resolves once the card is finalized or given up. Never rejects. */
  get result(): Promise<CardResult> {
    return this.#outcome.result;
  }

  /** Takes in text, an event, or a part of a stream. Never throws. Ignored after the end. */
  push(input: CardInput): void {
    this.#push(this.#tracks.root, input);
  }

  /**
   * Makes a place on the card for one of several runs, with an end of its own. The end of the card ends the lanes that
   * are open. A lane of a card that has ended is not drawn, and input to it is dropped.
   *
   * @throws {InvalidOptionError} when the name is taken, an option can never work, or the card has no room.
   */
  lane(name: string, { title = name, layout = "panel" }: LaneOptions = {}): CardLane {
    if (typeof name !== "string" || name === "" || this.#tracks.lanes.some((lane) => lane.name === name)) {
      throw new InvalidOptionError(
        `A lane needs a name that no other has, received ${JSON.stringify(name)}.`,
      );
    }
    checkLaneOptions({ title, layout });
    const track = new RunTrack(this.#options.clock);
    const { end } = this.#tracks;
    if (end === undefined) this.#addLane({ name, title, layout, track });
    else track.endWith(end);
    return new CardLane({
      track,
      stopped: this.#stopped,
      signal: () => this.signal,
      take: (input) => this.#push(track, input),
      onEnd: () => {
        if (this.#tracks.end === undefined) this.#noteActivity();
        this.#schedule();
      },
    });
  }

  /** @throws {InvalidOptionError} when the card has no room for it. */
  #addLane({ title, layout, ...lane }: Lane): void {
    const added: Lane = {
      ...lane,
      title: Array.from(title).slice(0, LANE_TITLE_LENGTH).join("").toWellFormed(),
      layout: this.#cards.hasBegun ? "panel" : layout,
    };
    const { profile, blocks } = this.#options;
    const { lanes } = this.#tracks;
    checkRoom({ profile, options: blocks, lanes: [...lanes, added] });
    lanes.push(added);
    this.#schedule();
  }

  #push(track: RunTrack, input: CardInput): void {
    if (this.#tracks.end !== undefined) return;
    // Input that is not drawn, such as a provider's pings, is a sign of life, too.
    this.#take(track, input);
    const { texts, parts } = track.state;
    const hasText = texts.length > 0;
    const isShown = hasText || (parts.length > 0 && this.#options.blocks.reasoning !== "hide");
    this.#times.markInput({ isShown, hasText });
    this.#noteActivity();
    this.#schedule();
  }

  #noteActivity(): void {
    const { hasOutput, isToolRunning } = this.#tracks;
    this.#limits.noteActivity({ hasOutput, isToolRunning });
  }

  /** Reads input. Whatever it is, reading it must not break the run. */
  #take(track: RunTrack, input: CardInput): void {
    try {
      if (!track.take(input)) this.#outcome.onUnread(input);
    } catch (error) {
      this.#outcome.onTrouble(toCardWriteError(error));
    }
  }

  /** Ends the card, because the run is over. Its end is classified by the input. The first end wins. */
  finish(): Promise<CardResult> {
    return this.#close({ type: "close" });
  }

  /** Ends the card, because the run failed. The first end wins. */
  fail(error: unknown): Promise<CardResult> {
    return this.#endRun(failed(error));
  }

  /**
   * Stops the card, and the run through `signal`. The first end wins.
   *
   * @param reason An error, or one of `"reader"`, `"timeout"` and `"aborted"`.
   */
  stop(reason?: unknown): Promise<CardResult> {
    return this.#endRun(stopped(reason));
  }

  #close(end: StreamEnd): Promise<CardResult> {
    if (this.#tracks.end !== undefined) return this.result;
    return this.#endRun(this.#tracks.close(end, this.#options.signal));
  }

  #endRun(end: RunEnd): Promise<CardResult> {
    if (!this.#tracks.endWith(end)) return this.result;
    this.#times.markEnd();
    this.#limits.stop();
    if (end.status !== "finished") this.#stopped.stop(end.error ?? abortError(end));
    this.#cards.finish();
    this.#schedule();
    return this.result;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#cards.wake();
    });
  }
}

const LANE_TITLE_LENGTH = 60;

function abortError({ reason }: RunEnd): Error {
  const name = reason === "timeout" ? "TimeoutError" : "AbortError";
  return new DOMException(`The card was stopped (${reason ?? "aborted"}).`, name);
}
