import type { JsonValue } from "../ground/json.ts";
import type { Operation } from "./operation.ts";

/** One request as it arrived, and what became of it. Times are in milliseconds of the emulator's clock. */
export interface RequestRecord {
  /** 1 for the first request that arrived. */
  readonly index: number;
  /** When it arrived. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly operation: Operation;
  /** The body as JSON; of an image upload its type and size. App secrets are masked. */
  readonly body: JsonValue | undefined;
  readonly requestBytes: number;
  readonly logId: string;
  readonly appId: string | undefined;
  /** The card it addresses, makes or sends. */
  readonly cardId: string | undefined;
  readonly elementId: string | undefined;
  /** The message it addresses or made. */
  readonly messageId: string | undefined;
  readonly sequence: number | undefined;
  readonly uuid: string | undefined;
  /** HTTP status of the answer; `undefined` while, or because, there is none. */
  readonly status: number | undefined;
  readonly code: number | undefined;
  readonly msg: string | undefined;
  /** Whether it changed something, or for a read, was carried out. */
  readonly applied: boolean;
  /** When the answer reached the caller. */
  readonly answeredAt: number | undefined;
  /** The scripted failure that it met. */
  readonly fault: string | undefined;
  /** What a stricter platform would have refused. */
  readonly warnings: readonly string[];
}

type Mutable<Fields> = { -readonly [Field in keyof Fields]: Fields[Field] };

/** The same record while the request is under way. */
export type OpenRequest = Omit<Mutable<RequestRecord>, "warnings"> & { warnings: string[] };

export interface RequestLog {
  add(request: Omit<OpenRequest, "index">): OpenRequest;
  snapshot(): RequestRecord[];
  clear(): void;
}

/** Keeps the newest `max` requests. */
export function createRequestLog(max: number): RequestLog {
  let requests: OpenRequest[] = [];
  let count = 0;
  return {
    add: (request) => {
      const added = { index: ++count, ...request };
      requests.push(added);
      // Dropped in blocks: a shift for each request would move the whole array each time.
      if (requests.length >= 2 * max) requests = requests.slice(-max);
      return added;
    },
    snapshot: () => (max === 0 ? [] : requests.slice(-max).map(snapshotOf)),
    clear: () => {
      requests = [];
    },
  };
}

export function snapshotOf(request: OpenRequest): RequestRecord {
  return { ...request, warnings: [...request.warnings] };
}
