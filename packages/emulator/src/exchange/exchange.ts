import type { ApiAnswer, ApiRequest } from "../feishu/api/api-call.ts";
import { type CardEntity, noteOperation, type OperationRecord } from "../feishu/cards/card-entity.ts";
import { type Arrival, answerRequest } from "../feishu/gateway/answer-request.ts";
import { receiveRequest } from "../feishu/gateway/receive-request.ts";
import { matchRoute, type Operation, type RouteMatch } from "../feishu/gateway/routes.ts";
import type { World } from "../feishu/world/world.ts";
import type { FaultAnswer } from "./fault-answers.ts";
import type { Faults } from "./faults.ts";
import { type OpenRequest, type RequestLog, snapshotOf } from "./request-log.ts";

/** How a request ends for its sender. */
export type Outcome = { type: "answer"; answer: ApiAnswer } | { type: "reset" };

/** How long a request and its answer travel. */
export interface Latency {
  requestMs: number;
  responseMs: number;
}

export interface ExchangeParts {
  world: World;
  log: RequestLog;
  faults: Faults;
  latency: ((request: { operation: Operation }) => Latency) | undefined;
}

/** Carries requests to the platform and answers back, through latency and faults. */
export interface Exchange {
  /**
   * Sends a request. `settle` is called once, or never: within this call if nothing delays the answer.
   *
   * @returns a function that gives up waiting; what has arrived by then is carried out all the same.
   */
  send(request: ApiRequest, settle: (outcome: Outcome) => void): () => void;
  /** Breaks every connection that is open, and all later ones. */
  close(): void;
}

export function createExchange(parts: ExchangeParts): Exchange {
  const { world, log, faults, latency } = parts;
  const { clock, changes } = world;
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
    if (outcome.type === "answer" && !connection.isGivenUp) {
      const answeredAt = clock.now();
      if (connection.record !== undefined) connection.record.answeredAt = answeredAt;
      if (connection.operation !== undefined) connection.operation.answeredAt = answeredAt;
    }
    if (!connection.isGivenUp) connection.settle(outcome);
  };

  const apply = (connection: Connection, arrival: Arrival): ApiAnswer => {
    const answer = answerRequest(world, arrival);
    connection.operation = noteOnCard(world, arrival.record);
    return answer;
  };

  const breakOff = (connection: Connection, record: OpenRequest, resetMs: number | undefined): void => {
    record.status = undefined;
    record.code = undefined;
    changes.emit({ type: "request-logged", request: snapshotOf(record) });
    if (resetMs !== undefined) wait(connection, resetMs, () => finish(connection, { type: "reset" }));
  };

  const arrive = (connection: Connection): void => {
    const { request, match, responseMs } = connection;
    const arrival = receiveRequest(log, { request, match, now: clock.now() });
    const { record } = arrival;
    connection.record = record;
    connection.hasNothingToDo = false;
    const fault = faults.meet(record);
    record.fault = fault?.label;
    const reply = (answer: ApiAnswer, afterMs = 0): void => {
      changes.emit({ type: "request-logged", request: snapshotOf(record) });
      connection.hasNothingToDo = true;
      wait(connection, afterMs + responseMs, () => finish(connection, { type: "answer", answer }));
    };
    if (fault === undefined) {
      reply(apply(connection, arrival));
    } else if (fault.type === "delay") {
      wait(connection, fault.beforeMs, () => reply(apply(connection, arrival), fault.afterMs));
    } else {
      if (fault.isApplied) apply(connection, arrival);
      if (fault.type === "answer") reply(scriptedAnswer(fault, record));
      else breakOff(connection, record, fault.type === "reset" ? responseMs : undefined);
    }
  };

  return {
    send: (request, settle) => {
      const isAvailable = (operation: Operation): boolean =>
        operation !== "id-convert" || world.rules.idConvert === "on";
      const match = matchRoute(request.method, request.path, isAvailable);
      const { requestMs, responseMs } = latency?.({ operation: operationOf(match) }) ?? NO_LATENCY;
      const connection = openConnection({ request, match, responseMs, settle });
      if (isClosed) {
        finish(connection, { type: "reset" });
        return () => {};
      }
      open.add(connection);
      wait(connection, requestMs, () => arrive(connection));
      return () => {
        connection.isGivenUp = true;
        if (connection.hasNothingToDo && connection.isWaiting) {
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
  readonly request: ApiRequest;
  readonly match: RouteMatch;
  readonly responseMs: number;
  readonly settle: (outcome: Outcome) => void;
}

interface Connection extends ConnectionStart {
  isGivenUp: boolean;
  isWaiting: boolean;
  /** Before the request arrives, and once it is carried out: nothing is lost if the wait ends. */
  hasNothingToDo: boolean;
  timer?: unknown;
  /** From its arrival on. */
  record?: OpenRequest;
  operation?: OperationRecord | undefined;
}

function openConnection(start: ConnectionStart): Connection {
  return { ...start, isGivenUp: false, isWaiting: false, hasNothingToDo: true };
}

function operationOf(match: RouteMatch): Operation {
  return match.type === "found" ? match.route.operation : "unknown";
}

function noteOnCard(world: World, record: OpenRequest): OperationRecord | undefined {
  const isOfCards = CARD_OPERATIONS.has(record.operation);
  const entity: CardEntity | undefined =
    isOfCards && record.cardId !== undefined ? world.cards.get(record.cardId) : undefined;
  return entity === undefined ? undefined : noteOperation(entity, record, world.maxOperations);
}

const CARD_OPERATIONS: ReadonlySet<string> = new Set(
  "create update settings batch add replace patch delete content".split(" "),
);

function scriptedAnswer(fault: FaultAnswer & { type: "answer" }, record: OpenRequest): ApiAnswer {
  record.status = fault.status;
  record.code = fault.code;
  return {
    status: fault.status,
    headers: { "x-tt-logid": record.logId, ...fault.headers },
    body: fault.body,
  };
}
