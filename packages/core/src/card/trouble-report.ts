import { aFunction, checkOption, described, requireOption } from "../check-option.ts";
import type { CardWriteError } from "../contract/card-driver.ts";
import { kindOf } from "../describe-value.ts";
import { type Logger, warnOnce } from "../logger.ts";

/** Receivers of a card's trouble. */
export interface TroubleReportOptions {
  readonly logger?: Logger | undefined;
  readonly onDeliveryError?: ((error: unknown) => void) | undefined;
}

const aLogger = described("an object with a function `warn`, such as console", {
  words: [],
  accepts: (value) => aFunction.accepts(Object(value).warn),
});

/** Report of a card's trouble to the logger and the caller. The card goes on, also where these throw. */
export class TroubleReport {
  readonly #logger: Logger;
  readonly #onDeliveryError: TroubleReportOptions["onDeliveryError"];
  #last: CardWriteError | undefined;
  #lastForGood: CardWriteError | undefined;
  #hasUnread = false;

  /** @throws {InvalidOptionError} */
  constructor({ logger = warnOnce, onDeliveryError }: TroubleReportOptions) {
    requireOption("logger", logger, aLogger);
    checkOption("onDeliveryError", onDeliveryError, aFunction);
    this.#logger = logger;
    this.#onDeliveryError = onDeliveryError;
  }

  /** Worst trouble: the last one that trying again could not mend, else the last one. */
  get worst(): CardWriteError | undefined {
    return this.#lastForGood ?? this.#last;
  }

  /** Reports an error. Ordinary ones are not logged. */
  note(error: CardWriteError): void {
    this.#last = error;
    if (!error.isRetryable) this.#lastForGood = error;
    const { code, outcome } = error;
    const platformCode = "platformCode" in error ? { platformCode: error.platformCode } : {};
    if (!error.isOrdinary) this.#warn(error.message, { code, outcome, ...platformCode });
    guarded(
      () => this.#onDeliveryError?.(error),
      (thrown) => this.#warn("onDeliveryError threw.", { code: "callback-threw", name: nameOf(thrown) }),
    );
  }

  /** Reports that something of the caller's broke its contract. The card goes on without it. */
  noteMisuse(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#warn(message, { code: "misuse" });
    guarded(
      () => this.#onDeliveryError?.(error),
      (thrown) => this.#warn("onDeliveryError threw.", { code: "callback-threw", name: nameOf(thrown) }),
    );
  }

  /** Reports an error, unless another one was reported before. */
  noteUnlessKnown(error: CardWriteError): void {
    if (this.#last === undefined) this.note(error);
  }

  /** Reports a chunk that is no text, no event and no part of a stream: the first one of a run. */
  noteUnread(chunk: unknown): void {
    if (this.#hasUnread) return;
    this.#hasUnread = true;
    this.#warn(`A card takes text, events and parts of streams; it left out ${kindOf(chunk)}.`, {
      code: "unread-chunk",
    });
  }

  #warn(message: string, details: Readonly<Record<string, unknown>>): void {
    guarded(
      () => this.#logger.warn(message, details),
      () => {},
    );
  }
}

/** Calls a callback of the caller's, which may throw now or reject later. */
function guarded(call: () => unknown, failed: (thrown: unknown) => void): void {
  try {
    Promise.resolve(call()).catch(failed);
  } catch (thrown) {
    failed(thrown);
  }
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
