import type { PartLike, RunResult } from "@streamcard/core";
import * as ai7 from "ai";
import * as ai5 from "ai5";
import * as ai6 from "ai6";
import { z } from "zod";
import type { CardCallbacks } from "../card-callbacks.ts";
import type { PortableModel } from "./scripted-model.ts";

export interface ScriptedTool {
  /** A generator's yields are preliminary results. */
  readonly execute?: () => unknown;
  /** Known to version 6 and later. */
  readonly title?: string;
  readonly needsApproval?: boolean;
}

/** A transform that passes parts on, as the SDK takes it. */
export type TapTransform = <Part extends PartLike>(options: {
  readonly stopStream: () => void;
}) => TransformStream<Part, Part>;

export interface RunOptions extends Partial<CardCallbacks> {
  readonly model: PortableModel;
  readonly abortSignal?: AbortSignal;
  /** @defaultValue 1 */
  readonly maxSteps?: number;
  readonly tools?: Readonly<Record<string, ScriptedTool>>;
  readonly experimental_transform?: TapTransform | TapTransform[];
}

/** The result of `streamText()`, as far as the tests use it. */
interface StreamTextRun {
  readonly fullStream: ReadableStream<PartLike> & AsyncIterable<PartLike>;
  readonly textStream: ReadableStream<string> & AsyncIterable<string>;
  toUIMessageStream(options?: { readonly sendSources?: boolean }): ReadableStream<PartLike>;
  toUIMessageStreamResponse(): Response;
  consumeStream(): PromiseLike<void>;
}

/** One major version of the SDK, as far as the tests use it. */
export interface Major {
  readonly version: 5 | 6 | 7;
  streamText(options: RunOptions): StreamTextRun;
  generateText(options: RunOptions): Promise<RunResult>;
  /** Runs an agent that is made for this run. */
  streamAgent(options: RunOptions): StreamTextRun | Promise<StreamTextRun>;
}

const inputSchema = z.object({ city: z.string() });

interface BoundTool {
  readonly inputSchema: typeof inputSchema;
  readonly execute?: () => AsyncIterable<unknown> | Promise<unknown>;
  readonly title?: string;
  readonly needsApproval?: boolean;
}

/** Tools as the tool sets of all majors take them. */
function bind(tools: RunOptions["tools"] = {}): Record<string, BoundTool> {
  const bound: Record<string, BoundTool> = {};
  for (const [name, { execute, ...tool }] of Object.entries(tools)) {
    bound[name] = { inputSchema, ...tool, ...(execute && { execute: () => asExecuted(execute) }) };
  }
  return bound;
}

function asExecuted(execute: () => unknown): AsyncIterable<unknown> | Promise<unknown> {
  const output = execute();
  const isGenerator = typeof output === "object" && output !== null && Symbol.asyncIterator in output;
  return isGenerator ? (output as AsyncIterable<unknown>) : Promise.resolve(output);
}

/** A failed request is not tried again: the tests script each call. */
const common = { prompt: "为什么天空是蓝色的？", maxRetries: 0 } as const;

const major5: Major = {
  version: 5,
  streamText: ({ maxSteps = 1, tools, ...options }) =>
    ai5.streamText({
      ...common,
      ...options,
      tools: bind(tools),
      stopWhen: ai5.stepCountIs(maxSteps),
    }),
  generateText: ({ maxSteps = 1, tools, ...options }) =>
    ai5.generateText({
      ...common,
      ...options,
      tools: bind(tools),
      stopWhen: ai5.stepCountIs(maxSteps),
    }),
  streamAgent: ({ model, maxSteps = 1, tools, abortSignal, ...options }) =>
    new ai5.Experimental_Agent({
      model,
      maxRetries: 0,
      ...options,
      tools: bind(tools),
      stopWhen: ai5.stepCountIs(maxSteps),
    }).stream({ prompt: common.prompt, ...(abortSignal && { abortSignal }) }),
};

const major6: Major = {
  version: 6,
  streamText: ({ maxSteps = 1, tools, ...options }) =>
    ai6.streamText({
      ...common,
      ...options,
      tools: bind(tools),
      stopWhen: ai6.stepCountIs(maxSteps),
    }),
  generateText: ({ maxSteps = 1, tools, model, abortSignal }) =>
    ai6.generateText({
      ...common,
      model,
      ...(abortSignal && { abortSignal }),
      tools: bind(tools),
      stopWhen: ai6.stepCountIs(maxSteps),
    }),
  streamAgent: ({ model, maxSteps = 1, tools, abortSignal, experimental_transform }) =>
    new ai6.ToolLoopAgent({
      model,
      maxRetries: 0,
      tools: bind(tools),
      stopWhen: ai6.stepCountIs(maxSteps),
    }).stream({
      prompt: common.prompt,
      ...(abortSignal && { abortSignal }),
      ...(experimental_transform && { experimental_transform }),
    }),
};

const major7: Major = {
  version: 7,
  streamText: ({ maxSteps = 1, tools, ...options }) =>
    ai7.streamText({
      ...common,
      ...options,
      tools: bind(tools),
      stopWhen: ai7.isStepCount(maxSteps),
    }),
  generateText: ({ maxSteps = 1, tools, model, abortSignal }) =>
    ai7.generateText({
      ...common,
      model,
      ...(abortSignal && { abortSignal }),
      tools: bind(tools),
      stopWhen: ai7.isStepCount(maxSteps),
    }),
  streamAgent: ({ model, maxSteps = 1, tools, abortSignal, experimental_transform }) =>
    new ai7.ToolLoopAgent({
      model,
      maxRetries: 0,
      tools: bind(tools),
      stopWhen: ai7.isStepCount(maxSteps),
    }).stream({
      prompt: common.prompt,
      ...(abortSignal && { abortSignal }),
      ...(experimental_transform && { experimental_transform }),
    }),
};

export const majors: readonly Major[] = [major5, major6, major7];
