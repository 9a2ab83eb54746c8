/** What the server tells an inspector of one card. Times are in milliseconds of the emulator's clock. */
export type InspectionEvent =
  | InspectionStart
  | { type: "operation"; operation: InspectedOperation; usage: CardUsage }
  /** The card changed without a request: by a click, or by time. */
  | { type: "usage"; usage: CardUsage };

/** Everything that is known when the inspector opens. */
export interface InspectionStart {
  type: "inspection";
  /** The card entity; `undefined` for a card that came in its message, or a message that is gone. */
  cardId: string | undefined;
  /** When the card was made. */
  openedAt: number;
  /** Now, by the emulator's clock. */
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

/** What of the limits the card uses. */
export interface CardUsage {
  bytes: number;
  elements: number;
}

/** A request that addressed the card or its message. */
export interface InspectedOperation {
  /** That of the request, which no other has. */
  index: number;
  time: number;
  kind: string;
  elementId: string | undefined;
  sequence: number | undefined;
  bytes: number;
  /** The answer's code; `undefined` if there was none. */
  code: number | undefined;
  msg: string | undefined;
  /** The scripted failure that it met. */
  fault: string | undefined;
  /** Whether the limit on a card's operations counts it. */
  isCounted: boolean;
}

/** What an inspector knows of its card. */
export interface Inspection extends Omit<InspectionStart, "type"> {
  /** The emulator's clock minus this machine's, for what is counted by the second. */
  readonly clockLead: number;
}

// As many as anybody reads through.
const MAX_OPERATIONS = 1000;

/** What is known after an event. @param receivedAt is this machine's time. */
export function reduceInspection(
  inspection: Inspection | undefined,
  event: InspectionEvent,
  receivedAt: number,
): Inspection | undefined {
  if (event.type === "inspection") {
    const { type: _, ...start } = event;
    return { ...start, clockLead: event.now - receivedAt };
  }
  if (inspection === undefined) return undefined;
  const { usage } = event;
  if (event.type === "usage") return { ...inspection, usage };
  return {
    ...inspection,
    usage,
    operations: [...inspection.operations, event.operation].slice(-MAX_OPERATIONS),
  };
}

const SECOND_MS = 1000;

/** How many operations the limit counts in the second before a moment. */
export function operationsInSecond(operations: readonly InspectedOperation[], now: number): number {
  return operations.filter(({ isCounted, time }) => isCounted && time > now - SECOND_MS && time <= now)
    .length;
}

/** The most operations that the limit ever counted within one second. */
export function busiestSecond(operations: readonly InspectedOperation[]): number {
  const counted = operations.filter(({ isCounted }) => isCounted);
  let first = 0;
  let most = 0;
  for (const [index, { time }] of counted.entries()) {
    while ((counted[first]?.time ?? time) <= time - SECOND_MS) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
