import { type StepEntry, stepTrace } from "@streamcard/core/internal";

/** Collects the decisions about each card of the scenario that is played last. */
export function collectSteps(): readonly StepEntry[] {
  const steps: StepEntry[] = [];
  stepTrace.listener = (entry) => {
    // A scenario is played once more where its first run has to be known: time begins anew.
    if (entry.at < (steps.at(-1)?.at ?? 0)) steps.length = 0;
    steps.push(entry);
  };
  return steps;
}

/** Waits for the pace that are shorter than this, in milliseconds, are the rule between two writes. */
const LONG_PACE_MS = 200;

/** Says why nothing was written at a time, once for each reason in a row. */
export function waitLines(steps: readonly StepEntry[]): { time: number; text: string }[] {
  const last = new Map<number, string>();
  return steps.flatMap(({ at, cardIndex, step }) => {
    const why = step.do === "wait" ? step.why : step.do;
    if (last.get(cardIndex) === why) return [];
    last.set(cardIndex, why);
    if (step.do === "idle") return [{ time: at, text: `   card ${cardIndex + 1} shows all that there is` }];
    if (step.do !== "wait" || (step.why === "pace" && step.until - at < LONG_PACE_MS)) return [];
    const rest = Number.isFinite(step.until) ? `for ${Math.ceil(step.until - at)} ms` : "for good";
    return [{ time: at, text: `   card ${cardIndex + 1} waits ${rest}: ${reasons[step.why]}` }];
  });
}

const reasons = {
  pace: "the interval, the platform's rate, a back-off or the budget",
  input: "the next input is near",
  growth: "a large block has grown by too little to be sent whole",
  sentence: "its sentence is not complete",
  structure: "a change that was refused is tried again later",
  typing: "the last text is still being typed",
} as const;
