/** What happens to a request that meets a fault. Made by the functions below. */
export type FaultAnswer =
  | {
      type: "answer";
      label: string;
      status: number;
      headers: Record<string, string>;
      body: string;
      code: number | undefined;
      isApplied: boolean;
    }
  | { type: "reset"; label: string; isApplied: boolean }
  | { type: "silence"; label: string; isApplied: boolean }
  | { type: "delay"; label: string; beforeMs: number; afterMs: number };

interface AnswerOptions {
  status?: number;
  msg?: string;
  headers?: Record<string, string>;
  /** Whether the operation is carried out before this answer is given. @defaultValue false */
  isApplied?: boolean;
}

/** The platform refuses with a code, such as 300120 or 230020. The operation is not carried out. */
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

/** The gateway's limit for one API: HTTP 429, 99991400 and the headers that say when to come back. */
export function rateLimited(options: { resetSeconds?: number; limit?: number } = {}): FaultAnswer {
  const { resetSeconds = 1, limit = 50 } = options;
  return platformError(99991400, {
    status: 429,
    msg: "request trigger frequency limit",
    headers: { "x-ogw-ratelimit-limit": String(limit), "x-ogw-ratelimit-reset": String(resetSeconds) },
  });
}

/** An HTTP error of the machinery in front of the API: a JSON body with `code`, or none at all. */
export function serverError(status = 503, options: { code?: number; isApplied?: boolean } = {}): FaultAnswer {
  const { code, isApplied = false } = options;
  const body = code === undefined ? "" : JSON.stringify({ code, msg: "internal error" });
  const headers = code === undefined ? {} : json({});
  return { type: "answer", label: `server error ${status}`, status, headers, body, code, isApplied };
}

/** A page of HTML where JSON was expected, as a proxy answers. */
export function htmlPage(status = 502, options: { isApplied?: boolean } = {}): FaultAnswer {
  const body = `<html><head><title>${status}</title></head><body>Bad gateway</body></html>`;
  const headers = { "content-type": "text/html; charset=utf-8" };
  const { isApplied = false } = options;
  return { type: "answer", label: `HTML page ${status}`, status, headers, body, code: undefined, isApplied };
}

/** The connection breaks: before the operation is carried out, or after. */
export function connectionReset(when: "before-applying" | "after-applying" = "before-applying"): FaultAnswer {
  return { type: "reset", label: `reset ${when}`, isApplied: when === "after-applying" };
}

/** The operation is carried out and never answered. */
export function lostAnswer(): FaultAnswer {
  return { type: "silence", label: "lost answer", isApplied: true };
}

/** The request never gets through, and is never answered. */
export function hang(): FaultAnswer {
  return { type: "silence", label: "hang", isApplied: false };
}

/** The operation is carried out late, or its answer comes late. */
export function delayed(options: { beforeMs?: number; afterMs?: number }): FaultAnswer {
  const { beforeMs = 0, afterMs = 0 } = options;
  return { type: "delay", label: "delay", beforeMs, afterMs };
}

function json(headers: Record<string, string>): Record<string, string> {
  return { "content-type": "application/json; charset=utf-8", ...headers };
}
