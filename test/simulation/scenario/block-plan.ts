import fc from "fast-check";

/** What a run says and shows besides the text of its answer. */
export interface BlockPlan {
  /** Of the words of everything below. */
  readonly seed: number;
  readonly thoughts: number;
  /** Longest of them, in UTF-16 units. */
  readonly thoughtLength: number;
  readonly tools: number;
  /** Longest input and output of a tool, in UTF-16 units. */
  readonly detailLength: number;
  /** Calls that are started before the first of them ends. */
  readonly atOnce: number;
  readonly sources: number;
  readonly files: number;
  readonly finishReason: "stop" | "tool-calls" | "length";
  /** Runs that share the card, each with an end of its own; `left`: with the card's. */
  readonly lanes: readonly LanePlan[];
  readonly show: ShowPlan;
}

interface LanePlan {
  readonly layout: "column" | "panel";
  readonly end: "finish" | "fail" | "stop" | "left";
}

/** The options of the card. */
export interface ShowPlan {
  readonly reasoning: "fold" | "show" | "hide";
  readonly tools: "show" | "hide" | "mask";
  readonly footer: boolean;
  readonly actions: boolean;
  readonly header: "none" | "title" | "status";
  readonly streaming: boolean;
  readonly notify: boolean;
  readonly layout: "none" | "adds" | "drops";
}

/** Mostly few: of what is rare, a run has none. */
function few(most: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: most }) },
  );
}

const lane: fc.Arbitrary<LanePlan> = fc.record({
  layout: fc.constantFrom("column", "panel"),
  end: fc.constantFrom("finish", "finish", "fail", "stop", "left"),
});

const show: fc.Arbitrary<ShowPlan> = fc.record({
  reasoning: fc.constantFrom("fold", "fold", "show", "hide"),
  tools: fc.constantFrom("show", "show", "mask", "hide"),
  footer: fc.boolean(),
  actions: fc.boolean(),
  header: fc.constantFrom("none", "none", "title", "status"),
  streaming: fc.constantFrom(true, true, true, true, true, true, true, false),
  notify: fc.constantFrom(false, false, false, true),
  layout: fc.constantFrom("none", "none", "none", "adds", "drops"),
});

export const blockPlans: fc.Arbitrary<BlockPlan> = fc.record(
  {
    seed: fc.nat(),
    thoughts: few(4),
    thoughtLength: fc.constantFrom(30, 300, 4_000),
    tools: few(60),
    detailLength: fc.constantFrom(0, 20, 200, 4_000),
    atOnce: fc.constantFrom(1, 2, 5, 60),
    sources: few(40),
    files: fc.constantFrom(0, 0, 0, 1, 2),
    finishReason: fc.constantFrom("stop", "stop", "tool-calls", "length"),
    lanes: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(lane, { minLength: 1, maxLength: 5 }) },
    ),
    show,
  },
  { noNullPrototype: true },
);
