import type { Clock } from "../clock.ts";
import type { CardDriver, DriverProfile } from "../contract/card-driver.ts";
import { InvalidOptionError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { checkRoom } from "../pages/check-room.ts";
import { type ResolvedTimeouts, resolveTimeouts, type Timeouts } from "../run/time-limits.ts";
import { type BlockOptions, type ResolvedBlockOptions, resolveBlockOptions } from "../view/block-options.ts";
import { type PaceOptions, type ResolvedPace, resolvePace } from "../writes/pace-options.ts";
import { TroubleReport } from "./trouble-report.ts";

export interface CardStreamOptions extends PaceOptions, BlockOptions {
  driver: CardDriver;
  /** Signal that stops the card when it is aborted. */
  signal?: AbortSignal | undefined;
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
  /** Called with the error of each write that failed, also where a later write made up for it. */
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
  /** Longest time in milliseconds that text waits for the end of its sentence; 0 where it does not wait. */
  readonly sentenceMs: number;
  /** Length of a run in milliseconds from which on its end is notified. */
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
  checkStreaming(isStreaming);
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

/** @throws {InvalidOptionError} */
function checkStreaming(streaming: unknown): void {
  if (typeof streaming === "boolean") return;
  throw new InvalidOptionError(`streaming must be true or false, received ${JSON.stringify(streaming)}.`);
}

/** Returns the length of a run in milliseconds from which on its end is notified. @throws {InvalidOptionError} */
function resolveNotify(notify: CardStreamOptions["notify"]): number {
  if (notify === undefined || notify === false) return Number.POSITIVE_INFINITY;
  const isOption = notify === true || (typeof notify === "object" && notify !== null);
  const { afterMs = NOTIFY_AFTER_MS } = isOption && notify !== true ? notify : {};
  if (isOption && Number.isFinite(afterMs) && afterMs >= 0) return afterMs;
  throw new InvalidOptionError(
    `notify must be true, false or { afterMs }, a number of milliseconds, received ${JSON.stringify(notify)}.`,
  );
}

/**
 * Returns the longest time in milliseconds that text waits for the end of its sentence.
 *
 * @throws {InvalidOptionError}
 */
function resolveFlushOn(flushOn: CardStreamOptions["flushOn"], intervalMs: number): number {
  if (flushOn === undefined || flushOn === "interval") return 0;
  if (flushOn === "sentence") return Math.max(SENTENCE_MS, intervalMs);
  throw new InvalidOptionError(
    `flushOn must be "interval" or "sentence", received ${JSON.stringify(flushOn)}.`,
  );
}
