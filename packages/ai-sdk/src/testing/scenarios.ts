import type { CardDesk } from "./card-desk.ts";
import type { RunOptions, ScriptedTool, TapTransform } from "./majors.ts";
import {
  type Call,
  errorPart,
  finish,
  openText,
  type ScriptedModel,
  scriptedModel,
  text,
  toolCall,
} from "./scripted-model.ts";

/** A run of the SDK and what happens to it. */
export interface Scenario {
  readonly calls: readonly Call[];
  readonly tools?: Readonly<Record<string, ScriptedTool>>;
  /** @defaultValue 3 */
  readonly maxSteps?: number;
  /** The signal that the run was given is aborted half a second after its start. */
  readonly abort?: { readonly reason?: unknown };
  readonly model?: "ignores its signal";
  readonly transform?: TapTransform;
  readonly onFinish?: () => void;
}

export const boom = new Error("boom");

const firstStep: Call = [...text("让我查一下。"), ...toolCall("weather"), finish("tool-calls")];
const secondStep: Call = [...text("北京是晴天。"), finish()];
const weather: ScriptedTool = { execute: () => "晴" };
const broken: ScriptedTool = {
  execute: () => {
    throw boom;
  },
};
const unfinished: Call = [...openText("你好，世"), { hangs: true }];

/** Ends a run from within, at its second piece of text. */
const stopAtSecondDelta: TapTransform = ({ stopStream }) => {
  let deltas = 0;
  return new TransformStream({
    transform(part, controller) {
      if (part.type === "text-delta") deltas += 1;
      if (deltas < 2) controller.enqueue(part);
      else stopStream();
    },
  });
};

export const scenarios = {
  "a natural end": { calls: [[...text("你好，世界。"), finish()]] },
  "the length limit": { calls: [[...text("你好，世界"), finish("length")]] },
  "a content filter": { calls: [[...text("你好，世界"), finish("content-filter")]] },
  "no output": { calls: [[finish()]] },
  "a stream without an end": { calls: [[]] },
  "two steps": { calls: [firstStep, secondStep], tools: { weather } },
  "a tool that throws": { calls: [firstStep, secondStep], tools: { weather: broken } },
  "the step limit": { calls: [firstStep], tools: { weather }, maxSteps: 1 },
  "the step limit after a tool that throws": { calls: [firstStep], tools: { weather: broken }, maxSteps: 1 },
  "a tool that runs elsewhere": { calls: [firstStep], tools: { weather: {} } },
  "a missing approval": {
    calls: [firstStep, secondStep],
    tools: { weather: { ...weather, needsApproval: true } },
  },
  "an error that ends it": { calls: [[...openText("你好，世"), errorPart(boom), finish("error")]] },
  "an error that it survives": {
    calls: [[...text("你好，世"), errorPart(boom), ...text("界。", { id: "1" }), finish()]],
  },
  "a failed request": { calls: [{ fails: boom }] },
  "a failed second request": { calls: [firstStep, { fails: boom }], tools: { weather } },
  "a dead socket": { calls: [[...openText("你好，世"), { dies: boom }]] },
  "an abort": { calls: [unfinished], abort: {} },
  "an abort in the second step": { calls: [firstStep, unfinished], tools: { weather }, abort: {} },
  "an abort for a string": { calls: [unfinished], abort: { reason: "user left" } },
  "an abort for an error": { calls: [unfinished], abort: { reason: new Error("user left") } },
  "an abort that the model ignores": { calls: [unfinished], abort: {}, model: "ignores its signal" },
  "a transform that stops it": { calls: [[...text("你好，世界。"), finish()]], transform: stopAtSecondDelta },
  "a callback that throws": {
    calls: [[...text("你好，世界。"), finish()]],
    onFinish: () => {
      throw boom;
    },
  },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

export interface Play {
  /** Options for the SDK, without the signal. */
  readonly options: RunOptions;
  /** Signal of the caller, aborted as the scenario wants it. */
  readonly signal: AbortSignal;
  readonly model: ScriptedModel;
}

/** Sets a scenario up on the clock of a desk. */
export function play(desk: CardDesk, name: ScenarioName): Play {
  const {
    calls,
    tools,
    maxSteps = 3,
    abort,
    model: behaviour,
    transform,
    onFinish,
  }: Scenario = scenarios[name];
  const controller = new AbortController();
  if (abort !== undefined) desk.clock.setTimeout(() => controller.abort(abort.reason), 500);
  const model = scriptedModel({
    clock: desk.clock,
    calls,
    abort: behaviour === undefined ? "respects" : "ignores",
  });
  return {
    model,
    signal: controller.signal,
    options: {
      model,
      maxSteps,
      // The SDK prints errors where nobody takes them.
      onError: () => {},
      ...(tools !== undefined && { tools }),
      ...(transform !== undefined && { experimental_transform: transform }),
      ...(onFinish !== undefined && { onFinish }),
    },
  };
}
