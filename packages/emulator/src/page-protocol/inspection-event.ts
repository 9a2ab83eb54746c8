/** An event that the server sends to the inspector of one card. Times are in milliseconds of the emulator's clock. */
export type InspectionEvent =
  | InspectionStart
  | { type: "operation"; operation: InspectedOperation; usage: CardUsage }
  /** The card changed without a request, by the answer to a click. */
  | { type: "usage"; usage: CardUsage };

/** Full state at the time at which the inspector opens. */
export interface InspectionStart {
  type: "inspection";
  /** The card entity; `undefined` for a card that came in its message, or for a message that is no longer kept. */
  cardId: string | undefined;
  /** Time at which the card was made. */
  openedAt: number;
  /** Time at which this event was made. */
  now: number;
  limits: CardLimits;
  usage: CardUsage;
  operations: InspectedOperation[];
}

interface CardLimits {
  bytes: number;
  elements: number;
  operationsPerSecond: number;
}

/** Share of the limits that the card uses. */
export interface CardUsage {
  bytes: number;
  elements: number;
}

/** A request that addressed the card or its message. */
export interface InspectedOperation {
  /** Index of the request in the request log, which is unique. */
  index: number;
  time: number;
  kind: string;
  elementId: string | undefined;
  sequence: number | undefined;
  /** Size of the request's body. */
  bytes: number;
  /** Code of the answer; `undefined` if there was none. */
  code: number | undefined;
  msg: string | undefined;
  /** Label of the scripted failure that the request met. */
  fault: string | undefined;
  /** True if the request counts against the card's rate limit. */
  isCounted: boolean;
}
