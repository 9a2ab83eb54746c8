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
import { checkRoom } from "../pages/check-room.ts";
import { MAX_TIMER_MS, type ResolvedTimeouts, resolveTimeouts, type Timeouts } from "../run/time-limits.ts";
import { type BlockOptions, type ResolvedBlockOptions, resolveBlockOptions } from "../view/block-options.ts";
import { type PaceOptions, type ResolvedPace, resolvePace } from "../writes/pace-options.ts";
import { TroubleReport } from "./trouble-report.ts";

/** Options of a card stream. */
export interface CardStreamOptions extends PaceOptions, BlockOptions {
  /** Driver of the platform that shows the card. Required. */
  driver: CardDriver;
  /** Signal that stops the card when it is aborted. @defaultValue none */
  signal?: AbortSignal | undefined;
  /** Limits on the run's silence and duration, in milliseconds. @defaultValue those of `Timeouts` */
  timeouts?: Timeouts | undefined;
  /**
   * Unit in which text is written. `interval`: all new text at each interval. `sentence`: whole sentences and lines;
   * a longer sentence is written after a second as far as it is there.
   * @defaultValue "interval"
   */
  flushOn?: "interval" | "sentence" | undefined;
  /**
   * True to show the card from the beginning. False to send it once, when it is final: then `opened` waits for the end
   * of the run, and `notify` does nothing, because the card itself is news.
   * @defaultValue true
   */
  streaming?: boolean | undefined;
  /**
   * Sends a short message when a long run has finished or failed, because a card that changes notifies nobody. A run is
   * long from `afterMs` milliseconds on, 30,000 unless given.
   * @defaultValue false
   */
  notify?: boolean | { readonly afterMs?: number | undefined } | undefined;
  /** Receiver of warnings. @defaultValue the console, once for each kind of trouble in a process */
  logger?: Logger | undefined;
  /** Called with the error of each write that failed, also where a later write made up for it. @defaultValue none */
  onDeliveryError?: ((error: unknown) => void) | undefined;
  /** Clock of all times and timers. @defaultValue the system's */
  clock?: Clock | undefined;
}

const SENTENCE_MS = 1_000;
const NOTIFY_AFTER_MS = 30_000;

/** Options of a card stream with their defaults filled in. */
export interface ResolvedCardStreamOptions {
  readonly pace: ResolvedPace;
  readonly blocks: ResolvedBlockOptions;
  readonly timeouts: ResolvedTimeouts;
  readonly isStreaming: boolean;
  /** Longest time in milliseconds that text waits for the end of its sentence; 0 where it does not wait. */
  readonly sentenceMs: number;
  /** Length of a run in milliseconds from which on its end is notified. */
  readonly notifyAfterMs: number;
  readonly report: TroubleReport;
}

/**
 * Checks the options of a card stream and fills in their defaults.
 *
 * @throws {InvalidOptionError} when an option can never work on a platform with this profile.
 */
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

/** Returns the length of a run in milliseconds from which on its end is notified. @throws {InvalidOptionError} */
function resolveNotify(notify: CardStreamOptions["notify"]): number {
  if (notify === undefined || notify === false) return Number.POSITIVE_INFINITY;
  requireOption("notify", notify, anyOf(trueOrFalse, described("{ afterMs }", anObject)));
  checkFields("notify", notify, ["afterMs"]);
  const { afterMs = NOTIFY_AFTER_MS } = notify === true ? {} : notify;
  requireOption("notify.afterMs", afterMs, milliseconds({ max: MAX_TIMER_MS }));
  return afterMs;
}

/**
 * Returns the longest time in milliseconds that text waits for the end of its sentence.
 *
 * @throws {InvalidOptionError}
 */
function resolveFlushOn(flushOn: CardStreamOptions["flushOn"], intervalMs: number): number {
  checkOption("flushOn", flushOn, oneOf("interval", "sentence"));
  return flushOn === "sentence" ? Math.max(SENTENCE_MS, intervalMs) : 0;
}
