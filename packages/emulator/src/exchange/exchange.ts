import type { Clock } from "../ground/clock.ts";
import type { ApiAnswer, ApiRequest } from "./api-request.ts";
import type { FaultAnswer } from "./fault-answers.ts";
import type { Faults } from "./faults.ts";
import type { Operation } from "./operation.ts";
import type { Platform, ReceivedRequest, RoutedRequest } from "./platform.ts";
import { type OpenRequest, type RequestRecord, snapshotOf } from "./request-log.ts";

/** End of a request for its sender: an answer, or a broken connection. */
export type Outcome = { type: "answer"; answer: ApiAnswer } | { type: "reset" };

/** Travel times of a request and of its answer. */
export interface Latency {
  /** Milliseconds until the request arrives. */
  requestMs: number;
  /** Milliseconds until the answer, or a broken connection, reaches the caller. */
  responseMs: number;
}

export interface ExchangeParts {
  clock: Clock;
  platform: Platform;
  faults: Faults;
  /** @defaultValue no time in either direction */
  latency: ((request: { operation: Operation }) => Latency) | undefined;
  /** Receives each request when its answer is known, or when a fault has decided that there will be none. */
  onLogged(request: RequestRecord): void;
}

/** Carries requests to the platform and answers back, through latency and faults. */
export interface Exchange {
  /**
   * Sends a request. `settle` is called at most once: within this call if nothing delays the answer, and never if the
   * answer gets lost.
   *
   * @returns a function that gives up waiting. A request that has arrived by then is carried out all the same.
   */
  send(request: ApiRequest, settle: (outcome: Outcome) => void): () => void;
  /** Breaks every open connection, and every later one as soon as it is opened. */
  close(): void;
}

export function createExchange({ clock, platform, faults, latency, onLogged }: ExchangeParts): Exchange {
  const open = new Set<Connection>();
  let isClosed = false;

  const wait = (connection: Connection, delayMs: number, next: () => void): void => {
    if (delayMs <= 0) {
      next();
      return;
    }
    connection.isWaiting = true;
    connection.timer = clock.setTimeout(() => {
      connection.isWaiting = false;
      next();
    }, delayMs);
  };

  const finish = (connection: Connection, outcome: Outcome): void => {
    open.delete(connection);
    if (connection.isGivenUp) return;
    if (outcome.type === "answer") connection.received?.noteAnswered(clock.now());
    connection.settle(outcome);
  };

  const breakOff = (connection: Connection, record: OpenRequest, resetMs: number | undefined): void => {
    record.status = undefined;
    record.code = undefined;
    onLogged(snapshotOf(record));
    if (resetMs !== undefined) wait(connection, resetMs, () => finish(connection, { type: "reset" }));
  };

  const arrive = (connection: Connection): void => {
    const { request, responseMs } = connection;
    const received = request.receive();
    const { record } = received;
    connection.received = received;
    connection.canBeDropped = false;
    const fault = faults.meet(record);
    record.fault = fault?.label;
    const reply = (answer: ApiAnswer, afterMs = 0): void => {
      onLogged(snapshotOf(record));
      connection.canBeDropped = true;
      wait(connection, afterMs + responseMs, () => finish(connection, { type: "answer", answer }));
    };
    if (fault === undefined) {
      reply(received.carryOut());
    } else if (fault.type === "delay") {
      wait(connection, fault.beforeMs, () => reply(received.carryOut(), fault.afterMs));
    } else {
      if (fault.isApplied) received.carryOut();
      if (fault.type === "answer") reply(scriptedAnswer(fault, record));
      else breakOff(connection, record, fault.type === "reset" ? responseMs : undefined);
    }
  };

  return {
    send: (request, settle) => {
      const routed = platform.route(request);
      const { requestMs, responseMs } = latency?.({ operation: routed.operation }) ?? NO_LATENCY;
      const connection = openConnection({ request: routed, responseMs, settle });
      if (isClosed) {
        finish(connection, { type: "reset" });
        return () => {};
      }
      open.add(connection);
      wait(connection, requestMs, () => arrive(connection));
      return () => {
        connection.isGivenUp = true;
        if (connection.canBeDropped && connection.isWaiting) {
          clock.clearTimeout(connection.timer);
          connection.isWaiting = false;
        }
        if (!connection.isWaiting) open.delete(connection);
      };
    },
    close: () => {
      isClosed = true;
      for (const connection of open) {
        if (connection.isWaiting) clock.clearTimeout(connection.timer);
        finish(connection, { type: "reset" });
      }
    },
  };
}

const NO_LATENCY: Latency = { requestMs: 0, responseMs: 0 };

interface ConnectionStart {
  readonly request: RoutedRequest;
  readonly responseMs: number;
  readonly settle: (outcome: Outcome) => void;
}

interface Connection extends ConnectionStart {
  isGivenUp: boolean;
  isWaiting: boolean;
  /** True before the request arrives and after it was carried out: ending the wait then changes nothing on the platform. */
  canBeDropped: boolean;
  timer?: unknown;
  /** Set when the request arrives. */
  received?: ReceivedRequest;
}

function openConnection(start: ConnectionStart): Connection {
  return { ...start, isGivenUp: false, isWaiting: false, canBeDropped: true };
}

function scriptedAnswer(fault: FaultAnswer & { type: "answer" }, record: OpenRequest): ApiAnswer {
  record.status = fault.status;
  record.code = fault.code;
  return {
    status: fault.status,
    headers: { "x-tt-logid": record.logId, ...fault.headers },
    body: fault.body,
  };
}
