import type { Clock } from "@streamcard/core";
import { withinTime } from "@streamcard/core/internal";
import { FeishuApiError, FeishuTransportError } from "./feishu-error.ts";
import type { Fetch, FetchAnswer } from "./fetch.ts";
import { limits } from "./limits.ts";

/** One request to the platform. */
export interface FeishuRequest {
  /** Name of the attempt in error messages, such as "Sending the card". */
  readonly attempt: string;
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE" | "GET";
  /** Path of the URL, from `/open-apis` on. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Sent in place of `body`, for the APIs that take files. */
  readonly form?: FormData;
  readonly token?: string;
  /** Says that nothing changes, however the request ends: a read, or the token that a write needs first. */
  readonly changesNothing?: boolean;
  /**
   * Longest time for the request, in milliseconds.
   * @defaultValue 10_000
   */
  readonly limitMs?: number;
}

/** Cost of requests so far. */
export interface Meter {
  calls: number;
  bytes: number;
}

export interface FeishuClientOptions {
  readonly domain: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

const utf8 = new TextEncoder();

type Fields = Readonly<Record<string, unknown>>;

/**
 * Sends one request to the platform.
 *
 * @returns the fields of the answer.
 *
 * @throws {FeishuApiError} when the platform answers with a code other than 0.
 * @throws {FeishuTransportError} when there is no answer, or none that is the platform's.
 */
export async function callFeishu(
  { domain, fetch, clock }: FeishuClientOptions,
  request: FeishuRequest,
  meter?: Meter,
): Promise<Fields> {
  const { method, path, token, form } = request;
  const { body, contentType } = form === undefined ? encodeJson(request) : await encodeForm(form);
  if (meter !== undefined) {
    meter.calls += 1;
    meter.bytes += typeof body === "string" ? utf8.encode(body).length : (body?.length ?? 0);
  }
  try {
    return await withinTime(clock, request.limitMs ?? limits.requestMs, async (signal) => {
      const answer = await fetch(`${domain}${path}`, {
        method,
        headers: {
          "content-type": contentType,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(body !== undefined && { body }),
        signal,
      });
      return readAnswer(request, answer, await answer.text());
    });
  } catch (error) {
    if (error instanceof FeishuApiError || error instanceof FeishuTransportError) throw error;
    throw lostError(request, domain, error);
  }
}

interface EncodedBody {
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

function encodeJson({ body }: FeishuRequest): EncodedBody {
  const contentType = "application/json; charset=utf-8";
  return body === undefined ? { contentType } : { body: JSON.stringify(body), contentType };
}

/** Encodes a form as bytes, because a `fetch` knows no forms but those of its own runtime. */
async function encodeForm(form: FormData): Promise<EncodedBody> {
  const encoded = new Response(form);
  const contentType = encoded.headers.get("content-type") ?? "multipart/form-data";
  return { body: new Uint8Array(await encoded.arrayBuffer()), contentType };
}

function readAnswer(request: FeishuRequest, answer: FetchAnswer, text: string): Fields {
  const { attempt, method, path } = request;
  const fields = parseFields(text);
  const code = fields?.code;
  if (fields === undefined || typeof code !== "number") {
    throw new FeishuTransportError({
      attempt,
      reason: `the answer is not the platform's (HTTP ${answer.status}, ${kindOf(text)})`,
      mayHaveArrived: answer.status !== 429 && request.changesNothing !== true,
      advice: "Check the domain, and any proxy in between.",
    });
  }
  if (code === 0) return fields;
  throw new FeishuApiError({
    attempt,
    method,
    path,
    status: answer.status,
    platformCode: code,
    platformMessage: typeof fields.msg === "string" ? fields.msg : "",
    logId: answer.headers.get("x-tt-logid") ?? stringOf(fieldsOf(fields.error)?.log_id),
    retryAfterMs: resetMs(answer),
    missingScopes: missingScopes(fields),
    changesNothing: request.changesNothing,
  });
}

/** @see https://open.feishu.cn/document/server-docs/api-call-guide/frequency-control */
function resetMs(answer: FetchAnswer): number | undefined {
  const seconds = Number(answer.headers.get("x-ogw-ratelimit-reset") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function missingScopes(fields: Fields): { scope: string; url: string | undefined }[] {
  const violations = fieldsOf(fields.error)?.permission_violations;
  if (!Array.isArray(violations)) return [];
  return violations.flatMap((violation: unknown) => {
    const scope = stringOf(fieldsOf(violation)?.scope) ?? stringOf(fieldsOf(violation)?.subject);
    return scope === undefined ? [] : [{ scope, url: stringOf(fieldsOf(violation)?.url) }];
  });
}

/** Codes of requests that found no server: nothing arrived, so repeating them is safe. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

function lostError(
  { attempt, changesNothing = false, limitMs = limits.requestMs }: FeishuRequest,
  domain: string,
  error: unknown,
): FeishuTransportError {
  const cause = fieldsOf(error)?.cause ?? error;
  const code = stringOf(fieldsOf(cause)?.code);
  const name = stringOf(fieldsOf(error)?.name);
  const isUnsent = code !== undefined && neverSent.has(code);
  const reason =
    name === "TimeoutError" ? `no answer within ${limitMs} ms` : `the connection to ${domain} failed`;
  return new FeishuTransportError({
    attempt,
    reason: code === undefined ? reason : `${reason} (${code})`,
    mayHaveArrived: !isUnsent && !changesNothing,
    cause: error,
  });
}

function parseFields(text: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function kindOf(text: string): string {
  if (text.trim() === "") return "an empty body";
  return /^\s*</.test(text) ? "HTML" : "no JSON object with a code";
}

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null ? (value as Fields) : undefined;
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
