import fc from "fast-check";
import type { Scenario } from "./scenario.ts";

/** Tree of models and tools below the root of a LangChain run. */
export type RunTreePlan =
  | { readonly kind: "model"; readonly seed: number; readonly length: number; readonly isSilent: boolean }
  /** A model that fails after half of its text, and another one in its place. */
  | { readonly kind: "fallback"; readonly seed: number; readonly length: number }
  | { readonly kind: "sequence" | "parallel"; readonly children: readonly RunTreePlan[] }
  /** A tool with a run inside, whose text is not part of the answer. */
  | { readonly kind: "tool"; readonly child: RunTreePlan };

export interface RunTreeScenario {
  readonly tree: RunTreePlan;
  readonly end: "finish" | "stop" | "abort" | "fail";
  /** Share of the run's time at which it is stopped, aborted or fails. */
  readonly endShare: number;
  readonly form: "invoke" | "stream";
  /** Number of times that the handler is registered. */
  readonly copies: 1 | 2;
  readonly limits: Scenario["limits"];
  readonly longestTripMs: number;
  readonly longestGapMs: number;
}

const length = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 1_200 }));

const { tree } = fc.letrec<{ tree: RunTreePlan }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("model"), seed: fc.nat(), length, isSilent: fc.constant(false) }),
    fc.record({ kind: fc.constant("model"), seed: fc.nat(), length, isSilent: fc.boolean() }),
    fc.record({ kind: fc.constant("fallback"), seed: fc.nat(), length }),
    fc.record({ kind: fc.constant("tool"), child: tie("tree") }),
    fc.record({
      kind: fc.constantFrom("sequence", "parallel", "parallel"),
      children: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
    }),
  ) as fc.Arbitrary<RunTreePlan>,
}));

export const runTreeScenarios: fc.Arbitrary<RunTreeScenario> = fc.record(
  {
    tree,
    end: fc.constantFrom("finish", "finish", "stop", "abort", "fail"),
    endShare: fc.integer({ min: 0, max: 1_000 }).map((parts) => parts / 1_000),
    form: fc.constantFrom("invoke", "stream"),
    copies: fc.constantFrom(1, 1, 2),
    limits: fc.constantFrom("documented", "shrunk"),
    longestTripMs: fc.constantFrom(1, 20, 80, 300),
    longestGapMs: fc.constantFrom(5, 20, 80),
  },
  { noNullPrototype: true },
);
