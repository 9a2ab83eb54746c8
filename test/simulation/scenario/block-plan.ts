import fc from "fast-check";

/** Blocks that a run has besides the text of its answer, and the options of its card. */
export interface BlockPlan {
  /** Seed of the words of all blocks. */
  readonly seed: number;
  readonly thoughts: number;
  /** Length of the longest thought, in UTF-16 units. */
  readonly thoughtLength: number;
  readonly tools: number;
  /** Length of the longest input or output of a tool, in UTF-16 units. */
  readonly detailLength: number;
  /** Tool calls that go on at the same time. */
  readonly atOnce: number;
  readonly sources: number;
  readonly files: number;
  readonly finishReason: "stop" | "tool-calls" | "length";
  /** Runs that share the card, each with an end of its own; one that is `left` ends with the card. */
  readonly lanes: readonly LanePlan[];
  readonly show: ShowPlan;
}

interface LanePlan {
  readonly layout: "column" | "panel";
  readonly end: "finish" | "fail" | "stop" | "left";
}

/** Options of the card. */
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

/** Draws a count that is mostly small. */
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
