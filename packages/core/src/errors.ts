/** Mark of our errors, which works across two installed copies of the package, where `instanceof` fails. */
const marker = Symbol.for("streamcard.error");

/** Parts of an error. */
interface StreamcardErrorOptions {
  /** Kind of the failure; stable, for `switch`. Required. */
  code: string;
  /** Sentence on what was tried and what came back, without secrets and without text of a run. Required. */
  message: string;
  /** True when the same call may succeed later. @defaultValue false */
  isRetryable?: boolean;
  /** Error that led to this one. @defaultValue none */
  cause?: unknown;
}

/** Base of every error that streamcard makes. */
export class StreamcardError extends Error {
  override readonly name: string = "StreamcardError";
  /** Kind of the failure; stable, for `switch`. */
  readonly code: string;
  /** True when the same call may succeed later. */
  readonly isRetryable: boolean;

  constructor({ code, message, isRetryable = false, cause }: StreamcardErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.isRetryable = isRetryable;
    Object.defineProperty(this, marker, { value: true });
  }

  /** Tells errors of streamcard from others, also across two installed copies of the package. */
  static isInstance(error: unknown): error is StreamcardError {
    return typeof error === "object" && error !== null && marker in error;
  }
}

/** Refusal of an option that can never work as given. Thrown synchronously, by the call that took it. */
export class InvalidOptionError extends StreamcardError {
  override readonly name = "InvalidOptionError";

  constructor(message: string) {
    super({ code: "invalid-option", message });
  }

  /** Tells this error from others, also across two installed copies of the package. */
  static override isInstance(error: unknown): error is InvalidOptionError {
    return StreamcardError.isInstance(error) && error.code === "invalid-option";
  }
}

/**
 * Stop by a reader. Give it to `card.stop()`, so that the card can name the person; the run's signal has it as its
 * reason.
 */
export class ReaderStopError extends StreamcardError {
  // The name that every SDK takes for an abort.
  override readonly name = "AbortError";
  /** Platform's id of the person, where it is known. */
  readonly stoppedBy: string | undefined;

  constructor({ stoppedBy }: { stoppedBy?: string | undefined } = {}) {
    super({ code: "reader-stop", message: "The reader stopped the run." });
    this.stoppedBy = stoppedBy;
  }

  /** Tells this error from others, also across two installed copies of the package. */
  static override isInstance(error: unknown): error is ReaderStopError {
    return StreamcardError.isInstance(error) && error.code === "reader-stop";
  }
}

/** Time-out of a run that was silent, or went on, for longer than its limit. */
export class RunTimeoutError extends StreamcardError {
  override readonly name = "TimeoutError";
  /** Name of the limit that ran out. */
  readonly limit: "firstTokenMs" | "idleMs" | "totalMs";
  /** The limit in milliseconds. */
  readonly limitMs: number;

  constructor(limit: RunTimeoutError["limit"], limitMs: number) {
    const event = {
      firstTokenMs: "The run produced nothing",
      idleMs: "The run went silent",
      totalMs: "The run went on",
    }[limit];
    super({ code: "run-timeout", message: `${event} for ${limitMs} ms (timeouts.${limit}).` });
    this.limit = limit;
    this.limitMs = limitMs;
  }

  /** Tells this error from others, also across two installed copies of the package. */
  static override isInstance(error: unknown): error is RunTimeoutError {
    return StreamcardError.isInstance(error) && error.code === "run-timeout";
  }
}
