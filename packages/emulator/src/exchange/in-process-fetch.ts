import type { ApiRequest } from "./api-request.ts";
import type { Exchange, Outcome } from "./exchange.ts";

/** Makes a `fetch` that reaches the platform without a network. The host of the URL does not matter. */
export function createInProcessFetch(exchange: Exchange, baseUrl: string): typeof globalThis.fetch {
  return (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const signal = init?.signal ?? request?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    let head: Omit<ApiRequest, "body">;
    try {
      head = requestHead(input, init, baseUrl);
    } catch (error) {
      return Promise.reject(error);
    }
    const body = init?.body ?? undefined;
    if (typeof body === "string" || (body === undefined && request === undefined)) {
      return converse(
        exchange,
        { ...head, headers: withTextType(head.headers, body), body: body ?? "" },
        signal,
      );
    }
    // `Request` and `Response` read every other kind of body, because they know its content type.
    const source = body === undefined && request !== undefined ? request : new Response(body);
    return source.arrayBuffer().then((bytes) => {
      const contentType = source.headers.get("content-type");
      if (contentType !== null && !head.headers.has("content-type"))
        head.headers.set("content-type", contentType);
      if (signal?.aborted) throw signal.reason;
      return converse(exchange, { ...head, body: new Uint8Array(bytes) }, signal);
    });
  };
}

function requestHead(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  baseUrl: string,
): Omit<ApiRequest, "body"> {
  const request = input instanceof Request ? input : undefined;
  const url = new URL(request?.url ?? String(input), baseUrl);
  return {
    method: (init?.method ?? request?.method ?? "GET").toUpperCase(),
    path: url.pathname,
    query: url.searchParams,
    headers: new Headers(init?.headers ?? request?.headers),
  };
}

function converse(
  exchange: Exchange,
  request: ApiRequest,
  signal: AbortSignal | null | undefined,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      giveUp();
      reject(signal?.reason);
    };
    const settle = (outcome: Outcome): void => {
      signal?.removeEventListener("abort", onAbort);
      if (outcome.type === "reset") reject(connectionError());
      else resolve(new Response(outcome.answer.body, outcome.answer));
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    const giveUp = exchange.send(request, settle);
  });
}

// The error with which the fetch of Node.js rejects when a connection breaks.
function connectionError(): TypeError {
  const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
  return new TypeError("fetch failed", { cause });
}

function withTextType(headers: Headers, body: string | undefined): Headers {
  if (body !== undefined && !headers.has("content-type"))
    headers.set("content-type", "text/plain;charset=UTF-8");
  return headers;
}
