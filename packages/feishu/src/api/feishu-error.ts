import { StreamcardError } from "@streamcard/core";
import { CardWriteError } from "@streamcard/core/driver";
import { type ErrorMeaning, meaningOf } from "./error-codes.ts";

/** Answer of the platform with an error code, and the request that it belongs to. */
export interface FeishuAnswer {
  /** Name of the attempt in messages, such as "Sending the card". */
  readonly attempt: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly platformCode: number;
  /** The platform's own words. May hold text of the card, so it is kept out of messages. */
  readonly platformMessage: string;
  readonly logId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Says that nothing can have changed, whatever the code says. */
  readonly changesNothing?: boolean | undefined;
  /** Scopes that are missing, and the page on which they are granted. */
  readonly missingScopes?: readonly { readonly scope: string; readonly url?: string | undefined }[];
}

/**
 * Answer of the platform with an error code.
 *
 * @see https://open.feishu.cn/document/server-docs/api-call-guide/generic-error-code
 */
export class FeishuApiError extends CardWriteError {
  override readonly name = "FeishuApiError";
  /** The platform's number, unchanged. */
  readonly platformCode: number;
  /** Id of the answer in the platform's log, which Feishu's support asks for. */
  readonly logId: string | undefined;
  /** HTTP status of the answer. */
  readonly status: number;
  /** HTTP method of the request. */
  readonly method: string;
  /** Path of the request, from `/open-apis` on. */
  readonly path: string;
  /** Repair that the driver tries by itself; `undefined` where there is none. */
  readonly remedy: ErrorMeaning["remedy"];
  /** Scopes that the app lacks, each with the page on which it is granted, where the platform named them. */
  readonly missingScopes: readonly { readonly scope: string; readonly url?: string | undefined }[];
  readonly #answer: FeishuAnswer;

  /** @param isForGood True after the repair was tried: then the error is not retryable. */
  constructor(answer: FeishuAnswer, isForGood = false) {
    const meaning = meaningOf(answer.platformCode, answer.platformMessage, answer.status);
    super({
      code: "feishu-api",
      message: describe(answer, meaning),
      outcome: answer.changesNothing ? "refused" : meaning.outcome,
      isRetryable: meaning.isRetryable && !isForGood,
      isAboutContent: meaning.isAboutContent ?? false,
      isOrdinary: meaning.isOrdinary ?? false,
      retryAfterMs: answer.retryAfterMs ?? meaning.retryAfterMs,
    });
    this.#answer = answer;
    this.platformCode = answer.platformCode;
    this.logId = answer.logId;
    this.status = answer.status;
    this.method = answer.method;
    this.path = answer.path;
    this.remedy = meaning.remedy;
    this.missingScopes = answer.missingScopes ?? [];
  }

  /** Makes the same error, not retryable, for the case that its repair was tried. */
  forGood(): FeishuApiError {
    return new FeishuApiError(this.#answer, true);
  }

  /** Tells this error from others, also across two installed copies of the package. */
  static override isInstance(error: unknown): error is FeishuApiError {
    return StreamcardError.isInstance(error) && error.code === "feishu-api";
  }
}

function describe(answer: FeishuAnswer, { meaning, advice }: ErrorMeaning): string {
  const { attempt, platformCode, logId, missingScopes = [] } = answer;
  const id = logId === undefined ? "" : `, log id ${logId}`;
  const scopes = missingScopes.map(({ scope, url }) => (url === undefined ? scope : `${scope} (${url})`));
  const grant = scopes.length > 0 ? ` Grant one of: ${scopes.join(", ")}.` : "";
  return `${attempt} failed: ${meaning} (${platformCode}${id}).${grant}${advice === undefined ? "" : ` ${advice}`}`;
}

export interface FeishuTransportErrorOptions {
  attempt: string;
  reason: string;
  /** False where the request cannot have reached the platform. */
  mayHaveArrived: boolean;
  isRetryable?: boolean;
  advice?: string;
  cause?: unknown;
}

/** Failure of a request without an answer of the platform: a lost connection, a time-out, HTML instead of JSON. */
export class FeishuTransportError extends CardWriteError {
  override readonly name = "FeishuTransportError";

  constructor({
    attempt,
    reason,
    mayHaveArrived,
    isRetryable = true,
    advice,
    cause,
  }: FeishuTransportErrorOptions) {
    super({
      code: "feishu-transport",
      message: `${attempt} failed: ${reason}.${advice === undefined ? "" : ` ${advice}`}`,
      outcome: mayHaveArrived ? "unknown" : "refused",
      isRetryable,
      cause,
    });
  }

  /** Tells this error from others, also across two installed copies of the package. */
  static override isInstance(error: unknown): error is FeishuTransportError {
    return StreamcardError.isInstance(error) && error.code === "feishu-transport";
  }
}

/** Refusal of a client's set-up: credentials are missing, or the domain is none. */
export class FeishuConfigError extends StreamcardError {
  override readonly name = "FeishuConfigError";

  constructor(message: string) {
    super({ code: "feishu-config", message });
  }

  /** Tells this error from others, also across two installed copies of the package. */
  static override isInstance(error: unknown): error is FeishuConfigError {
    return StreamcardError.isInstance(error) && error.code === "feishu-config";
  }
}
