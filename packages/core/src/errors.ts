/** Marks our errors across copies of the package: `instanceof` fails where two versions are installed. */
const marker = Symbol.for("streamcard.error");

export interface StreamcardErrorOptions {
  /** What kind of failure this is; stable, for `switch`. */
  code: string;
  message: string;
  /** True when the same call may succeed later. */
  isRetryable?: boolean;
  cause?: unknown;
}

/** The base of every error that streamcard makes. */
export class StreamcardError extends Error {
  override readonly name: string = "StreamcardError";
  readonly code: string;
  readonly isRetryable: boolean;

  constructor({ code, message, isRetryable = false, cause }: StreamcardErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.isRetryable = isRetryable;
    Object.defineProperty(this, marker, { value: true });
  }

  /** Tells our errors from others, also between two installed copies of the package. */
  static isInstance(error: unknown): error is StreamcardError {
    return typeof error === "object" && error !== null && marker in error;
  }
}

/** An option can never work as given. Thrown synchronously, by the call that took it. */
export class InvalidOptionError extends StreamcardError {
  override readonly name = "InvalidOptionError";

  constructor(message: string) {
    super({ code: "invalid-option", message });
  }
}

/**
 * The reader pressed Stop. Give it to `card.stop()`, so that the card can say who did; the run's signal has it as its reason.
 */
export class ReaderStopError extends StreamcardError {
  // What every SDK takes for an abort.
  override readonly name = "AbortError";
  /** The person, by an id that the card's platform can show. */
  readonly stoppedBy: string | undefined;

  constructor({ stoppedBy }: { stoppedBy?: string | undefined } = {}) {
    super({ code: "reader-stop", message: "The reader stopped the run." });
    this.stoppedBy = stoppedBy;
  }
}

/** The source went quiet, or ran, for longer than its limit. */
export class RunTimeoutError extends StreamcardError {
  override readonly name = "TimeoutError";
  /** Which limit ran out. */
  readonly limit: "firstTokenMs" | "idleMs" | "totalMs";
  readonly limitMs: number;

  constructor(limit: RunTimeoutError["limit"], limitMs: number) {
    const what = {
      firstTokenMs: "The run produced nothing",
      idleMs: "The run went silent",
      totalMs: "The run went on",
    }[limit];
    super({ code: "run-timeout", message: `${what} for ${limitMs} ms (timeouts.${limit}).` });
    this.limit = limit;
    this.limitMs = limitMs;
  }
}
