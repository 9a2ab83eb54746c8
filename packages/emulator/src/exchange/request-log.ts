import { BoundedList } from "../ground/bounded-list.ts";
import type { JsonValue } from "../ground/json.ts";
import type { Operation } from "./operation.ts";

/** A request that arrived, with its result. Times are in milliseconds of the emulator's clock. */
export interface RequestRecord {
  /** Number of the request, from 1 for the first that arrived. */
  readonly index: number;
  /** Time at which the request arrived. */
  readonly time: number;
  /** HTTP method. */
  readonly method: string;
  /** Path of the URL, without the query. */
  readonly path: string;
  /** Query of the URL. If a name comes twice, the last value counts. */
  readonly query: Readonly<Record<string, string>>;
  /** Kind of the request; `unknown` for a path or method that the platform does not have. */
  readonly operation: Operation;
  /** Body as JSON, with app secrets masked; for an image upload its type and size; `undefined` for any other body. */
  readonly body: JsonValue | undefined;
  /** Size of the body. */
  readonly requestBytes: number;
  /** Log id that the answer carries. */
  readonly logId: string;
  /** App that the access token belongs to; `undefined` without a valid token. */
  readonly appId: string | undefined;
  /** Card that the request addresses, made or sent. */
  readonly cardId: string | undefined;
  /** Element that the path names. */
  readonly elementId: string | undefined;
  /** Message that the request addresses or made. */
  readonly messageId: string | undefined;
  /** `sequence` of the body. */
  readonly sequence: number | undefined;
  /** `uuid` of the body. */
  readonly uuid: string | undefined;
  /** HTTP status of the answer; `undefined` before the answer, and if there is none. */
  readonly status: number | undefined;
  /** Code of the answer, 0 for success. */
  readonly code: number | undefined;
  /** Message of the answer. */
  readonly msg: string | undefined;
  /** True if the request changed something or, for a read, was carried out. */
  readonly applied: boolean;
  /** Time at which the answer reached the caller; `undefined` if it has not. */
  readonly answeredAt: number | undefined;
  /** Label of the scripted failure that the request met. */
  readonly fault: string | undefined;
  /** Faults in the request that the rules in force let pass, and a stricter platform would refuse. */
  readonly warnings: readonly string[];
}

type Mutable<Fields> = { -readonly [Field in keyof Fields]: Fields[Field] };

/** The record of a request that is under way, which can still be changed. */
export type OpenRequest = Omit<Mutable<RequestRecord>, "warnings"> & { warnings: string[] };

export interface RequestLog {
  /** Logs a request that arrives. @returns its record, to be filled in. */
  add(request: Omit<OpenRequest, "index">): OpenRequest;
  /** Copies the log, oldest request first. */
  snapshot(): RequestRecord[];
  clear(): void;
}

/** Makes a log that keeps the newest `max` requests. */
export function createRequestLog(max: number): RequestLog {
  const requests = new BoundedList<OpenRequest>(max);
  let count = 0;
  return {
    add: (request) => {
      const added = { index: ++count, ...request };
      requests.add(added);
      return added;
    },
    snapshot: () => requests.newest().map(snapshotOf),
    clear: () => requests.clear(),
  };
}

/** Copies a record as it is now. */
export function snapshotOf(request: OpenRequest): RequestRecord {
  return { ...request, warnings: [...request.warnings] };
}
