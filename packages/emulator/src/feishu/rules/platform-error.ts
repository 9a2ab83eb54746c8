import type { JsonObject } from "../../ground/json.ts";

export interface PlatformErrorDetails {
  /** HTTP status. @defaultValue 400 */
  status?: number;
  code: number;
  msg: string;
  headers?: Record<string, string>;
  /** `data` of the answer. CardKit answers an error with an empty one. @defaultValue none */
  data?: JsonObject;
  /** Fields of the answer's `error` object besides its log id. */
  error?: JsonObject;
}

/** A refusal in the platform's form. Any code may throw it. `answerRequest()` turns it into the answer. */
export class PlatformError extends Error {
  readonly status: number;
  readonly code: number;
  readonly headers: Record<string, string>;
  readonly body: JsonObject;
  readonly error: JsonObject;

  constructor({ status = 400, code, msg, headers = {}, data, error = {} }: PlatformErrorDetails) {
    super(msg);
    this.name = "PlatformError";
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.body = data === undefined ? { code, msg } : { code, data, msg };
    this.error = error;
  }
}

/** Makes a refusal by CardKit: HTTP 400, an empty `data`, and the service's own wording in `msg`. */
export function cardKitError(code: number, text: string, value?: string): PlatformError {
  const msg = `ErrMsg: ${text}; ${value === undefined ? "" : `ErrorValue: ${value}; `}`;
  return new PlatformError({ code, msg, data: {} });
}

/** Makes the gateway's refusal of a body in which a field is missing or has the wrong type. */
export function fieldViolation(field: string, value: string, description: string): PlatformError {
  return new PlatformError({
    code: 99992402,
    msg: "field validation failed",
    error: { field_violations: [{ field, value, description }] },
  });
}

/** Makes the gateway's refusal of a request that is no JSON, or names no API. */
export function badRequest(): PlatformError {
  return new PlatformError({ code: 9499, msg: "Bad Request" });
}

/** Makes the gateway's refusal of calls of one API that come too often. */
export function gatewayLimit(limit: number, resetSeconds: number): PlatformError {
  return new PlatformError({
    status: 429,
    code: 99991400,
    msg: "request trigger frequency limit",
    headers: { "x-ogw-ratelimit-limit": String(limit), "x-ogw-ratelimit-reset": String(resetSeconds) },
  });
}

/** Makes the refusal of operations on one card, chat or message that come too often. @param data `data` of the answer, which CardKit has. */
export function businessLimit(data?: JsonObject): PlatformError {
  const msg = "This operation triggers the frequency limit.";
  return new PlatformError(data === undefined ? { code: 230020, msg } : { code: 230020, msg, data });
}
