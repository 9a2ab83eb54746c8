import type { Step } from "./next-step.ts";

/** Decision about one card, with its time. */
export interface StepEntry {
  /** In the clock's milliseconds. */
  readonly at: number;
  /** 0 for the first card of its run. */
  readonly cardIndex: number;
  readonly step: Step;
}

/** Listener that hears of each decision, so that a simulated run can print why nothing was written. */
export const stepTrace: { listener?: ((entry: StepEntry) => void) | undefined } = {};
