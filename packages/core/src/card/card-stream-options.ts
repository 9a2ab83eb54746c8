import {
  anObject,
  anyOf,
  checkFields,
  checkOption,
  described,
  milliseconds,
  oneOf,
  requireOption,
  trueOrFalse,
} from "../check-option.ts";
import type { Clock } from "../clock.ts";
import type { CardDriver, DriverProfile } from "../contract/card-driver.ts";
import type { Logger } from "../logger.ts";
import { checkRoom } from "../pages/least-room.ts";
import { MAX_TIMER_MS, type ResolvedTimeouts, resolveTimeouts, type Timeouts } from "../run/time-limits.ts";
import { type BlockOptions, type ResolvedBlockOptions, resolveBlockOptions } from "../view/block-options.ts";
import { type PaceOptions, type ResolvedPace, resolvePace } from "../writes/pace-options.ts";
import { TroubleReport } from "./trouble-report.ts";

export interface CardStreamOptions extends PaceOptions, BlockOptions {
  driver: CardDriver;
  /** Ends the card when it is aborted. */
  signal?: AbortSignal | undefined;
  timeouts?: Timeouts | undefined;
  /**
   * What is written: all there is at each interval, or whole sentences and lines, with what has waited for a second.
   * @defaultValue "interval"
   */
  flushOn?: "interval" | "sentence" | undefined;
  /**
   * Whether the card is there from the beginning; if not, it is sent once, when it is final. Then `opened` has to
   * wait for the end of the run, and `notify` does nothing: the card is news itself.
   * @defaultValue true
   */
  streaming?: boolean | undefined;
  /**
   * Sends a short message when a long run has ended well or badly, because a card that changes tells nobody.
   * `afterMs` is how long a run is long, 30 seconds unless it is given.
   * @defaultValue false
   */
  notify?: boolean | { readonly afterMs?: number | undefined } | undefined;
  logger?: Logger | undefined;
  /** Told of each write that failed, also of those that a later write made good. */
  onDeliveryError?: ((error: unknown) => void) | undefined;
  /** @defaultValue the system's clock */
  clock?: Clock | undefined;
}

const SENTENCE_MS = 1_000;
const NOTIFY_AFTER_MS = 30_000;

export interface ResolvedCardStreamOptions {
  readonly pace: ResolvedPace;
  readonly blocks: ResolvedBlockOptions;
  readonly timeouts: ResolvedTimeouts;
  readonly isStreaming: boolean;
  /** Longest time that text waits for the end of its sentence; 0 where it does not. */
  readonly sentenceMs: number;
  /** How long a run has to be for its end to be told. */
  readonly notifyAfterMs: number;
  readonly report: TroubleReport;
}

/** @throws {InvalidOptionError} when an option can never work on a platform like this. */
export function resolveCardStreamOptions(
  options: Omit<CardStreamOptions, "driver">,
  profile: DriverProfile,
): ResolvedCardStreamOptions {
  const { streaming: isStreaming = true } = options;
  const pace = resolvePace(options, profile.minIntervalMs);
  const blocks = resolveBlockOptions(options);
  checkRoom({ profile, options: blocks });
  requireOption("streaming", isStreaming, trueOrFalse);
  const notifyAfterMs = resolveNotify(options.notify);
  return {
    pace,
    blocks,
    timeouts: resolveTimeouts(options.timeouts),
    isStreaming,
    sentenceMs: resolveFlushOn(options.flushOn, pace.intervalMs),
    notifyAfterMs: isStreaming ? notifyAfterMs : Number.POSITIVE_INFINITY,
    report: new TroubleReport(options),
  };
}

/** How long a run has to be for its end to be told. @throws {InvalidOptionError} */
function resolveNotify(notify: CardStreamOptions["notify"]): number {
  if (notify === undefined || notify === false) return Number.POSITIVE_INFINITY;
  requireOption("notify", notify, anyOf(trueOrFalse, described("{ afterMs }", anObject)));
  checkFields("notify", notify, ["afterMs"]);
  const { afterMs = NOTIFY_AFTER_MS } = notify === true ? {} : notify;
  requireOption("notify.afterMs", afterMs, milliseconds({ max: MAX_TIMER_MS }));
  return afterMs;
}

/** How long text waits for the end of its sentence. @throws {InvalidOptionError} */
function resolveFlushOn(flushOn: CardStreamOptions["flushOn"], intervalMs: number): number {
  checkOption("flushOn", flushOn, oneOf("interval", "sentence"));
  return flushOn === "sentence" ? Math.max(SENTENCE_MS, intervalMs) : 0;
}
