import type { ApiAnswer, ApiRequest } from "./api-request.ts";
import type { Operation } from "./operation.ts";
import type { OpenRequest } from "./request-log.ts";

/** The platform on the far side of the exchange. */
export interface Platform {
  /** Finds the operation that a request asks for. The request is still on its way and leaves no trace yet. */
  route(request: ApiRequest): RoutedRequest;
}

/** A request on its way to the platform. */
export interface RoutedRequest {
  readonly operation: Operation;
  /** Logs the request, which arrives now. */
  receive(): ReceivedRequest;
}

/** A request that has arrived at the platform. */
export interface ReceivedRequest {
  readonly record: OpenRequest;
  /** Carries the request out, or refuses it. */
  carryOut(): ApiAnswer;
  /** Notes the time at which the answer reached the caller. */
  noteAnswered(time: number): void;
}
