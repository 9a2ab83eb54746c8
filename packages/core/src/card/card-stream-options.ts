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
   * Text that a write takes along: all there is, or whole sentences and lines. Text that has waited for one second is
   * written either way.
   * @defaultValue "interval"
   */
  flushOn?: "interval" | "sentence" | undefined;
  /**
   * Opens the card at the beginning of the run. With `false` it is sent once, when it is final: then `opened` waits for
   * the end of the run, and `notify` does nothing, because the card is news itself.
   * @defaultValue true
   */
  streaming?: boolean | undefined;
  /**
   * Sends a short message when a long run has ended, well or badly, because a card that changes notifies nobody. A run
   * is long from `afterMs` milliseconds on, by default 30000.
   * @defaultValue false
   */
  notify?: boolean | { readonly afterMs?: number | undefined } | undefined;
  /** Takes warnings of failed writes and of misuse. @defaultValue `console`, one warning for each kind per process */
  logger?: Logger | undefined;
  /** Called with each write that failed, also where a later write made it good. @defaultValue none */
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
  /** Longest time that text waits for the end of its sentence, in milliseconds; 0 where it does not. */
  readonly sentenceMs: number;
  /** Shortest run, in milliseconds, whose end is notified; infinite for none. */
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

/** Resolves the shortest run whose end is notified, in milliseconds. @throws {InvalidOptionError} */
function resolveNotify(notify: CardStreamOptions["notify"]): number {
  if (notify === undefined || notify === false) return Number.POSITIVE_INFINITY;
  requireOption("notify", notify, anyOf(trueOrFalse, described("{ afterMs }", anObject)));
  checkFields("notify", notify, ["afterMs"]);
  const { afterMs = NOTIFY_AFTER_MS } = notify === true ? {} : notify;
  requireOption("notify.afterMs", afterMs, milliseconds({ max: MAX_TIMER_MS }));
  return afterMs;
}

/** Resolves how long text waits for the end of its sentence, in milliseconds. @throws {InvalidOptionError} */
function resolveFlushOn(flushOn: CardStreamOptions["flushOn"], intervalMs: number): number {
  checkOption("flushOn", flushOn, oneOf("interval", "sentence"));
  return flushOn === "sentence" ? Math.max(SENTENCE_MS, intervalMs) : 0;
}
