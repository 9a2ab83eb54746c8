import type {
  InspectedOperation,
  InspectionEvent,
  InspectionStart,
} from "../../page-protocol/inspection-event.ts";

/** State of the inspector of one card. */
export interface Inspection extends Omit<InspectionStart, "type"> {
  /** Time of the emulator's clock minus time of this machine, in milliseconds. It turns the current time into the emulator's. */
  readonly clockLead: number;
}

const MAX_OPERATIONS = 1000;

/** Applies an event. @param receivedAt this machine's time, in milliseconds. */
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

/** Counts the operations of the second before `now` that the rate limit counts. */
export function operationsInSecond(operations: readonly InspectedOperation[], now: number): number {
  return operations.filter(({ isCounted, time }) => isCounted && time > now - SECOND_MS && time <= now)
    .length;
}

/** Counts the operations of the busiest second, of those that the rate limit counts. */
export function busiestSecond(operations: readonly InspectedOperation[]): number {
  const counted = operations.filter(({ isCounted }) => isCounted);
  let first = 0;
  let max = 0;
  for (const [index, { time }] of counted.entries()) {
    while ((counted[first]?.time ?? time) <= time - SECOND_MS) first += 1;
    max = Math.max(max, index - first + 1);
  }
  return max;
}
