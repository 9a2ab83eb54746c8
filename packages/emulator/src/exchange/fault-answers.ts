/** Answer to a request that meets a fault. The functions of this module make it. */
export type FaultAnswer =
  | {
      type: "answer";
      /** Name of the fault in the request log. */
      label: string;
      status: number;
      headers: Record<string, string>;
      body: string;
      /** Code for the request log; `undefined` if the body has none. */
      code: number | undefined;
      /** True if the operation is carried out before the answer. */
      isApplied: boolean;
    }
  /** A broken connection. */
  | { type: "reset"; label: string; isApplied: boolean }
  /** No answer at all. */
  | { type: "silence"; label: string; isApplied: boolean }
  /** Delays in milliseconds before the operation is carried out, and before its answer. */
  | { type: "delay"; label: string; beforeMs: number; afterMs: number };

interface AnswerOptions {
  /** HTTP status. @defaultValue 400 */
  status?: number;
  /** Message of the error. @defaultValue "ErrMsg: scripted failure; " */
  msg?: string;
  /** Headers in addition to `content-type`. @defaultValue none */
  headers?: Record<string, string>;
  /** True if the operation is carried out before this answer is given. @defaultValue false */
  isApplied?: boolean;
}

/** Refuses with a code of the platform, such as 300120 or 230020: by default with HTTP 400, and without carrying the operation out. */
export function platformError(code: number, options: AnswerOptions = {}): FaultAnswer {
  const { status = 400, msg = "ErrMsg: scripted failure; ", headers = {}, isApplied = false } = options;
  const body = JSON.stringify({ code, data: {}, msg });
  return {
    type: "answer",
    label: `platform error ${code}`,
    status,
    headers: json(headers),
    body,
    code,
    isApplied,
  };
}

/** Refuses as the gateway's rate limit does: HTTP 429, code 99991400, and headers with the limit (default 50) and the seconds until it resets (default 1). */
export function rateLimited(options: { resetSeconds?: number; limit?: number } = {}): FaultAnswer {
  const { resetSeconds = 1, limit = 50 } = options;
  return platformError(99991400, {
    status: 429,
    msg: "request trigger frequency limit",
    headers: { "x-ogw-ratelimit-limit": String(limit), "x-ogw-ratelimit-reset": String(resetSeconds) },
  });
}

/** Answers with an HTTP error of a server in front of the API, by default 503: with a JSON body if `code` is given, else with an empty one. */
export function serverError(status = 503, options: { code?: number; isApplied?: boolean } = {}): FaultAnswer {
  const { code, isApplied = false } = options;
  const body = code === undefined ? "" : JSON.stringify({ code, msg: "internal error" });
  const headers = code === undefined ? {} : json({});
  return { type: "answer", label: `server error ${status}`, status, headers, body, code, isApplied };
}

/** Answers with a page of HTML in the place of JSON, as a proxy does, by default with HTTP 502. */
export function htmlPage(status = 502, options: { isApplied?: boolean } = {}): FaultAnswer {
  const body = `<html><head><title>${status}</title></head><body>Bad gateway</body></html>`;
  const headers = { "content-type": "text/html; charset=utf-8" };
  const { isApplied = false } = options;
  return { type: "answer", label: `HTML page ${status}`, status, headers, body, code: undefined, isApplied };
}

/** Breaks the connection before the operation is carried out (default), or after. */
export function connectionReset(when: "before-applying" | "after-applying" = "before-applying"): FaultAnswer {
  return { type: "reset", label: `reset ${when}`, isApplied: when === "after-applying" };
}

/** Carries the operation out and never answers. */
export function lostAnswer(): FaultAnswer {
  return { type: "silence", label: "lost answer", isApplied: true };
}

/** Never carries the operation out and never answers. */
export function hang(): FaultAnswer {
  return { type: "silence", label: "hang", isApplied: false };
}

/** Delays a request: by `beforeMs` milliseconds before the operation is carried out, and by `afterMs` before its answer. Both default to 0. */
export function delayed(options: { beforeMs?: number; afterMs?: number }): FaultAnswer {
  const { beforeMs = 0, afterMs = 0 } = options;
  return { type: "delay", label: "delay", beforeMs, afterMs };
}

function json(headers: Record<string, string>): Record<string, string> {
  return { "content-type": "application/json; charset=utf-8", ...headers };
}
