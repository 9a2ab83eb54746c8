import type { Clock } from "@streamcard/core";
import type { FeishuOptions } from "@streamcard/feishu";

/** Request as its sender sees it, including one that never arrives or is never answered. */
export interface Call {
  readonly startedAt: number;
  /** Time at which it was answered or given up; `undefined` while it is in flight. */
  endedAt: number | undefined;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

type Fetch = NonNullable<FeishuOptions["fetch"]>;

/** Wraps `fetch` and notes each call. */
export function noteCalls(fetch: Fetch, clock: Clock, calls: Call[]): Fetch {
  return async (url, init) => {
    const call: Call = {
      startedAt: clock.now(),
      endedAt: undefined,
      method: init.method,
      path: new URL(url).pathname,
      body: typeof init.body === "string" ? init.body : "",
      authorization: init.headers.authorization,
    };
    calls.push(call);
    try {
      return await fetch(url, init);
    } finally {
      call.endedAt = clock.now();
    }
  };
}

/** Reads the card that a call writes to, and its sequence; `undefined` for other calls. */
export function cardWriteOf({ path, body }: Call): { cardId: string; sequence: number } | undefined {
  const cardId = /^\/open-apis\/cardkit\/v1\/cards\/(\d+)/.exec(path)?.[1];
  const sequence = /"sequence":(\d+)(?!.*"sequence":\d)/s.exec(body.slice(-200))?.[1];
  return cardId === undefined || sequence === undefined ? undefined : { cardId, sequence: Number(sequence) };
}
